"""The worker of the applications service: the relay, the consumer that hears of complaints, and the sweep that removes files no attachment owns."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from services.applications.events import mapping, status
from services.applications.features.find_lost_files import find_lost_files
from services.applications.settings import Settings
from services.applications.store.attachment_files import AttachmentFiles
from shared import logging
from shared.auth.principals import worker
from shared.clock import Clock, SystemClock
from shared.db.transaction import Database
from shared.domain import Unavailable
from shared.worker import Definition
from shared.worker import run as run_worker

SETTLED = timedelta(hours=1)
EVERY_SECONDS = 3600.0
log = logging.get("sweep")


def definition(settings: Settings | None = None, *, clock: Clock | None = None) -> Definition:
    """What the worker is made of."""
    return Definition(
        service="applications",
        settings=settings or Settings(),
        subscriptions=(*status.SUBSCRIPTIONS, *mapping.SUBSCRIPTIONS),
        clock=clock or SystemClock(),
    )


async def sweep(database: Database, files: AttachmentFiles) -> int:
    """Removes the files that have been without a row for longer than an upload takes. Returns how many."""
    async with database.begin(worker("applications")) as tx:
        lost = await find_lost_files(tx, files, before=tx.at - SETTLED)
    for each in lost:
        await files.remove(each)
    return len(lost)


@asynccontextmanager
async def sweeping(app: Any) -> AsyncIterator[None]:
    """Sweeps at start and once an hour, beside the process that takes files in."""
    task = asyncio.create_task(_for_ever(app.state.database, app.state.attachment_files), name="sweep")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _for_ever(database: Database, files: AttachmentFiles) -> None:
    while True:
        try:
            log.info("lost files removed", count=await sweep(database, files))
        except (Unavailable, OSError) as fault:
            log.warning("sweep is done again later", error=type(fault).__name__)
        await asyncio.sleep(EVERY_SECONDS)


def run() -> None:
    """The worker as a process of its own."""
    run_worker(definition())


if __name__ == "__main__":
    run()
