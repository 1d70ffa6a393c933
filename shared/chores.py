"""What a worker does by the clock and not because of an event."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from shared import logging
from shared.db.transaction import Database
from shared.domain import Unavailable

HOURLY_SECONDS = 3600.0
log = logging.get("chores")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """Done at start and then every so often; `do(database)` says how many things it did. It must not mind being done twice at once."""

    name: str
    do: Callable[[Database], Awaitable[int]]
    every_seconds: float = HOURLY_SECONDS


async def keep_doing(chore: Chore, database: Database) -> None:
    """Until cancelled. While the database is away it is left for the next time."""
    while True:
        try:
            log.info("chore done", chore=chore.name, count=await chore.do(database))
        except (Unavailable, OSError) as fault:
            log.warning("chore is done again later", chore=chore.name, error=type(fault).__name__)
        await asyncio.sleep(chore.every_seconds)
