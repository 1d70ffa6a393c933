"""Events as Kafka would deliver them, and everything that can go wrong on the way. For listeners, see decision 12 in the guide to events."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import text

from shared.auth.principals import worker
from shared.db.transaction import Database
from shared.events.envelope import Envelope, Event
from shared.kafka.consumer import Consumer, Rhythm
from shared.kafka.subscriptions import Subscription
from tests.support.clock import START
from tests.support.postgres import Clone

SHARED_TABLES = {
    "outbox",
    "inbox",
    "inbox_sequence",
    "parked_event",
    "access_log",
    "idempotency_key",
    "epoch",
    "alembic_version",
}
Records = Sequence["Record"]
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Record:
    """One record of a topic."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]


def record(
    event: Event, version: int = 1, *, epoch: int = 1, at: datetime = START, event_id: UUID | None = None
) -> Record:
    """The event as the relay would have put it on its topic."""
    envelope = Envelope(
        event_id=event_id or uuid4(),
        type=event.type_,
        source="/somlos/test",
        subject=event.aggregate_id,
        epoch=epoch,
        version=version,
        time=at,
        traceparent=None,
    )
    value = event.model_dump_json(exclude_none=True).encode()
    return Record(event.topic_name, 0, version, str(event.key).encode(), value, tuple(envelope.headers()))


def in_order(records: Records) -> list[Records]:
    """One after the other."""
    return [[one] for one in records]


def at_once(records: Records) -> list[Records]:
    """All in one batch."""
    return [list(records)]


def doubled(records: Records) -> list[Records]:
    """Each one twice, and then all of them again."""
    return [*([one, one] for one in records), list(records)]


def reversed_(records: Records) -> list[Records]:
    """The last one first."""
    return [[one] for one in reversed(records)]


def one_missing(records: Records) -> list[Records]:
    """Each but the second one; it comes when the producer was asked to send again from there."""
    return [*([one] for one in (*records[:1], *records[2:])), list(records[1:])]


def one_late(records: Records) -> list[Records]:
    """The first one comes after all the others."""
    return [[one] for one in (*records[1:], records[0])]


MISHAPS: dict[str, Callable[[Records], list[Records]]] = {
    "at once": at_once,
    "doubled": doubled,
    "reversed": reversed_,
    "one missing": one_missing,
    "one late": one_late,
}


class SilentResend:
    """Stands in for asking a producer: keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, UUID, int]] = []

    async def ask(self, topic: str, aggregate: UUID, version: int) -> None:
        """Keeps (topic, aggregate, first missing version)."""
        self.asked.append((topic, aggregate, version))


def consumer(
    database: Database, subscriptions: Sequence[Subscription], clients: Any = None, resend: Any = None
) -> Consumer:
    """The service's real consumer without a broker: give it batches with `deliver`. Its pauses are short."""
    chosen: Any = resend or SilentResend()
    rhythm = Rhythm(pauses=(0.01, 0.01, 0.01), away=0.01)
    return Consumer(database, cast(Any, None), tuple(subscriptions), clients=clients, resend=chosen, rhythm=rhythm)


async def deliver(to: Consumer, batches: Sequence[Records]) -> None:
    """Each batch as one partition's."""
    for batch in batches:
        await to.handle([item for one in batch if (item := to.reader.read(one))])


async def after(
    opened: Callable[[str], Awaitable[Database]],
    service: str,
    subscriptions: Sequence[Subscription],
    batches: Sequence[Records],
    *,
    clients: Any = None,
    seed: Callable[[Database], Awaitable[None]] | None = None,
    ignoring: Sequence[str] = (),
) -> Rows:
    """The service's own rows once a fresh database has had `seed` and then these batches. `ignoring`: columns that differ by nature."""
    database = await opened(service)
    if seed:
        await seed(database)
    await deliver(consumer(database, subscriptions, clients), batches)
    return await projection(database.clone, ignoring)  # type: ignore[attr-defined]  # the fixture's


async def projection(clone: Clone, ignoring: Sequence[str] = ()) -> Rows:
    """Every row of the tables that are the service's own, in an order of their own."""
    named = await clone.rows(
        "select table_name from information_schema.tables where table_schema = :schema and table_type = 'BASE TABLE'",
        schema=clone.service,
    )
    found: Rows = {}
    for name in sorted(row["table_name"] for row in named):
        if name not in SHARED_TABLES:
            rows = [
                {k: v for k, v in row.items() if k not in ignoring}
                for row in await clone.rows(f'select * from "{name}"')
            ]
            found[name] = sorted(rows, key=repr)
    return found


async def parked(database: Database) -> list[tuple[str, str]]:
    """(cause, reason) of what is set aside."""
    async with database.begin(worker(database.service)) as tx:
        rows = await tx.connection.execute(text("select cause, reason from parked_event order by id"))
        return [(row.cause, row.reason) for row in rows]


def poisoned(one: Record) -> Record:
    """The same record with data that cannot be read."""
    return replace(one, value=b'{"nothing": "of use"}')
