"""What a running cluster leaves in its state folder: a lock that dies with the supervisor, and a record of what runs."""

import fcntl
import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import psutil

from deploy.local.layout import Layout
from deploy.local.secret_files import write_private


@dataclass(frozen=True, slots=True)
class Running:
    """One part that runs."""

    name: str
    pid: int
    born: float
    port: int | None
    log: str


@dataclass(frozen=True, slots=True)
class Record:
    """The supervisor, its parts, and how long they took."""

    pid: int
    ready_after_s: float | None
    parts: tuple[Running, ...]


class Lock:
    """Held by one supervisor per state folder; the kernel lets go of it even after kill -9."""

    def __init__(self, where: Layout) -> None:
        self._path = where.lock
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """True when it is ours now."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file
        return True

    def release(self) -> None:
        """Let go."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def holder(self) -> int | None:
        """The process id of who holds it; None when nobody does."""
        if not self._path.exists():
            return None
        with self._path.open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                file.seek(0)
                text = file.read().strip()
                return int(text) if text.isdigit() else None
        return None


def born(pid: int) -> float:
    """When a process was started: with its number, that names it for good."""
    try:
        return psutil.Process(pid).create_time()
    except psutil.Error:
        return 0.0


def write(where: Layout, record: Record) -> None:
    """Leave the record for a second `make up`, `status` and `down`."""
    write_private(where.page, json.dumps(asdict(record)))


def read(where: Layout) -> Record | None:
    """The record, if there is a whole one."""
    try:
        raw = json.loads(where.page.read_text())
        return Record(raw["pid"], raw["ready_after_s"], tuple(Running(**part) for part in raw["parts"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(where: Layout) -> None:
    """Remove the record after an orderly end."""
    where.page.unlink(missing_ok=True)


def sweep(where: Layout, *, gone_within_s: float = 8.0) -> None:
    """After a supervisor that was killed: wait until its parts are gone, and end those that stay (where the kernel doesn't do it)."""
    record = read(where)
    if record is None:
        return
    deadline = time.monotonic() + gone_within_s
    orphans = [part for part in record.parts if _lives(part)]
    for part in orphans:
        while _lives(part) and time.monotonic() < deadline:
            time.sleep(0.05)
        if _lives(part):
            psutil.Process(part.pid).kill()
    forget(where)


def _lives(part: Running) -> bool:
    try:
        process = psutil.Process(part.pid)
        return process.status() != psutil.STATUS_ZOMBIE and abs(process.create_time() - part.born) < 1
    except psutil.Error:
        return False


def log_files(where: Layout) -> dict[str, Path]:
    """The log of each part that has one."""
    return {file.stem: file for file in sorted(where.logs.glob("*.log"))}
