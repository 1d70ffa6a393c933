"""Two at once on one partition (a consumer that lost it and does not know, a replay beside the running consumer): one after the other."""

import asyncio

from shared.auth.principals import worker
from shared.kafka.inbox import Inbox
from shared.kafka.records import Reader
from tests.shared.test_inbox import steps, story
from tests.shared.toy import PROJECTION
from tests.support.deliveries import parked
from tests.support.until import until

READER = Reader.of(PROJECTION)
WAITING = "select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())"


async def take(database, records):
    async with database.begin(worker("status")) as tx:
        return await Inbox("status", READER, tx).take([READER.read(record) for record in records])


async def test_what_follows_an_event_that_has_not_committed_yet_waits_for_it(toy):
    """Otherwise it would be set aside for a gap that nobody fills: its producer sends again only what we have seen."""
    database, told = await toy("status"), story(length=3)
    async with database.begin(worker("status")) as tx:
        await Inbox("status", READER, tx).take([READER.read(record) for record in told[:2]])
        later = asyncio.create_task(take(database, told[2:]))
        await until(lambda: waits_or_ends(database, later), deadline=10)
    await later
    assert await steps(database) == [(1, 1), (2, 2), (3, 3)]
    assert await parked(database) == []


async def waits_or_ends(database, task):
    return task.done() or await database.clone.rows(WAITING)


async def test_another_partition_does_not_wait(toy):
    database, told, others = await toy("status"), story(length=1), story(length=1)
    other = READER.read(others[0])
    other.partition = 1
    async with database.begin(worker("status")) as tx:
        await Inbox("status", READER, tx).take([READER.read(told[0])])
        async with database.begin(worker("status")) as beside:
            await Inbox("status", READER, beside).take([other])
    assert len(await steps(database)) == 2
