"""`make up`: one supervisor in front; a second one prints the same page and ends."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from deploy.local import page, process, record
from deploy.local.aot import train
from deploy.local.layout import ROOT, Layout
from deploy.local.parts import parts, taken_ports
from deploy.local.process import StartFailed
from deploy.local.record import Lock, Record, Running
from deploy.local.supervisor import Supervisor

_OTHER_STARTS_WITHIN_S = 300.0
_POLL_S = 0.1


def up(where: Layout, *, separate: bool = False, detach: bool = False, without: Sequence[str] = ()) -> int:
    """Start the cluster, or say what already runs."""
    lock = Lock(where)
    if not lock.take():
        print("Sømløs already runs from this folder.", flush=True)
        return _wait_and_show(where, lambda: lock.holder() is not None)
    if detach:
        lock.release()
        return _detached(where, separate=separate, without=without)
    try:
        record.sweep(where)
        asyncio.run(_Session(where).run(separate=separate, without=without))
    finally:
        record.forget(where)
        lock.release()
    return 0


class _Session:
    """One supervisor's life, from the first line to the last."""

    def __init__(self, where: Layout) -> None:
        self._where = where
        self._began = time.monotonic()
        self._ready_after_s: float | None = None
        self._supervisor: Supervisor | None = None

    async def run(self, *, separate: bool, without: Sequence[str]) -> None:
        self._report("Sømløs starts on this machine")
        table = [part for part in parts(self._where, self._report, separate=separate) if part.name not in without]
        _put_old_logs_away(self._where)
        taken = taken_ports(table)
        if taken:
            raise StartFailed("\n".join(taken))
        self._supervisor = Supervisor(table, self._report, self._note)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._supervisor.request_stop)
        try:
            await self._supervisor.run(self._ready)
        finally:
            self._report("Everything is stopped")

    async def _ready(self) -> None:
        self._ready_after_s = time.monotonic() - self._began
        self._note()
        found = record.read(self._where)
        assert found is not None
        print(f"\n{page.render(self._where, found)}\n", flush=True)
        await train(self._where, self._report)

    def _note(self) -> None:
        assert self._supervisor is not None
        own = Running("supervisor", os.getpid(), record.born(os.getpid()), None, "")
        children = [
            Running(part.name, child.pid, record.born(child.pid), part.port, str(part.log))
            for part in self._supervisor.parts
            if (child := self._supervisor.running.get(part.name)) is not None and child.returncode is None
        ]
        record.write(self._where, Record(os.getpid(), self._ready_after_s, (*children, own)))

    def _report(self, text: str) -> None:
        print(f"[{time.monotonic() - self._began:5.1f} s] {text}", flush=True)


def _put_old_logs_away(where: Layout) -> None:
    """Each start has logs of its own; those of the start before are kept."""
    for file in record.log_files(where).values():
        if file.stem != "supervisor":
            file.replace(file.with_name(file.name + ".1"))


def _wait_and_show(where: Layout, alive: Callable[[], bool]) -> int:
    """Wait until the other supervisor is ready, then print its page."""
    deadline = time.monotonic() + _OTHER_STARTS_WITHIN_S
    while alive() and time.monotonic() < deadline:
        found = record.read(where)
        if found is not None and found.ready_after_s is not None:
            print(f"\n{page.render(where, found)}\n", flush=True)
            return 0
        time.sleep(_POLL_S)
    raise StartFailed("It did not become ready. Its own output says why; make logs shows every part's log.")


def _detached(where: Layout, *, separate: bool, without: Sequence[str]) -> int:
    """Start a supervisor in the background, and wait until it is ready."""
    log = where.logs / "supervisor.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    flags = [*(["--separate"] if separate else []), *(word for part in without for word in ("--without", part))]
    with log.open("wb") as output:
        child = subprocess.Popen(
            [sys.executable, "-m", "deploy.local.cli", "up", *flags],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=ROOT, start_new_session=True,
        )  # fmt: skip
    print(f"Sømløs starts in the background. What it says: {log}", flush=True)
    try:
        return _wait_and_show(where, lambda: child.poll() is None)
    except StartFailed:
        raise StartFailed(f"Sømløs did not start. The end of {log}:\n{process.tail(log, 20)}") from None
