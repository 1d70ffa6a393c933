"""The way in: records from topics to listeners, each effect exactly once, nothing acknowledged that was not handled."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiokafka import ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError
from aiokafka.structs import OffsetAndMetadata

from shared import logging, telemetry
from shared.auth.principals import worker
from shared.db.transaction import Database
from shared.domain import Erased, NotFound, Refused, Unavailable
from shared.kafka import connection
from shared.kafka.inbox import Counts, Inbox, gaps_to_ask_about, parked_counts
from shared.kafka.leaving import end_consumer
from shared.kafka.records import Item, Reader, coalesce
from shared.kafka.resend import Resend
from shared.kafka.subscriptions import Subscription, topics_of
from shared.settings import KafkaSettings

_POLL_MS = 500
_PREPARE_AT_ONCE = 8
_MAX_BATCH = _MOST_WAITING = 500
log = logging.get("consumer")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How long the consumer pauses, in seconds: before an event's own fault is tried again, while something is away, between looks for gaps,
    and how long it lets a producer be before it asks about the same gap again."""

    pauses: tuple[float, ...] = (0.5, 1.5, 4.0)
    away: float = 1.0
    gap_look: float = 5.0
    ask_again: timedelta = timedelta(minutes=1)


class Consumer:
    """One service's consumer. Partitions are worked on side by side, each in order; one that must wait does not hold up another."""

    def __init__(
        self,
        database: Database,
        kafka: KafkaSettings,
        subscriptions: tuple[Subscription, ...],
        *,
        clients: Any,
        resend: Resend,
        rhythm: Rhythm | None = None,
    ) -> None:
        self.service, self.database, self.kafka = database.service, database, kafka
        self.subscriptions, self.clients, self._resend = subscriptions, clients, resend
        self.rhythm, self.reader = rhythm or Rhythm(), Reader.of(subscriptions)
        self.counts = Counts()
        self.connected = False
        self._client: Any = None
        self.progress_at: datetime | None = None
        self._gap_seen = asyncio.Event()
        self._work: dict[TopicPartition, asyncio.Task[None]] = {}
        self._waiting: dict[TopicPartition, list[Any]] = {}
        self._moved: set[TopicPartition] = set()

    async def run(self) -> None:
        """Works until cancelled; begins anew whenever the broker was away."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._ask_about_gaps())
            group.create_task(self._consume_for_ever())

    async def _consume_for_ever(self) -> None:
        while True:
            try:
                await self._consume()
            except (KafkaError, OSError, TimeoutError) as fault:
                log.warning("consumer starts again", error=type(fault).__name__)
            self.connected = False
            await asyncio.sleep(self.rhythm.away)

    async def reaches_broker(self) -> bool:
        """Whether events would come in: asked of the broker, since a consumer does not notice that it is gone."""
        return self.connected and await connection.answers(self._client)

    async def _consume(self) -> None:
        kafka = connection.group_consumer(self.kafka, f"somlos.{self.service}", [])
        kafka.subscribe(topics_of(self.subscriptions), listener=_Revoked(self))
        try:
            await kafka.start()
            self.connected, self._client = True, kafka._client
            while True:
                fetched = await kafka.getmany(timeout_ms=_POLL_MS)
                self._raise_failed_work()
                for partition, records in fetched.items():
                    self._hand_over(kafka, partition, records)
        finally:
            await self.drop([*self._work, *self._waiting, *self._moved])
            await end_consumer(kafka)

    def _raise_failed_work(self) -> None:
        for partition, task in list(self._work.items()):
            if task.done():
                del self._work[partition]
                task.result()

    def _hand_over(self, kafka: Any, partition: TopicPartition, records: Sequence[Any]) -> None:
        """To the partition's work, which takes them all at once when it is through with what it has. A partition is paused only while much
        waits: the fetch under way would leave it out, and whatever came next would come when that fetch is over, half a second later."""
        if partition in self._moved:
            return
        waiting = self._waiting.setdefault(partition, [])
        waiting.extend(records)
        if partition not in self._work:
            self._work[partition] = asyncio.create_task(self._work_on(kafka, partition, waiting))
        elif len(waiting) >= _MOST_WAITING:
            kafka.pause(partition)

    async def drop(self, partitions: Sequence[TopicPartition]) -> None:
        """Stops work on partitions that are ours no more; what was not committed comes again elsewhere."""
        tasks = [task for partition in partitions if (task := self._work.pop(partition, None))]
        for partition in partitions:
            self._waiting.pop(partition, None)
            self._moved.discard(partition)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def take_up(self, partitions: Sequence[TopicPartition]) -> None:
        """They are ours from now on, from their committed offset: one that we had lost before is worked on again."""
        self._moved.difference_update(partitions)

    async def _work_on(self, kafka: Any, partition: TopicPartition, waiting: list[Any]) -> None:
        while waiting:
            records, waiting[:] = waiting[:_MAX_BATCH], waiting[_MAX_BATCH:]
            await self.handle([item for record in records if (item := self.reader.read(record))])
            try:
                await kafka.commit({partition: OffsetAndMetadata(records[-1].offset + 1, "")})
                kafka.resume(partition)
            except (CommitFailedError, IllegalStateError):
                log.info("partition was moved before its offset was committed")
                self._moved.add(partition)  # what waits, and what still comes, comes again to whoever has it next
                return

    async def handle(self, items: Sequence[Item]) -> None:
        """Handles one partition's items, in order. Returns when each is handled or parked; waits while what we depend on is away."""
        while items:
            try:
                await self._prepare(items)
                await self._commit(items)
                return
            except Unavailable as away:
                log.info("partition waits", cause=away.system)
                await asyncio.sleep(self.rhythm.away)
            except Exception as fault:
                log.warning("batch is done again one by one", exc_info=fault)
                await self._one_by_one(items)
                return

    async def _one_by_one(self, items: Sequence[Item]) -> None:
        for item in items:
            await self._with_pauses(item)

    async def _with_pauses(self, item: Item) -> None:
        """One item: three growing pauses for its own faults, then it is parked. Away is no fault of the event's. Where someone was erased
        while we worked, what is fetched again no longer tells of her; if it still does, the subject is gone."""
        pauses = iter(self.rhythm.pauses)
        while True:
            try:
                await self._prepare([item])
                await self._commit([item])
                return
            except Unavailable as away:
                log.info("partition waits", cause=away.system)
                await asyncio.sleep(self.rhythm.away)
            except Exception as fault:
                pause = next(pauses, None)
                if pause is None and isinstance(fault, Erased) and not item.gone:
                    item.gone, pause = True, 0.0
                if pause is None:
                    await self._park(item, type(fault).__name__)
                    return
                log.warning("event is tried again", event_id=str(item.event_id), exc_info=fault)
                await asyncio.sleep(pause)

    async def _park(self, item: Item, reason: str) -> None:
        item.fault = reason
        while True:
            try:
                await self._commit([item])
                return
            except Unavailable:
                await asyncio.sleep(self.rhythm.away)

    async def _prepare(self, items: Sequence[Item]) -> None:
        gate = asyncio.Semaphore(_PREPARE_AT_ONCE)

        async def fetch(item: Item) -> None:
            assert item.subscription is not None
            assert item.subscription.prepare is not None
            assert item.envelope is not None
            async with gate:
                with telemetry.span(f"prepare {item.envelope.type}", parent=item.envelope.traceparent):
                    try:
                        item.prepared = await item.subscription.prepare(item.event, self.clients)
                    except NotFound:
                        item.gone = True

        await asyncio.gather(*(fetch(item) for item in coalesce(items)))

    async def _commit(self, items: Sequence[Item]) -> None:
        async with self.database.begin(worker(self.service)) as tx:
            counts = await Inbox(self.service, self.reader, tx).take(items)
        for name in Counts.__slots__:
            setattr(self.counts, name, getattr(self.counts, name) + getattr(counts, name))
        if counts.parked:
            self._gap_seen.set()
        self.progress_at = self.database.clock.now()

    async def _ask_about_gaps(self) -> None:
        """Asks each gap's producer to send again, once a minute a key."""
        while True:
            try:
                async with self.database.begin(worker(self.service)) as tx:
                    gaps = await gaps_to_ask_about(tx, self.service, asked_before=tx.at - self.rhythm.ask_again)
                for topic, aggregate, version in gaps:
                    await self._resend.ask(topic, aggregate, version)
            except (Unavailable, NotFound, Refused) as away:
                log.info("a gap is asked about later", cause=getattr(away, "system", "producer"))
            with suppress(TimeoutError):
                async with asyncio.timeout(self.rhythm.gap_look):
                    await self._gap_seen.wait()
            self._gap_seen.clear()

    async def describe(self) -> dict[str, Any]:
        """For /health/ready: how far, how much, and what is set aside."""
        async with self.database.begin(worker(self.service)) as tx:
            parked = await parked_counts(tx, self.service)
        counts = {name: getattr(self.counts, name) for name in Counts.__slots__}
        return {
            "connected": self.connected,
            "progress_at": self.progress_at.isoformat() if self.progress_at else None,
            **counts,
            "parked_now": parked,
        }


class _Revoked(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka is untyped
    """Stops the work on partitions that move to another process."""

    def __init__(self, consumer: Consumer) -> None:
        self._consumer = consumer

    async def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        await self._consumer.drop(list(revoked))

    async def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        self._consumer.take_up(assigned)
        log.info("partitions assigned", count=len(assigned))
