"""A consumer's process that stands still for longer than its session."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from deploy.local import process
from deploy.local.layout import ROOT
from deploy.local.process import Command
from shared.kafka.relay import Relay
from tests.faults.kafka.brokers import Brokers
from tests.faults.kafka.load import Found, Load, World, at_work, rows, settings, whole
from tests.shared.toy import OpenToy
from tests.support.deliveries import SilentResend
from tests.support.until import until

_BUSY = "select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'"


@asynccontextmanager
async def consuming(town: World, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """The process, until the block ends."""
    environment = {
        **os.environ,
        **town.brokers.user("status"),
        "DATABASE_URL": town.target.clone.url,  # type: ignore[attr-defined]  # the toy's
        "DATA_KEYS_DIR": str(folder / "held-keys"),
    }
    command = Command((sys.executable, "-m", "tests.faults.kafka.consume"), environment, signal.SIGKILL, directory=ROOT)
    child = await process.spawn(command, folder / "consumer.log")
    try:
        yield child
    finally:
        await process.end(child, signal.SIGTERM, grace_s=10)


async def held(toy: OpenToy, brokers: Brokers, folder: Path, *, seconds: float) -> Found:
    """The process stands still, if possible in the middle of a transaction; another consumer takes over; then it goes on with what it had."""
    source, target = await toy("applications"), await toy("status")
    relay = Relay("applications", source.clone.url, settings(brokers, "applications"))  # type: ignore[attr-defined]  # the toy's
    town = World(source, target, brokers, Load(source), relay, SilentResend())
    async with at_work(relay), consuming(town, folder) as child:
        async with town.load.running() as load:
            await until(town.effects, deadline=60)
            async with at_work(town.consumer()):
                with suppress(AssertionError):  # it may never be seen inside one
                    await until(lambda: rows(target, _BUSY), deadline=2)
                child.send_signal(signal.SIGSTOP)
                with suppress(TimeoutError):
                    await asyncio.wait_for(child.wait(), seconds)
                child.send_signal(signal.SIGCONT)
                await load.writes(60)
        return await whole(town)
