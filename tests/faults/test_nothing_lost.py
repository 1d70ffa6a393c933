"""Families live on while services, the database and connections fall, an event cannot be handled and projections are built anew: a short run,
held against the history. `make faults` is the long one."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

import httpx
import pytest

from deploy.local.layout import HOST
from tests.faults.apart import Apart, apart
from tests.faults.checker import check
from tests.faults.client import fresh_key
from tests.faults.field import Field
from tests.faults.harm import Harm
from tests.faults.history import History, Kind
from tests.faults.load import APPLICATIONS, FORM, Family, living, open_families
from tests.faults.look import look_at
from tests.faults.poison import poison
from tests.faults.proxy import Fate, passed
from tests.faults.rebuilt import rebuilt
from tests.faults.seen import Seen, Told
from tests.support.run import run_folder
from tests.support.until import until

TOPIC = "somlos.applications.application.v1"
SEED, FAMILIES, KILLED = 20261125, 3, ("mapping", "status")


@dataclass
class Run:
    """A cluster that was harmed under load, its history, and how it looks afterwards."""

    cluster: Apart
    history: History
    families: list[Family]
    seen: Seen
    said: list[str]


@pytest.fixture
async def run() -> AsyncIterator[Run]:
    folder, history = run_folder() / "harmed", History()
    said: list[str] = []
    async with apart(folder) as cluster, AsyncExitStack() as stack:
        families = await open_families(cluster, history, stack, seed=SEED, count=FAMILIES)
        harm = Harm(cluster, random.Random(SEED))
        cluster.proxy.decide = harm.cut
        async with living(families):
            for part in (*KILLED, "postgres"):
                await harm.kill(part)
            cluster.proxy.decide = passed
        await in_flight_requests_finish(cluster, families[0])
        field = Field(cluster, families, history, harm, say=said.append)
        await poison(field)
        await rebuilt(field)
        yield Run(cluster, history, families, await look_at(cluster, history, families), said)


async def in_flight_requests_finish(cluster: Apart, family: Family) -> None:
    """SIGTERM, as a deployment sends it, while a commit is under way: that request is answered, the next is not taken, and the part comes back."""
    under_way, go = asyncio.Event(), asyncio.Event()

    async def hold(role: str) -> Fate:
        if role == "applications" and cluster.proxy.decide is hold:
            under_way.set()
            await go.wait()
        return Fate.PASS

    cluster.proxy.decide = hold
    deed = family.deed(Kind.DRAFT, "POST", APPLICATIONS, key=fresh_key())
    body = {"child_id": family.child, "form_id": FORM}
    first = asyncio.create_task(family.guardian.do(deed, body=body))
    await until(under_way.is_set, 10)
    old = cluster.signal("applications", signal.SIGTERM)
    await until(lambda: refuses(cluster.ports["applications"]), 10)
    second = await family.guardian.ask("GET", APPLICATIONS)
    go.set()
    answer = await first
    assert answer is not None
    deed.resource = answer.json()["id"]
    assert (answer.status_code, deed.statuses, second and second.status_code) == (201, [201], 503)
    await cluster.back("applications", old)
    cluster.proxy.decide = passed


async def refuses(port: int) -> bool:
    """Whether new connections are refused."""
    try:
        async with httpx.AsyncClient(timeout=5) as http:
            await http.get(f"http://{HOST}:{port}/health/live")
    except httpx.ConnectError:
        return True
    return False


@pytest.mark.timeout(240)
async def test_nothing_is_lost_doubled_or_out_of_order(run: Run) -> None:
    report = check(run.history, run.seen)
    assert report.faults == []
    assert [what for what, number in report.checked.items() if number == 0] == []
    assert run.cluster.proxy.cuts > 0
    assert [line for line in run.said if "parked: poison, behind; the other families went on" in line]
    assert [line for line in run.said if "are as they were" in line], "no projection was built anew"
    assert [deed for deed in run.history.deeds if len(deed.statuses) > 1], "nobody noticed any of it"
    for told, words in planted(run.seen):
        faults = check(run.history, replace(run.seen, told=told)).faults
        assert any(words in fault for fault in faults), words


def planted(seen: Seen) -> Iterator[tuple[list[Told], str]]:
    """The records of this very run with one effect lost, doubled and swapped, and what the checker must say of it."""
    step = next(each for each in seen.told if each.topic == TOPIC and each.version == 2)
    place = seen.told.index(step)
    before = next(n for n, each in enumerate(seen.told) if (each.topic, each.subject) == (TOPIC, step.subject))
    yield [each for each in seen.told if each.event_id != step.event_id], "not on the topic"
    yield [*seen.told, replace(step, event_id="another")], "a step back"
    swapped = list(seen.told)
    swapped[before], swapped[place] = swapped[place], swapped[before]
    yield swapped, "a gap"
