"""The only waiting there is in tests."""

import asyncio
import inspect
import time
from collections.abc import Callable
from typing import Any

EVERY_SECONDS = 0.01


async def until(condition: Callable[[], Any], deadline: float = 5.0) -> Any:
    """Ask `condition` (plain or async) again and again until it is true, and return what it said; AssertionError after `deadline` seconds."""
    ends = time.monotonic() + deadline
    while True:
        answer = condition()
        value = await answer if inspect.isawaitable(answer) else answer
        if value:
            return value
        if time.monotonic() > ends:
            raise AssertionError(f"not within {deadline} s: {_described(condition)}; last answer {value!r}")
        await asyncio.sleep(EVERY_SECONDS)


def _described(condition: Callable[[], Any]) -> str:
    try:
        return inspect.getsource(condition).strip()
    except (TypeError, OSError):
        return repr(condition)
