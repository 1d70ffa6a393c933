"""Load from a toy service's outbox through the relay to a toy consumer, and what must hold afterwards."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.auth.principals import worker
from shared.db.transaction import Database
from shared.events.applications import ApplicationStatus, ApplicationStatusChanged, ApplicationSubmitted
from shared.events.envelope import Received, version_of
from shared.kafka.consumer import Consumer
from shared.kafka.relay import Relay
from shared.settings import KafkaSettings
from tests.faults.kafka.brokers import Brokers
from tests.faults.kafka.promises import Told, broken, came_again
from tests.shared.toy import PROJECTION
from tests.support.clock import START
from tests.support.deliveries import SilentResend
from tests.support.until import until

TOPIC = ApplicationSubmitted.topic
LIFE, WRITERS, PACE_SECONDS = 12, 4, 0.02
CAUGHT_UP_SECONDS = 90.0
Background = Callable[[], Awaitable[None]]


def event(application: UUID, child: UUID, version: int) -> ApplicationSubmitted | ApplicationStatusChanged:
    """The application's first event, or a later one."""
    if version == 1:
        return ApplicationSubmitted(
            application_id=application,
            child_id=child,
            right_id="hjelpestonad",
            authority_kind="nav",
            submitted_at=START,
            version=1,
        )
    return ApplicationStatusChanged(
        application_id=application,
        child_id=child,
        status=ApplicationStatus.RECEIVED,
        changed_at=START,
        version=version,
    )


@dataclass(slots=True)
class Load:
    """Writers at a steady pace, each with one application after another; what was acknowledged is written down."""

    database: Database
    acknowledged: dict[UUID, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many events were acknowledged."""
        return sum(self.acknowledged.values())

    async def writes(self, more: int) -> None:
        """Returns when that many more were acknowledged: the world goes on meanwhile."""
        wanted = self.count + more
        await until(lambda: self.count >= wanted, deadline=CAUGHT_UP_SECONDS)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Load"]:
        """Writes until the block ends; a writer's fault is raised there."""
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for _ in range(WRITERS):
                group.create_task(self._write(stop))
            try:
                yield self
            finally:
                stop.set()

    async def _write(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            application, child = uuid4(), uuid4()
            for version in range(1, LIFE + 1):
                await self.write_one(application, child, version)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), PACE_SECONDS)

    async def write_many(self, applications: int) -> None:
        """Whole lives in one transaction: the relay finds more than it takes at a time."""
        made = [(uuid4(), uuid4()) for _ in range(applications)]
        async with self.database.begin(worker("applications")) as tx:
            for application, child in made:
                for version in range(1, LIFE + 1):
                    await tx.emit(event(application, child, version), version=version)
        self.acknowledged.update({application: LIFE for application, _ in made})

    async def write_one(self, application: UUID, child: UUID, version: int) -> None:
        """One change, committed."""
        async with self.database.begin(worker("applications")) as tx:
            await tx.emit(event(application, child, version), version=version)
        self.acknowledged[application] = version


def settings(brokers: Brokers, user: str) -> KafkaSettings:
    """How that service reaches the brokers."""
    return KafkaSettings(**{name.lower(): value for name, value in brokers.user(user).items()})  # type: ignore[arg-type]  # pydantic reads the texts


@dataclass(slots=True)
class World:
    """A source with its relay, a target with its consumer, and the brokers between them."""

    source: Database
    target: Database
    brokers: Brokers
    load: Load
    relay: Relay
    resend: SilentResend

    def consumer(self) -> Consumer:
        """Another consumer of the target's group."""
        silent: Any = self.resend
        return Consumer(self.target, settings(self.brokers, "status"), PROJECTION, clients=None, resend=silent)

    async def outbox(self, condition: str = "true") -> int:
        """How many rows of the outbox are so."""
        return int((await rows(self.source, f"select count(*) as n from outbox where {condition}"))[0]["n"])

    async def effects(self) -> dict[UUID, list[int]]:
        """What each application's events came to, in the order in which they were applied."""
        sql = (
            "select application_id, version from step where application_id = any(:mine) order by application_id, place"
        )
        found: dict[UUID, list[int]] = {}
        for row in await rows(self.target, sql, mine=list(self.load.acknowledged)):
            found.setdefault(row["application_id"], []).append(row["version"])
        return found


