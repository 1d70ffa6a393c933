"""The whole way of an application, to raw asyncpg running all its statements: gateway, mapping's decision, submission, outbox, Kafka, projection.

Every part is the real one in a process of its own, with the register of synthetic families behind mapping. The clock stops when the last case stands in
the status service's projection. The raw side runs what was heard of one submission (the decision, the profile and the pseudonym at mapping, both
transactions of the submission) and, for every sixteen, what the relay and the status service's consumer send for sixteen; on copies of the databases.
"""

import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from uuid import UUID

from shared.ids import new_id
from tests.bench.applying import add_drafts
from tests.bench.door import Issuers, bearer, open_door
from tests.bench.family_path import MOTHER, Raw, listen_to_all
from tests.bench.harness import Limit, Row, in_turns
from tests.bench.inside import database_of
from tests.bench.load import Wire, request, send_all, wires
from tests.bench.world import World
from tests.support.keeper import free_port
from tests.support.postgres import Clone
from tests.support.until import until

ROUNDS, NUMBER, AT_ONCE = 5, 96, 16
LIMIT = Limit(floor=0.11, aim=0.17)
SERVICES = ("mapping", "applications", "status")


async def measure(world: World) -> list[Row]:
    """One row: applications a second over the whole way, to raw asyncpg."""
    await world.broker()
    clones = {name: await world.database(name, f"whole_{name}") for name in SERVICES}
    ports = {name: free_port() for name in (*SERVICES, "register")}
    urls = {f"{name.upper()}_URL": f"http://127.0.0.1:{port}" for name, port in ports.items()}
    async with AsyncExitStack() as stack:
        register = world.process("deploy.local.register.main:create", {}, ports["register"])
        await stack.enter_async_context(register)
        alone = {name: {**await world.settings(name, each), **urls} for name, each in clones.items()}
        heard = await listen_to_all(world, alone, ports)
        copies = {name: await world.copy(each, f"raw_{name}") for name, each in clones.items()}
        settings = {name: {**each, "SOMLOS_RUN": "all"} for name, each in alone.items()}
        running = await stack.enter_async_context(world.processes(_wanted(settings, ports)))
        door = open_door(world, {name: each.url for name, each in running.items()})
        gateway, issuers = await stack.enter_async_context(door)
        raw = await stack.enter_async_context(Raw.over(copies, heard))
        ours = await stack.enter_async_context(database_of(world, clones["applications"]))
        theirs = await stack.enter_async_context(database_of(world, copies["applications"]))
        open_wires = await stack.enter_async_context(wires(gateway.port, AT_ONCE))

        async def whole_way() -> float:
            drafts = await add_drafts(ours, heard.form_version, NUMBER, person=heard.mother, child=heard.child)
            return NUMBER / await _submitted(open_wires, drafts, issuers, clones["status"])

        async def raw_way() -> float:
            drafts = await add_drafts(theirs, heard.form_version, NUMBER, person=heard.mother, child=heard.child)
            return NUMBER / await raw.run(drafts)

        turns = await in_turns(whole_way, raw_way, rounds=ROUNDS)
    figures = (
        ("the whole way", f"{turns.our_median:.0f} applications/s"),
        ("raw asyncpg", f"{turns.peer_median:.0f} times its statements/s"),
        ("statements", f"{heard.count} each, and {heard.shared} for every sixteen"),
    )
    how = f"POST of a submission through the gateway, {AT_ONCE} at a time, until all stand in the status projection, {ROUNDS} rounds of {NUMBER}; Apache Kafka between."
    return [
        Row(name="The whole way, gateway to projection", rounds=turns.ratios, limit=LIMIT, figures=figures, how=how)
    ]


def _wanted(
    settings: Mapping[str, Mapping[str, str]], ports: Mapping[str, int]
) -> dict[str, tuple[str, Mapping[str, str], int]]:
    return {name: (f"services.{name}.main:create", each, ports[name]) for name, each in settings.items()}


async def _submitted(open_wires: list[Wire], drafts: list[UUID], issuers: Issuers, status: Clone) -> float:
    """The seconds until every draft has been sent in and stands in the projection."""
    login = bearer(issuers.citizen(MOTHER.national_id))
    requests = [
        request(
            "POST",
            f"/applications/v1/applications/{each}/submission",
            {**login, "Idempotency-Key": str(new_id()), "If-Match": '"1"'},
        )
        for each in drafts
    ]
    began = time.perf_counter()
    await send_all(open_wires, requests, expected=201)
    wanted = [str(each) for each in drafts]
    sql = "select count(*) as found from case_file where id = any(cast(:ids as uuid[]))"

    async def all_there() -> bool:
        [row] = await status.rows(sql, ids=wanted)
        return bool(row["found"] == len(drafts))

    await until(all_there, 60)
    return time.perf_counter() - began
