"""A family's overview with 10,000 and with 1,000,000 cases in the tables: what a family waits for must not grow with everybody else's cases.

Two databases, a process of the status service before each, row-level security on; the same request in turns. What the service was heard to ask is
explained as its role, with a plan for any parameters, too: a table of cases that is read from end to end fails the measurement.
"""

import json
from collections.abc import Iterator
from typing import Any

import asyncpg

from services.status.main import create
from shared.clock import SystemClock
from tests.bench.cases import CHILD, family, fill
from tests.bench.door import bearer
from tests.bench.harness import Better, Limit, Row, in_turns, percentile
from tests.bench.inside import in_this_process, sent
from tests.bench.load import Wire, request, send_all, wires
from tests.bench.replay import Statement, listening
from tests.bench.world import World
from tests.support.postgres import Clone

ROUNDS, NUMBER, FEW, MANY = 7, 80, 10_000, 1_000_000
LIMIT = Limit(floor=2, aim=1.5, better=Better.LOWER)
PATH = f"/status/v1/children/{CHILD}/overview"
TABLES = {"case_file", "case_timeline", "complaint"}


async def measure(world: World) -> list[Row]:
    """One row: the p50 with many cases, to the p50 with few."""
    few, many = await world.database("status", "few"), await world.database("status", "many")
    await fill(few, FEW)
    await fill(many, MANY)
    signer = world.keys.signer("gateway", SystemClock())

    def headers() -> dict[str, str]:
        return bearer(signer.token("status", family()))

    plans = await _explained(many, await world.settings("status", many), headers())
    wanted = {each.name: ("services.status.main:create", await world.settings("status", each)) for each in (few, many)}
    async with (
        world.processes(wanted) as running,
        wires(running["many"].port, 1) as with_many,
        wires(running["few"].port, 1) as with_few,
    ):

        async def middle(open_wires: list[Wire]) -> float:
            requests = [request("GET", PATH, headers()) for _ in range(NUMBER)]
            return percentile((await send_all(open_wires, requests)).each, 0.5)

        turns = await in_turns(lambda: middle(with_many), lambda: middle(with_few), rounds=ROUNDS)
    figures = (
        (f"with {MANY:,} cases", f"{turns.our_median * 1000:.2f} ms"),
        (f"with {FEW:,}", f"{turns.peer_median * 1000:.2f} ms"),
        ("indexes used", ", ".join(plans)),
    )
    how = f"GET of the overview of one family with eight cases, one connection, {ROUNDS} rounds of {NUMBER} requests each; no plan may read a table from end to end."
    return [
        Row(name="Overview, 1,000,000 cases to 10,000, p50", rounds=turns.ratios, limit=LIMIT, figures=figures, how=how)
    ]


async def _explained(clone: Clone, settings: dict[str, str], headers: dict[str, str]) -> list[str]:
    """The indexes by which the tables of cases are read. RuntimeError when one is read from end to end."""
    async with in_this_process(create, settings) as app:
        with listening(app.state.database.engine) as heard:
            await sent(app, {"method": "GET", "path": PATH, "headers": headers})
    connection = await asyncpg.connect(clone.url.replace("+asyncpg", "", 1))
    used: set[str] = set()
    try:
        for mode in ("force_custom_plan", "force_generic_plan"):
            async with connection.transaction():
                await connection.execute(f"set local plan_cache_mode = {mode}")
                for statement in heard[0]:
                    used |= await _indexes(connection, statement)
    finally:
        await connection.close()
    return sorted(used)


async def _indexes(connection: "asyncpg.Connection[asyncpg.Record]", statement: Statement) -> set[str]:
    sql, values = statement
    if "set_config" in sql:
        await connection.fetch(sql, *values)
        return set()
    [found] = await connection.fetch(f"explain (format json) {sql}", *values)
    nodes = list(_nodes(json.loads(found[0])[0]["Plan"]))
    whole = [each for each in nodes if each["Node Type"] == "Seq Scan" and each["Relation Name"] in TABLES]
    if whole and not all(_is_empty(each) for each in whole):
        raise RuntimeError(f"read from end to end: {sorted(each['Relation Name'] for each in whole)} by {sql}")
    return {each["Index Name"] for each in nodes if "Index Name" in each}


def _is_empty(node: dict[str, Any]) -> bool:
    """A table without a row has no plan worth an index."""
    return bool(node["Plan Rows"] <= 1 and node["Relation Name"] == "complaint")


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for each in plan.get("Plans", []):
        yield from _nodes(each)
