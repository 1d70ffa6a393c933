"""Whether a process can do its work: what it needs, and what it merely misses."""

from collections.abc import Awaitable, Callable
from typing import Any

Check = Callable[[], Awaitable[bool]]
_READY, _NOT_READY = 200, 503


class Checks:
    """`needed`: without it the process is not ready. `wanted`: without it the process is degraded. `details` are shown as they are."""

    def __init__(self) -> None:
        self.needed: dict[str, Check] = {}
        self.wanted: dict[str, Check] = {}
        self.details: dict[str, Callable[[], Awaitable[Any]]] = {}

    async def run(self) -> tuple[int, dict[str, Any]]:
        """The HTTP status and what to say."""
        needed = {name: await check() for name, check in self.needed.items()}
        wanted = {name: await check() for name, check in self.wanted.items()}
        status = "ready" if all(needed.values()) else "not ready"
        if status == "ready" and not all(wanted.values()):
            status = "degraded"
        checks = {name: "ok" if ok else "away" for name, ok in {**needed, **wanted}.items()}
        details = {name: await tell() for name, tell in self.details.items()} if all(needed.values()) else {}
        return (_READY if all(needed.values()) else _NOT_READY), {"status": status, "checks": checks, **details}
