"""The worker of the applications service: the relay, the consumer that hears of complaints, and the sweep that removes files no attachment owns."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from services.applications.events import mapping, status
from services.applications.features.find_lost_files import find_lost_files
from services.applications.settings import Settings
from services.applications.store.attachment_files import AttachmentFiles
from shared.auth.principals import worker
from shared.chores import Chore, keep_doing
from shared.clock import Clock, SystemClock
from shared.db.transaction import Database
from shared.worker import Definition
from shared.worker import run as run_worker

SETTLED = timedelta(hours=1)


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
    chore = Chore(name="remove lost files", do=partial(sweep, files=app.state.attachment_files))
    task = asyncio.create_task(keep_doing(chore, app.state.database), name=chore.name)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def run() -> None:
    """The worker as a process of its own."""
    run_worker(definition())


if __name__ == "__main__":
    run()
