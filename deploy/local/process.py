"""Child processes that end when their parent does, however it ends (Linux; elsewhere only when it ends in order).

PR_SET_PDEATHSIG goes with the thread that forks: call `spawn` from the main thread's event loop only.
"""

import asyncio
import contextlib
import ctypes
import functools
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER = 0x10000000
NOBODY = 65534
_ON_LINUX = sys.platform == "linux"
_LIBC = ctypes.CDLL(None, use_errno=True) if _ON_LINUX else None
_LOG_LIMIT = 10_000_000


class StartFailed(Exception):
    """A part of the cluster did not start; the text is a sentence for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class Command:
    """What to run, and how it wants to be stopped."""

    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    as_nobody: bool = False
    """Only PostgreSQL: it refuses to run as root."""
    directory: Path | None = None


async def spawn(command: Command, log: Path, *, nice: int = 0) -> asyncio.subprocess.Process:
    """Start a child of our own, its output appended to `log`."""
    other = command.as_nobody and is_root() and not namespaces_work()
    user: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if other else {}
    with _open(log) as output:
        return await asyncio.create_subprocess_exec(
            *command.arguments,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=dict(command.environment) if command.environment else None,
            cwd=command.directory,
            start_new_session=True,
            preexec_fn=_before_exec(command.stop_signal, as_nobody=command.as_nobody, nice=nice),
            **user,
        )


async def run(command: Command, log: Path) -> int:
    """Run a command to its end and return its exit code; it is killed when we are cancelled."""
    process = await spawn(command, log)
    try:
        return await process.wait()
    finally:
        await end(process, signal.SIGKILL, grace_s=1)


def run_in_front(command: Command) -> int:
    """Run a command to its end, its words to whoever is at the keyboard, and return its exit code. Blocking."""
    environment = dict(command.environment)
    return subprocess.run(command.arguments, env=environment, cwd=command.directory, check=False).returncode


async def end(process: asyncio.subprocess.Process, stop_signal: signal.Signals, *, grace_s: float) -> None:
    """Stop a child: its own stop signal first, SIGKILL when that does not help within `grace_s`."""
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(stop_signal)
    try:
        await asyncio.wait_for(process.wait(), grace_s)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def tail(log: Path, lines: int = 12) -> str:
    """The last lines of a log, indented, for an error message."""
    if not log.exists():
        return "    (nothing was written)"
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 16_384))
        text = file.read().decode(errors="replace")
    return "\n".join(f"    {line[:400]}" for line in text.splitlines()[-lines:]) or "    (nothing was written)"


def port_is_taken(number: int, host: str = "127.0.0.1") -> bool:
    """Whether another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, number))
        except OSError:
            return True
    return False


async def until(condition: Callable[[], Awaitable[bool]], *, every_s: float = 0.05) -> None:
    """Return when the condition holds; for what tells nobody when it changes."""
    while not await condition():  # noqa: ASYNC110 -- a port, a database: nothing that could set an event
        await asyncio.sleep(every_s)


async def port_answers(number: int, host: str = "127.0.0.1") -> bool:
    """Whether something accepts connections on the port."""
    try:
        _, writer = await asyncio.open_connection(host, number)
    except OSError:
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True


@functools.cache
def namespaces_work() -> bool:
    """Whether an unprivileged user namespace can be made here (some containers forbid it)."""
    if not _ON_LINUX:
        return False
    try:
        subprocess.run(["/bin/true"], preexec_fn=_enter_namespace, check=True)
    except (subprocess.SubprocessError, OSError):
        return False
    return True


def is_root() -> bool:
    """Whether we are root, which PostgreSQL refuses to be."""
    return os.geteuid() == 0


def _open(log: Path) -> BinaryIO:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > _LOG_LIMIT:
        log.replace(log.with_name(log.name + ".1"))
    return log.open("ab")


def _enter_namespace() -> None:
    assert _LIBC is not None
    if _LIBC.unshare(_CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")
    for name, text in (("setgroups", "deny"), ("uid_map", f"{NOBODY} 0 1"), ("gid_map", f"{NOBODY} 0 1")):
        Path("/proc/self", name).write_text(text)


def _before_exec(stop_signal: signal.Signals, *, as_nobody: bool, nice: int) -> Callable[[], None]:
    parent = os.getpid()
    in_namespace = as_nobody and is_root() and namespaces_work()

    def tie() -> None:
        if in_namespace:
            _enter_namespace()
        if nice:
            os.nice(nice)
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(stop_signal))
            if os.getppid() != parent:
                os._exit(1)

    return tie
