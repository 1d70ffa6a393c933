"""The supervisor with small real children: what it starts again, when it gives up, and that nothing is left behind."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import psutil
import pytest

from deploy.local.layout import ROOT
from tests.support.until import until

Start = Callable[..., Awaitable[asyncio.subprocess.Process]]


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    started: list[asyncio.subprocess.Process] = []

    async def begin(*kinds: str) -> asyncio.subprocess.Process:
        program = (sys.executable, "-m", "tests.deploy.small_cluster", str(tmp_path), *kinds)
        output = (tmp_path / "output").open("wb")
        with output:
            started.append(await asyncio.create_subprocess_exec(*program, cwd=ROOT, stdout=output, stderr=output))
        return started[-1]

    yield begin
    for process in started:
        if process.returncode is None:
            process.kill()
        await process.wait()


def pid_of(folder: Path, kind: str) -> int:
    file = folder / f"{kind}.pid"
    text = file.read_text() if file.exists() else ""
    return int(text or 0)


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def ready(folder: Path) -> None:
    await until((folder / "ready").exists, 20)


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's; elsewhere the next start sweeps up")
async def test_nothing_is_left_after_the_supervisor_is_killed(start: Start, tmp_path: Path) -> None:
    supervisor = await start("good")
    await ready(tmp_path)
    await until(lambda: pid_of(tmp_path, "good") > 0, 5)
    child = pid_of(tmp_path, "good")

    supervisor.kill()
    await supervisor.wait()

    await until(lambda: not lives(child), 5)


async def test_a_killed_part_is_started_again(start: Start, tmp_path: Path) -> None:
    await start("good")
    await ready(tmp_path)
    await until(lambda: pid_of(tmp_path, "good") > 0, 5)
    first = pid_of(tmp_path, "good")

    os.kill(first, signal.SIGKILL)

    await until(lambda: pid_of(tmp_path, "good") not in {0, first}, 10)
    assert "good ended (exit code -9): starting it again" in (tmp_path / "output").read_text()


async def test_a_part_that_keeps_falling_ends_the_cluster_with_its_last_words(start: Start, tmp_path: Path) -> None:
    supervisor = await start("failing", "good")

    assert await asyncio.wait_for(supervisor.wait(), 60) == 1

    output = (tmp_path / "output").read_text()
    assert "failing ended 5 times in a row (last exit code 7)" in output
    assert "the reason stands here" in output
    assert not lives(pid_of(tmp_path, "good"))


async def test_a_stop_is_heard_while_a_part_is_still_starting(start: Start, tmp_path: Path) -> None:
    supervisor = await start("slow")
    await until(lambda: pid_of(tmp_path, "slow") > 0, 20)

    supervisor.terminate()

    assert await asyncio.wait_for(supervisor.wait(), 10) == 0
    assert not lives(pid_of(tmp_path, "slow"))


async def test_a_part_that_does_not_listen_is_killed_within_the_time(start: Start, tmp_path: Path) -> None:
    supervisor = await start("deaf")
    await ready(tmp_path)
    await until(lambda: pid_of(tmp_path, "deaf") > 0, 5)

    supervisor.terminate()

    assert await asyncio.wait_for(supervisor.wait(), 10) == 0
    assert not lives(pid_of(tmp_path, "deaf"))
