"""A full outbox and a slow consumer cost time, never memory: what is held at once does not grow with what waits."""

import asyncio

from shared.kafka import connection
from shared.kafka.leaving import end_consumer, end_producer
from tests.faults.kafka.load import TOPIC, say, settings
from tests.faults.kafka.pressure import a_replay_reads, ten_thousand_rows_wait
from tests.support.until import until

QUIET = "somlos.applications.dead-letter.v1"


async def test_a_full_outbox_is_emptied_in_batches_and_a_slow_consumer_fetches_no_more_than_its_own(toy, lone):
    """The short form; `make faults` lets 10,000 wait."""
    say(await ten_thousand_rows_wait(toy, lone, waiting=2_000))
    say(await a_replay_reads(toy, lone, at_least=2_000))


async def test_a_client_that_is_given_up_leaves_nothing_behind(lone):
    """Otherwise each failure would leave a producer with its rows, which never gives up, and a consumer that waits 40 s to say goodbye."""
    before = asyncio.all_tasks()
    producer = connection.producer(settings(lone, "applications"))
    consumer = connection.group_consumer(settings(lone, "status"), "somlos.status", [TOPIC])
    await asyncio.gather(producer.start(), consumer.start())
    await producer.partitions_for(QUIET)
    lone.freeze(1)
    try:
        sending = await producer.send(QUIET, b"{}", key=b"k")
        await asyncio.gather(end_producer(producer), end_consumer(consumer))
        sending.cancel()
        await until(lambda: asyncio.all_tasks() - before == set(), deadline=5)
    finally:
        lone.thaw(1)
