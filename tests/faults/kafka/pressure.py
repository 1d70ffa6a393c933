"""Thousands of events wait, for the broker or for a consumer: how much is held in memory at once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, ClassVar
from uuid import uuid4

from shared.db.transaction import Database, Transaction
from shared.kafka import connection
from shared.kafka.consumer import Consumer
from shared.kafka.records import Item, Reader
from shared.kafka.relay import Relay
from shared.kafka.replay import replay
from shared.settings import KafkaSettings
from tests.faults.kafka.brokers import Brokers
from tests.faults.kafka.load import TOPIC, at_work, event, rows, settings
from tests.shared.toy import PROJECTION, OpenToy
from tests.support.deliveries import SilentResend
from tests.support.until import until

BATCH, LOOKS = 500, 50
MOST_IN_CONSUMER = 3 * BATCH
"""Of one partition: the batch that is worked on, what waits for it (about a batch), and the fetch that went over that."""
FILL = (
    "insert into outbox (event_id, topic, key, aggregate_id, epoch, version, type, at, data)"
    " select gen_random_uuid(), :topic, cast(:application as uuid), id, 1, 1, :type, now(), replace(:data, cast(:application as text), id::text)"
    " from (select gen_random_uuid() as id from generate_series(1, :count)) as made"
)


async def fill(database: Database, count: int) -> None:
    """That many events of as many applications, all with one key, so that they are on one partition."""
    application = uuid4()
    told = event(application, uuid4(), 1)
    data = told.model_dump_json(exclude_none=True)
    await rows(database, FILL, topic=TOPIC, type=told.type_, data=data, application=str(application), count=count)


class Counting:
    """Makes the relay's producers, and counts how many records they hold at most."""

    def __init__(self) -> None:
        self.held = self.most = self.sent = 0

    def __call__(self, kafka: KafkaSettings) -> Any:
        """A producer that counts."""
        producer = connection.producer(kafka)
        send: Callable[..., Awaitable[asyncio.Future[Any]]] = producer.send

        async def counted(*arguments: Any, **named: Any) -> asyncio.Future[Any]:
            future = await send(*arguments, **named)
            self.held, self.sent = self.held + 1, self.sent + 1
            self.most = max(self.most, self.held)
            future.add_done_callback(self._done)
            return future

        producer.send = counted
        return producer

    def _done(self, _: object) -> None:
        self.held -= 1


class CountingReader(Reader):
    """Counts what a consumer has read."""

    count = 0

    def read(self, record: Any) -> Item | None:
        """As its elder does."""
        CountingReader.count += 1
        return super().read(record)


class Reading(Consumer):
    """Only counts what a replay gives it at once."""

    sizes: ClassVar[list[int]] = []

    async def handle(self, items: Sequence[Item]) -> None:
        """Does nothing with them."""
        self.sizes.append(len(items))


async def a_replay_reads(toy: OpenToy, brokers: Brokers, *, at_least: int) -> str:
    """The whole topic again."""
    silent: Any = SilentResend()
    target = await toy("status")
    reading = Reading(target, settings(brokers, "status"), PROJECTION, clients=None, resend=silent)
    handled = await replay(reading)
    assert handled >= at_least
    assert max(reading.sizes) <= BATCH
    return f"a replay of {handled} events: {max(reading.sizes)} at once"


class Still:
    """For `until`: the number, once it has not changed for longer than a consumer waits for a fetch."""

    def __init__(self, number: Callable[[], int]) -> None:
        self._number, self._last, self._looks = number, 0, 0

    def __call__(self) -> int:
        """0 while it changes."""
        now = self._number()
        self._looks = self._looks + 1 if now == self._last else 0
        self._last = now
        return now if self._looks > LOOKS else 0


async def ten_thousand_rows_wait(toy: OpenToy, brokers: Brokers, *, waiting: int) -> str:
    """The outbox is full, and the consumer does not get on with its first event: the relay drains in batches, the consumer stops fetching."""
    source, target, counting, opened = await toy("applications"), await toy("status"), Counting(), asyncio.Event()
    await fill(source, waiting)

    async def slow(tx: Transaction, told: Any, prepared: None) -> None:
        await opened.wait()

    silent: Any = SilentResend()
    subscriptions = tuple(replace(one, on=slow) for one in PROJECTION)
    consumer = Consumer(target, settings(brokers, "status"), subscriptions, clients=None, resend=silent)
    consumer.reader, CountingReader.count = CountingReader.of(subscriptions), 0
    relay = Relay(
        "applications", _url(source), settings(brokers, "applications"), make_producer=counting
    )  # fmt: skip
    async with at_work(relay, consumer):
        await until(lambda: _all_sent(source), deadline=120)
        await until(lambda: CountingReader.count, deadline=60)
        in_consumer = await until(Still(lambda: CountingReader.count + sum(map(len, consumer._waiting.values()))), 60)
        assert counting.sent == waiting
        # Each batch is marked in a transaction of its own.
        batches = [row["n"] for row in await rows(source, "select count(*) as n from outbox group by xmin::text")]
        assert max(batches) <= BATCH
        assert counting.most <= BATCH
        assert in_consumer <= MOST_IN_CONSUMER
        opened.set()
        await until(lambda: consumer.counts.applied >= waiting, deadline=120)
    return (
        f"{waiting} events waiting: sent in {len(batches)} batches of {max(batches)} at most, {counting.most} of them with the producer at once;"
        f" {in_consumer} at once with a consumer that stands still; all handled"
    )


def _url(database: Any) -> str:
    return str(database.clone.url)


async def _all_sent(database: Database) -> bool:
    return bool(await rows(database, "select 1 where not exists (select from outbox where sent_at is null)"))
