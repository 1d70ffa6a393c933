"""`make down`: ask the supervisor to stop, and wait until it has."""

import contextlib
import os
import signal
import time

from deploy.local import record
from deploy.local.layout import Layout
from deploy.local.record import Lock

_ORDERLY_WITHIN_S = 12.0
_KILLED_WITHIN_S = 3.0


def down(where: Layout) -> int:
    """0 when nothing runs any more."""
    lock = Lock(where)
    holder = lock.holder()
    if holder is None:
        record.sweep(where)
        print("Sømløs is not running here.")
        return 0
    began = time.monotonic()
    _signal(holder, signal.SIGTERM)
    if not _is_free(lock, _ORDERLY_WITHIN_S):
        print("It did not stop in order; it is killed now.")
        _signal(holder, signal.SIGKILL)
        if not _is_free(lock, _KILLED_WITHIN_S):
            print(f"Process {holder} does not end.")
            return 1
        record.sweep(where)
    print(f"Stopped after {time.monotonic() - began:.1f} s. The data is kept in {where.state}.")
    return 0


def _is_free(lock: Lock, within_s: float) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if lock.holder() is None:
            return True
        time.sleep(0.05)
    return False


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
