"""PostgreSQL is killed three times within moments, with sessions in the middle of long work: it comes back, with all it had committed."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from deploy.local.postgres import passwords_for
from tests.faults.kept import AWAY, Kept, kept
from tests.faults.pace import pause
from tests.support.keeper import free_port
from tests.support.run import run_folder
from tests.support.until import until

# Long work that looks up only when it is done: such a session outlives its postmaster and holds the shared memory.
BUSY = "select sum(a * b) from generate_series(1, 6000) a, generate_series(1, 6000) b"
SESSIONS = 4


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Kept]:
    folder = run_folder() / f"killed-{tmp_path.name}"
    folder.mkdir()
    async with kept(folder, free_port(), passwords_for(())) as running:
        yield running


async def busy(database: Kept) -> None:
    """A session that works without a pause, whatever becomes of the server."""
    while True:
        with contextlib.suppress(*AWAY):
            connection = await asyncpg.connect(database.server.admin_url(), timeout=5)
            try:
                while True:
                    await connection.execute(BUSY)
            finally:
                connection.terminate()
        await pause(0.01)


@pytest.mark.skipif(sys.platform != "linux", reason="a process is known by its working directory in /proc")
async def test_three_kills_within_moments_leave_a_database_that_comes_back_whole(database: Kept) -> None:
    await database.ask("create table kept (number integer)")
    sessions = [asyncio.create_task(busy(database)) for _ in range(SESSIONS)]
    await until(
        lambda: database.ask("select count(*) >= $1 from pg_stat_activity where query like 'select sum%'", SESSIONS), 20
    )
    await database.ask("insert into kept values (42) returning number")

    killed: int | None = None
    for _ in range(3):
        killed = await until(lambda old=killed: database.pid not in (None, old) and database.pid, 30)  # type: ignore[misc]
        os.kill(killed or 0, signal.SIGKILL)
    await until(lambda: database.pid not in (None, killed), 30)
    await until(database.answers, 30)
    for session in sessions:
        session.cancel()
    await asyncio.gather(*sessions, return_exceptions=True)

    assert await database.ask("select number from kept") == 42
    assert not [line for line in database.said if "exit code 1" in line], (
        "a start failed on what a killed server had left"
    )
