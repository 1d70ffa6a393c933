"""Reading a topic again, after the operator has seen why: a key or a range, rebuilt from nothing."""

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared import logging
from shared.auth.principals import worker
from shared.kafka import connection
from shared.kafka.consumer import Consumer
from shared.kafka.inbox import forget
from shared.kafka.records import Item
from shared.kafka.subscriptions import topics_of

_POLL_MS = 1_000
log = logging.get("replay")


async def replay(consumer: Consumer, *, key: UUID | None = None, since: datetime | None = None) -> int:
    """Deletes the consumer's inbox and projection rows of the key, of the keys that had events since then, or of all, and reads the topics
    again from their beginning. What retention has dropped shows as a gap, and the running consumer asks its producer for it.
    Returns how many events were handled."""
    keys: set[UUID] | None = {key} if key else None
    if since and keys is None:
        keys = {item.key async for batch in _everything(consumer, since=since) for item in batch}
    await _reset(consumer, keys)
    handled = 0
    async for batch in _everything(consumer, since=None):
        wanted = [item for item in batch if keys is None or item.key in keys]
        await consumer.handle(wanted)
        handled += len(wanted)
    log.info("replay done", handled=handled)
    return handled


async def _reset(consumer: Consumer, keys: set[UUID] | None) -> None:
    resets = {subscription.reset for subscription in consumer.subscriptions}
    async with consumer.database.begin(worker(consumer.service)) as tx:
        for one in sorted(keys) if keys is not None else [None]:
            await forget(tx, consumer.service, one)
            for reset in resets:
                await reset(tx, one)


async def _everything(consumer: Consumer, *, since: datetime | None) -> AsyncIterator[list[Item]]:
    """Every item on the subscribed topics, from the beginning or from a moment, up to now; in order within each partition. In batches, each
    of one partition: a topic may be larger than the memory."""
    kafka = connection.reader(consumer.kafka)
    await kafka.start()
    try:
        partitions = [
            TopicPartition(t, p) for t in topics_of(consumer.subscriptions) for p in await _partitions(kafka, t)
        ]
        kafka.assign(partitions)
        ends = await kafka.end_offsets(partitions)
        await _seek(kafka, partitions, since)
        while any([await kafka.position(p) < ends[p] for p in partitions]):
            for records in (await kafka.getmany(timeout_ms=_POLL_MS)).values():
                yield [item for record in records if (item := consumer.reader.read(record))]
    finally:
        await kafka.stop()


async def _partitions(kafka: AIOKafkaConsumer, topic: str) -> list[int]:
    await kafka._client._wait_on_metadata(topic)
    return sorted(kafka.partitions_for_topic(topic) or ())


async def _seek(kafka: AIOKafkaConsumer, partitions: list[TopicPartition], since: datetime | None) -> None:
    if since is None:
        await kafka.seek_to_beginning(*partitions)
        return
    found = await kafka.offsets_for_times({p: int(since.timestamp() * 1000) for p in partitions})
    for partition in partitions:
        if found[partition]:
            kafka.seek(partition, found[partition].offset)
        else:
            await kafka.seek_to_end(partition)
