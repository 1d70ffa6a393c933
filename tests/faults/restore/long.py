"""A whole cluster set back to a moment with the operator's own commands, and one carried on by its standby: `run(seed, rounds)`."""

import asyncio
import json
import os
import random
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.faults.apart import Apart
from tests.faults.history import History, Kind
from tests.faults.load import APPLICATIONS, Family, live, open_families
from tests.faults.look import look_at
from tests.faults.restore.stage import Stage, say
from tests.faults.restore.standby import carried_on
from tests.faults.restore.told import check
from tests.support.run import MEMORY

FAMILIES, ERASED = 4, 5
"""Those who live on, and the number of the one whose child is erased (it lives no story of its own)."""
LOAD_S = 4.0
_CLOCK = "select clock_timestamp() as now"


async def run(seed: int, rounds: int) -> list[str]:
    """One line for each thing that is not as it must be; prints what was looked at."""
    faults: list[str] = []
    for number in range(rounds):
        chance = random.Random(f"{seed}/{number}")
        for what in (_set_back, carried_on):
            folder = Path(
                tempfile.mkdtemp(prefix="somlos-restore-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None)
            )
            try:
                found = await what(folder, chance)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            faults += [f"round {number}: {fault}" for fault in found]
    return faults


async def _set_back(folder: Path, chance: random.Random) -> list[str]:
    """Lives, is backed up, lives on, is set back to a moment in the middle of the load or to a quiet one, and lives on from there."""
    stage, history, quiet = Stage(folder), History(), chance.random() < 0.5
    async with stage.up() as cluster, AsyncExitStack() as stack:
        families = await open_families(cluster, history, stack, seed=chance.randrange(10**6), count=ERASED + 1)
        living, erased = families[:FAMILIES], families[ERASED]
        await load(living)
        say(await stage.somlos("backup"))
        moment, acknowledged, answers = await _lives_to_a_moment(cluster, history, living, quiet=quiet)
        await load(living)
        say(await stage.somlos("erase", erased.child))
        await look_at(cluster, history, living)
    say(await stage.somlos("restore", "--to", moment.isoformat()))
    async with stage.up() as cluster, AsyncExitStack() as stack:
        faults = await _as_it_was(cluster, acknowledged)
        again = History()
        families = await open_families(cluster, again, stack, seed=chance.randrange(10**6), count=FAMILIES)
        if quiet:
            faults += _differences(answers, await _answers(families))
        await load(families)
        report = check(await look_at(cluster, again, families), erased=erased.child)
        say("\n".join([f"set back to {moment.isoformat()} ({'quiet' if quiet else 'under load'})", *report.lines()]))
        return faults + report.faults + await _nothing_of(cluster, erased.child)


async def load(families: Sequence[Family], seconds: float = LOAD_S) -> None:
    """Lives for some seconds, every story told to its end."""
    enough = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, enough.set)
    await live(families, enough)


async def _lives_to_a_moment(
    cluster: Apart, history: History, families: Sequence[Family], *, quiet: bool
) -> tuple[datetime, list[str], Mapping[str, Any]]:
    """The moment, what the families had been told was done by then, and, when nothing was under way, what they were shown."""
    moment: list[datetime] = []
    acknowledged: list[str] = []

    async def look() -> None:
        acknowledged.extend(deed.target for deed in history.acknowledged(Kind.SUBMIT))
        moment.append((await cluster.rows("mapping", _CLOCK))[0]["now"].astimezone(UTC))

    if quiet:
        await load(families)
        await look_at(cluster, history, families)
        answers = await _answers(families)
        await look()
        return moment[0], acknowledged, answers
    enough = asyncio.Event()
    asyncio.get_running_loop().call_later(LOAD_S, enough.set)
    living = asyncio.create_task(live(families, enough))
    await asyncio.wait([living], timeout=LOAD_S / 2)
    await look()
    await living
    return moment[0], acknowledged, {}


async def _answers(families: Sequence[Family]) -> dict[str, Any]:
    """What each family is shown of itself, without what changes by being looked at."""
    found = {}
    for family in families:
        for path in (
            f"/mapping/v1/children/{family.child}/profile",
            f"/mapping/v1/children/{family.child}/grants",
            f"/rights/v1/children/{family.child}",
            f"{APPLICATIONS}?child_id={family.child}&limit=100",
            f"/status/v1/children/{family.child}/overview?limit=100",
        ):
            answer = await family.guardian.read(path)
            found[path] = (answer.status_code, answer.json())
    return found


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [
        f"{path} was {json.dumps(before[path])[:400]} and is {json.dumps(after[path])[:400]}"
        for path in before
        if before[path] != after[path]
    ]


async def _as_it_was(cluster: Apart, acknowledged: Sequence[str]) -> list[str]:
    rows = await cluster.rows(
        "applications", "select id::text as id from applications.application where submitted_at is not null"
    )
    there = {row["id"] for row in rows}
    say(f"{len(acknowledged)} applications were acknowledged before the moment, {len(there)} are there")
    return [
        f"application {each} was acknowledged before the moment, and is gone"
        for each in acknowledged
        if each not in there
    ]


async def _nothing_of(cluster: Apart, child: str) -> list[str]:
    """Who was erased after the moment is erased again: no row of a projection, no person."""
    places = {
        "mapping": "select 1 from mapping.person where id::text = $1",
        "rights": "select 1 from rights.assessment where subject_id::text = $1",
        "status": "select 1 from status.case_file where subject_id::text = $1",
        "gateway": "select 1 from gateway.party where subject_id::text = $1",
    }
    return [
        f"{service} has brought {child} back"
        for service, sql in places.items()
        if await cluster.rows(service, sql, child)
    ]
