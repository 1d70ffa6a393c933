"""What all processes of one test run share: a folder, and a lock that says whether any of them is alive.

Servers are started by the first process that needs them and run in a keeper (tests/support/keeper.py), which ends them when nobody holds
the lock any more: the kernel releases it however a process ends.
"""

import asyncio
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import IO, Any

import pytest

from tests.support.until import until

ROOT = Path(__file__).resolve().parents[2]
STOP_SECONDS = 20.0
PREFIX, OLD_SECONDS = "somlos-tests-", 3600.0
MEMORY, ENOUGH_BYTES = Path("/dev/shm"), 4 * 2**30
_state: dict[str, Any] = {}


def pytest_configure(config: pytest.Config) -> None:
    """The folder of the run: made by the controller, told to its workers."""
    told = getattr(config, "workerinput", {}).get("somlos_run")
    folder = Path(told) if told else _new_folder()
    _state.update(folder=folder, alive=_held(folder / "alive", fcntl.LOCK_SH), owner=told is None)


def _new_folder() -> Path:
    """A folder for this run; those of runs that were killed long ago go."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_in_memory()))
    for other in folder.parent.glob(f"{PREFIX}*"):
        old = time.time() - other.stat().st_mtime > OLD_SECONDS
        if old and not any(is_held(lock) for lock in (other / "alive", *other.glob("*.keeper"))):
            shutil.rmtree(other, ignore_errors=True)
    return folder


def _in_memory() -> Path | None:
    """Where a file is only memory: a database is cloned there in 7 ms, on a disk in 200. None where there is little of it (TMPDIR then)."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free >= ENOUGH_BYTES else None


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tells a pytest-xdist worker the folder."""
    node.workerinput["somlos_run"] = str(run_folder())


def pytest_unconfigure() -> None:
    """Lets go; the controller waits until every server is gone."""
    folder, alive, owner = _state["folder"], _state["alive"], _state["owner"]
    alive.close()
    if owner:
        asyncio.run(until(lambda: not any(is_held(lock) for lock in folder.glob("*.keeper")), deadline=STOP_SECONDS))
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def outside_pytest() -> AsyncIterator[None]:
    """A run of this process alone (`make faults`), with the same servers; they and its folder are gone afterwards. Inside a run: that run."""
    if _state:
        yield
        return
    folder = _new_folder()
    _state.update(folder=folder, alive=_held(folder / "alive", fcntl.LOCK_SH), owner=True)
    try:
        yield
    finally:
        await asyncio.to_thread(pytest_unconfigure)
        _state.clear()


def run_folder() -> Path:
    """The folder that the processes of this run share."""
    folder: Path = _state["folder"]
    return folder


def once(kind: str) -> Any:
    """The details of the run's one server of this kind (a name in tests.support.keeper.SERVERS), started when it isn't running."""
    details, failed = run_folder() / f"{kind}.json", run_folder() / f"{kind}.failed"
    with only_one(kind):
        if failed.exists():  # once is enough
            raise RuntimeError(failed.read_text())
        if not details.exists():
            details.write_text(_start_keeper(kind))
    return json.loads(details.read_text())


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """Only one process of the run is in here at a time."""
    lock = _held(run_folder() / f"{name}.lock", fcntl.LOCK_EX)
    try:
        yield
    finally:
        lock.close()


def _start_keeper(kind: str) -> str:
    folder = run_folder()
    with (folder / f"{kind}-keeper.log").open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.support.keeper", kind, str(folder)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    assert keeper.stdout is not None
    with keeper.stdout as told:
        details = told.readline().decode()
    if not details:
        why = f"no {kind} for the tests:\n{(folder / f'{kind}-keeper.log').read_text()[-4000:]}"
        (folder / f"{kind}.failed").write_text(why)
        raise RuntimeError(why)
    return details


def _held(path: Path, how: int) -> IO[bytes]:
    file = path.open("ab")
    fcntl.flock(file, how)
    return file


def is_held(path: Path) -> bool:
    """Whether some process holds the lock of this file."""
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
