"""One service's clock is ten minutes off: its requests are refused clearly, nothing is lost, and all is well once the clock is right."""

import asyncio
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx

from deploy.local import process
from deploy.local.layout import HOST, ROOT
from deploy.local.process import Command
from tests.faults.apart import Apart, apart
from tests.faults.field import Field, Say
from tests.faults.harm import Harm
from tests.faults.history import History, Kind
from tests.faults.load import Family, apply, open_families
from tests.faults.report import Report
from tests.support.until import until

SERVICE, MINUTES_OFF, SERVES_WITHIN_S = "status", (10, -10), 60.0


async def wrong_clock(folder: Path, say: Say, *, seed: int) -> Report:
    """The status service's clock is ten minutes ahead, then ten behind, then right."""
    history = History()
    async with apart(folder, "--without", SERVICE) as cluster, AsyncExitStack() as stack:
        families: list[Family] = []
        for minutes in MINUTES_OFF:
            async with by_another_clock(cluster, minutes * 60):
                families = families or await open_families(cluster, history, stack, seed=seed)
                for family in families:
                    assert await apply(family) is not None, "the other services do not go on"
                await _is_refused(families[0], cluster, say, minutes)
        field = Field(cluster, families, history, Harm(cluster, random.Random(seed)), say)
        async with by_another_clock(cluster, 0):
            async with field.under_load():
                say("  the clock is right again")
            return await field.look()


async def _is_refused(family: Family, cluster: Apart, say: Say, minutes: int) -> None:
    """A child's overview is 503 at the door: the service does not take the gateway's token, and nobody is told why."""
    answer = await family.guardian.ask("GET", f"/status/v1/children/{family.child}/overview")
    assert answer is not None
    assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, answer.text
    submitted = [deed.target for deed in family.guardian.history.acknowledged(Kind.SUBMIT)]
    await until(lambda: _projected(cluster, submitted), SERVES_WITHIN_S)
    say(
        f"  {minutes:+} minutes: {SERVICE} answers 503 ({answer.json()['type']}), the others go on, its timelines follow"
    )


async def _projected(cluster: Apart, cases: list[str]) -> bool:
    """What comes by events needs no token: the timelines follow whatever the clock says."""
    rows = await cluster.rows(SERVICE, "select id from status.case_file")
    return set(cases) <= {str(row["id"]) for row in rows}


@asynccontextmanager
async def by_another_clock(cluster: Apart, seconds: int) -> AsyncIterator[None]:
    """The service that was left out, with its clock so many seconds ahead."""
    words = (sys.executable, "-m", "tests.faults.another_clock", SERVICE, str(seconds))
    command = Command(words, {**cluster.environment, "PYTHONPATH": str(ROOT)}, signal.SIGTERM, directory=ROOT)
    child = await process.spawn(command, cluster.state / "logs" / f"{SERVICE}-{seconds}.log")
    try:
        await until(lambda: _serves(cluster, child), SERVES_WITHIN_S)
        yield
    finally:
        await process.end(child, signal.SIGTERM, grace_s=10)


async def _serves(cluster: Apart, child: "asyncio.subprocess.Process") -> bool:
    assert child.returncode is None, f"{SERVICE} did not start"
    try:
        async with httpx.AsyncClient(timeout=5) as http:
            return (
                await http.get(f"http://{HOST}:{cluster.ports[SERVICE]}/health/ready")
            ).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