async def rows(database: Any, sql: str, **values: Any) -> list[dict[str, Any]]:
    """Rows, past every wall."""
    found: list[dict[str, Any]] = await database.clone.rows(sql, **values)
    return found


@asynccontextmanager
async def at_work(*works: Relay | Consumer) -> AsyncIterator[None]:
    """Relays and consumers, until the block ends. One that dies of a fault raises it there."""
    tasks = [asyncio.create_task(work.run()) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert [fault for fault in ended if not isinstance(fault, asyncio.CancelledError)] == []


@asynccontextmanager
async def world(toy: Callable[[str], Awaitable[Database]], brokers: Brokers) -> AsyncIterator[World]:
    """Both toys on empty databases, the relay and one consumer at work."""
    async with AsyncExitStack() as stack:
        source, target = await toy("applications"), await toy("status")
        relay = Relay("applications", source.clone.url, settings(brokers, "applications"))  # type: ignore[attr-defined]  # the toy's
        made = World(source, target, brokers, Load(source), relay, SilentResend())
        await stack.enter_async_context(at_work(relay, made.consumer()))
        yield made


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a run. `again`: records that stand on the topic more than once, which receivers throw away."""

    acknowledged: int
    again: int
    longest_pause: float

    def __str__(self) -> str:
        return (
            f"{self.acknowledged} acknowledged, 0 lost, 0 doubled in effect, 0 out of order; {self.again} records sent again;"
            f" longest pause of writes {self.longest_pause:.2f} s"
        )


def say(text: str) -> None:
    """A figure, for who runs the tests with `-s`."""
    sys.stdout.write(f"{text}\n")


async def whole(world: World) -> Found:
    """Waits until all is through, and raises AssertionError unless everything acknowledged is on the topic in order and had its effect once."""
    count = world.load.count
    await until(lambda: _through(world, count), deadline=CAUGHT_UP_SECONDS)
    sql = "select event_id, aggregate_id, version, sent_at from outbox order by position"
    rows_stored = await rows(world.source, sql)
    stored = [(row["aggregate_id"], row["version"], row["event_id"]) for row in rows_stored]
    mine = set(world.load.acknowledged)
    on_topic = [told for told in await read_all(world.brokers) if told[0] in mine]
    assert broken(world.load.acknowledged, stored, on_topic, await world.effects()) == []
    assert await rows(world.target, "select cause from parked_event") == []
    assert world.resend.asked == []
    sent = sorted(row["sent_at"].timestamp() for row in rows_stored)
    pauses = [later - earlier for earlier, later in pairwise(sent)]
    return Found(count, came_again(on_topic), max(pauses, default=0.0))


async def _through(world: World, count: int) -> bool:
    if await world.outbox("sent_at is null"):
        return False
    return sum(map(len, (await world.effects()).values())) >= count


async def read_all(brokers: Brokers) -> list[Told]:
    """(aggregate, version, event id) of every record on the topic, in order within each partition."""
    reader = AIOKafkaConsumer(**brokers.client("admin"), group_id=None, auto_offset_reset="earliest")
    await reader.start()
    try:
        partitions = [TopicPartition(TOPIC, number) for number in range(brokers.declaration.partitions)]
        reader.assign(partitions)
        ends = await reader.end_offsets(partitions)
        await reader.seek_to_beginning(*partitions)
        found = []
        while any([await reader.position(one) < ends[one] for one in partitions]):
            for records in (await reader.getmany(timeout_ms=500)).values():
                found += [_identity(record) for record in records]
        return found
    finally:
        await reader.stop()


def _identity(record: Any) -> Told:
    envelope = Received.of(record.headers)
    return envelope.subject, version_of(envelope.sequence)[1], envelope.event_id
