"""How long an event is on its way: from the committed outbox row to the consumer, and until its projection is committed; to raw produce and consume.

An even pace, so that what is measured is the way and not a queue. The product's side is the applications service's relay and the status service's consumer
with its listeners; the raw side a producer and a consumer of the same settings.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from services.applications.main import create as create_applications
from services.status.events.applications import SUBSCRIPTIONS
from services.status.main import create as create_status
from shared.auth.principals import worker
from shared.kafka import connection
from shared.kafka.consumer import Consumer
from shared.kafka.records import Item
from shared.kafka.relay import Relay
from tests.bench.consumer import submitted
from tests.bench.harness import Better, Limit, Row, percentile
from tests.bench.inside import in_this_process
from tests.bench.relay import DATA
from tests.bench.topics import TOPIC, login, make_topic, producing
from tests.bench.world import World
from tests.support.deliveries import SilentResend
from tests.support.until import until

ROUNDS, NUMBER, A_SECOND = 7, 100, 40
ARRIVES = Limit(floor=2.5, aim=1.5, better=Better.LOWER)
PROJECTED = Limit(floor=3, aim=2, better=Better.LOWER)
Moments = dict[str, float]
Way = Callable[[], Awaitable[tuple[list[float], list[float]]]]


class Watched(Consumer):
    """The consumer, which notes when each event came and when its projection was committed."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.came: Moments = {}
        self.done: Moments = {}

    async def handle(self, items: Sequence[Item]) -> None:
        """Handles them, and notes it."""
        now = time.perf_counter()
        self.came |= {str(item.key): now for item in items}
        await super().handle(items)
        now = time.perf_counter()
        self.done |= {str(item.key): now for item in items}


async def measure(world: World) -> list[Row]:
    """Two rows: until it comes, and until its projection is committed; the 99th percentile of each round."""
    broker = await world.broker()
    await make_topic(broker)
    sender, receiver = await world.database("applications", "sender"), await world.database("status", "receiver")
    async with (
        in_this_process(create_applications, await world.settings("applications", sender)) as applications,
        in_this_process(create_status, await world.settings("status", receiver)) as status,
        _raw(world) as raw,
    ):
        relay = Relay("applications", sender.url, login(broker, "applications"))
        consumer = Watched(
            status.state.database, login(broker, "status"), SUBSCRIPTIONS, clients=None, resend=SilentResend()
        )
        tasks = [asyncio.create_task(relay.run()), asyncio.create_task(consumer.run())]
        await until(lambda: relay.is_leader and consumer.connected, 20)

        async def product() -> tuple[list[float], list[float]]:
            began: Moments = {}

            async def one() -> None:
                event = submitted()
                async with applications.state.database.begin(worker("applications")) as tx:
                    await tx.emit(event, version=1)
                began[str(event.key)] = time.perf_counter()

            await _paced(one)
            await until(lambda: began.keys() <= consumer.done.keys(), 30)
            return (
                [consumer.came[key] - at for key, at in began.items()],
                [consumer.done[key] - at for key, at in began.items()],
            )

        rounds = await _rounds(product, raw)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return [
        _row("Event, outbox row to consumer, p99", ARRIVES, [(ours, peer) for ours, _, peer in rounds]),
        _row("Event, outbox row to committed projection, p99", PROJECTED, [(ours, peer) for _, ours, peer in rounds]),
    ]


async def _rounds(product: Way, raw: Way) -> list[tuple[float, float, float]]:
    """Each round's p99 of the three: ours until it came, ours until it was projected, the raw one's."""
    found = []
    for number in range(ROUNDS + 1):
        if number % 2:
            sent, _ = await raw()
            came, done = await product()
        else:
            came, done = await product()
            sent, _ = await raw()
        if number:
            found.append((percentile(came, 0.99), percentile(done, 0.99), percentile(sent, 0.99)))
    return found


@asynccontextmanager
async def _raw(world: World) -> AsyncIterator[Way]:
    """Raw produce and consume, at the same pace."""
    broker = await world.broker()
    consumer = connection.group_consumer(login(broker), "bench", [TOPIC])
    came: Moments = {}

    async def consume() -> None:
        while True:
            for records in (await consumer.getmany(timeout_ms=500)).values():
                now = time.perf_counter()
                came.update({record.key.decode(): now for record in records})

    async with producing(broker) as producer:
        await consumer.start()
        task = asyncio.create_task(consume())
        await until(consumer.assignment, 20)

        async def way() -> tuple[list[float], list[float]]:
            began: Moments = {}

            async def one() -> None:
                event = submitted()
                began[str(event.key)] = time.perf_counter()
                await producer.send(TOPIC, key=str(event.key).encode(), value=DATA.encode())

            await _paced(one)
            await until(lambda: began.keys() <= came.keys(), 30)
            return [came[key] - at for key, at in began.items()], []

        try:
            yield way
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await consumer.stop()


async def _paced(one: Callable[[], Awaitable[None]]) -> None:
    """So many, at an even pace."""
    began, running = time.perf_counter(), []
    for number in range(NUMBER):
        await asyncio.sleep(max(0, began + number / A_SECOND - time.perf_counter()))
        running.append(asyncio.ensure_future(one()))
    await asyncio.gather(*running)


def _row(name: str, limit: Limit, found: list[tuple[float, float]]) -> Row:
    figures = (
        ("ours", f"{percentile([ours for ours, _ in found], 0.5) * 1000:.1f} ms"),
        ("raw produce and consume", f"{percentile([peer for _, peer in found], 0.5) * 1000:.1f} ms"),
    )
    how = f"{A_SECOND} events a second, {ROUNDS} rounds of {NUMBER} each way; the 99th percentile of each round; Apache Kafka, the same client settings on both sides."
    return Row(name=name, rounds=tuple(ours / peer for ours, peer in found), limit=limit, figures=figures, how=how)
