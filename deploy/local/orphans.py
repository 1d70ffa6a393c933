"""After a `kill -9` of the postmaster its backends live on until they next look up: they hold its shared memory, and no new one can start."""

import asyncio
import contextlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import psutil

from deploy.local.process import until

_GONE_WITHIN_S = 10.0
_POLL_S = 0.02


async def end(data: Path) -> int:
    """Ends the processes that a dead postmaster has left in this data folder, as it would have done itself in a crash; returns how many.

    They are known by their working directory. Nothing is done while the postmaster that `postmaster.pid` names is alive."""
    if _postmaster_lives(data):
        return 0
    left = _in_folder(data)
    for process in left:
        with contextlib.suppress(psutil.Error):
            process.kill()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_GONE_WITHIN_S):
            await until(partial(_are_gone, left), every_s=_POLL_S)
    return len(left)


async def _are_gone(processes: Sequence[psutil.Process]) -> bool:
    return not any(_lives(process) for process in processes)


def _postmaster_lives(data: Path) -> bool:
    try:
        named = psutil.Process(int((data / "postmaster.pid").read_text().split("\n", 1)[0]))
    except (OSError, ValueError, psutil.Error):
        return False
    return _lives(named) and _works_in(named, data)


def _in_folder(data: Path) -> list[psutil.Process]:
    return [process for process in psutil.process_iter() if _lives(process) and _works_in(process, data)]


def _works_in(process: psutil.Process, data: Path) -> bool:
    try:
        return process.name().startswith("postgres") and Path(process.cwd()) == data.resolve()
    except (psutil.Error, OSError):
        return False


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
