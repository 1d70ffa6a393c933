"""The way in, one transaction: each event once, in its aggregate's order; gaps wait or are passed over, as the listener states."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from opentelemetry.trace import SpanKind
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from shared import logging, telemetry
from shared.db.tables import inbox, inbox_sequence, parked_event
from shared.db.transaction import Transaction
from shared.events.envelope import version_of
from shared.events.parked import EventParked
from shared.kafka.records import Item, Reader
from shared.kafka.subscriptions import Gaps

_LOCKS = text(
    "with held as (select pg_advisory_xact_lock_shared(hashtextextended('somlos.consumer', 0)))"
    " select pg_advisory_xact_lock(hashtextextended(place, 1)) from held, unnest(cast(:places as text[])) as place"
)
_EXCLUSIVE_LOCK = text("select pg_advisory_xact_lock(hashtextextended('somlos.consumer', 0))")
_POISON = ("poison", "behind")
log = logging.get("inbox")


@dataclass(slots=True)
class Counts:
    """What became of the events, since the process started."""

    applied: int = 0
    duplicate: int = 0
    older: int = 0
    parked: int = 0


@dataclass(slots=True)
class Inbox:
    """One batch's view of what this consumer has seen; made anew for each transaction."""

    consumer: str
    reader: Reader
    tx: Transaction
    last: dict[tuple[str, UUID], str] = field(default_factory=dict)
    stuck: set[UUID] = field(default_factory=set)
    waiting: set[UUID] = field(default_factory=set)
    changed: set[tuple[str, UUID, UUID]] = field(default_factory=set)
    counts: Counts = field(default_factory=Counts)

    async def take(self, items: Sequence[Item]) -> Counts:
        """Handles the items in order of key, and within a key in the order they came. Raises whatever a listener raises."""
        await self._take_turns(items)
        fresh = await self._unseen(items)
        await self._recall({item.key for item in fresh})
        for item in sorted(fresh, key=lambda i: i.key):
            await self._handle(item)
        await self._remember()
        return self.counts

    async def _take_turns(self, items: Sequence[Item]) -> None:
        """One at a time in each partition: a consumer that has lost it may not know yet, and a replay goes on beside the running one."""
        places = sorted({f"{self.consumer}/{item.topic}/{item.partition}" for item in items})
        await self.tx.connection.execute(_LOCKS, {"places": places})

    async def _unseen(self, items: Sequence[Item]) -> list[Item]:
        """Puts all in the inbox; returns those that were not there."""
        once = {item.event_id: item for item in reversed(items)}
        rows = [
            {
                "consumer": self.consumer,
                "event_id": i.event_id,
                "topic": i.topic,
                "key": i.key,
                "received_at": self.tx.at,
            }
            for i in once.values()
        ]
        statement = upsert(inbox).values(rows).on_conflict_do_nothing().returning(inbox.c.event_id)
        new = set((await self.tx.connection.scalars(statement)).all())
        fresh = [item for item in items if item.event_id in new and once[item.event_id] is item]
        self.counts.duplicate += len(items) - len(fresh)
        return fresh

    async def _recall(self, keys: set[UUID]) -> None:
        """How far each aggregate of the keys has come, and which keys wait."""
        sequences = select(inbox_sequence.c.topic, inbox_sequence.c.aggregate_id, inbox_sequence.c.sequence)
        for row in await self.tx.connection.execute(
            sequences.where(inbox_sequence.c.consumer == self.consumer, inbox_sequence.c.key.in_(keys))
        ):
            self.last[(row.topic, row.aggregate_id)] = row.sequence
        parked = select(parked_event.c.key, parked_event.c.cause).where(
            parked_event.c.consumer == self.consumer, parked_event.c.key.in_(keys)
        )
        for key, cause in await self.tx.connection.execute(parked):
            (self.stuck if cause in _POISON else self.waiting).add(key)

    async def _handle(self, item: Item) -> None:
        if item.key in self.stuck:
            await self._park(item, "behind", "an earlier event of the key is parked")
        elif item.fault is not None or item.subscription is None:
            await self.park_poison(item, item.fault or "unknown")
        elif item.subscription.event.single:
            await self._apply(item)
        else:
            await self._in_order(item)

    async def _in_order(self, item: Item) -> None:
        assert item.subscription is not None
        match _place(self.last.get((item.topic, item.aggregate)), item.sequence):
            case "older":
                self.counts.older += 1
            case "gap" if item.subscription.gaps is Gaps.PARK:
                await self._park(item, "gap", "an earlier version is missing")
                self.waiting.add(item.key)
            case _:
                await self._apply(item)
                self.last[(item.topic, item.aggregate)] = item.sequence
                self.changed.add((item.topic, item.aggregate, item.key))
                if item.key in self.waiting:
                    await self._drain(item)

    async def _apply(self, item: Item) -> None:
        assert item.subscription is not None
        assert item.envelope is not None
        self.counts.applied += 1
        if item.superseded:
            return
        with telemetry.span(
            f"process {item.envelope.type}", SpanKind.CONSUMER, parent=item.envelope.traceparent
        ) as span:
            span.set_attribute("messaging.destination.name", item.topic)
            if self._is_of_someone_erased(item):
                item.gone = True
            if item.gone and item.subscription.gone:
                await item.subscription.gone(self.tx, item.event)
            elif not item.gone:
                await item.subscription.on(self.tx, item.event, item.prepared)

    def _is_of_someone_erased(self, item: Item) -> bool:
        """Late events of someone who was erased must not bring her back."""
        child = item.event.about if item.event else None
        return child is not None and self.tx.is_erased(child)

    async def _drain(self, item: Item) -> None:
        """The events that waited for this one, as far as they follow without a gap."""
        mine = (parked_event.c.consumer == self.consumer, parked_event.c.key == item.key, parked_event.c.cause == "gap")
        rows = (await self.tx.connection.execute(select(parked_event).where(*mine))).all()
        waiting = [
            (
                row.id,
                self.reader.understand(
                    Item(row.topic, row.partition, row.offset, row.key, row.event_id, row.headers, row.value)
                ),
            )
            for row in rows
        ]
        for row_id, parked in sorted(((i, p) for i, p in waiting if p is not None), key=lambda pair: pair[1].sequence):
            place = _place(self.last.get((parked.topic, parked.aggregate)), parked.sequence)
            if place == "gap":
                continue
            if place == "next":
                await self._apply(parked)
                self.last[(parked.topic, parked.aggregate)] = parked.sequence
            await self.tx.connection.execute(delete(parked_event).where(parked_event.c.id == row_id))

    async def park_poison(self, item: Item, reason: str) -> None:
        """Sets the event aside and, from now on, the later events of its key; tells the operators."""
        await self._park(item, "poison", reason)
        self.stuck.add(item.key)
        kind = item.envelope.type if item.envelope else "unknown"
        log.error(
            "event parked",
            topic=item.topic,
            partition=item.partition,
            offset=item.offset,
            event_id=str(item.event_id),
            reason=reason,
        )
        told = EventParked(
            parking_id=self.tx.new_id(),
            event_id=item.event_id,
            service=self.consumer,
            source_topic=item.topic,
            source_partition=item.partition,
            source_offset=item.offset,
            event_type=kind[:200],
            cause="poison",
            reason=reason[:200],
        )
        await self.tx.emit(told, version=1)

    async def _park(self, item: Item, cause: str, reason: str) -> None:
        self.counts.parked += 1
        row = {
            "consumer": self.consumer,
            "topic": item.topic,
            "partition": item.partition,
            "offset": item.offset,
            "key": item.key,
            "event_id": item.event_id,
        }
        await self.tx.connection.execute(
            insert(parked_event).values(
                **row, headers=item.headers, value=item.value, cause=cause, reason=reason, parked_at=self.tx.at
            )
        )

    async def _remember(self) -> None:
        rows = [
            {
                "consumer": self.consumer,
                "topic": topic,
                "aggregate_id": aggregate,
                "key": key,
                "sequence": self.last[(topic, aggregate)],
            }
            for topic, aggregate, key in self.changed
        ]
        if rows:
            statement = upsert(inbox_sequence).values(rows)
            keys = ["consumer", "topic", "aggregate_id"]
            await self.tx.connection.execute(
                statement.on_conflict_do_update(index_elements=keys, set_={"sequence": statement.excluded.sequence})
            )


def _place(last: str | None, sequence: str) -> str:
    """`next`, `older` or `gap`. The first event of a higher epoch is next whatever its version."""
    epoch, version = version_of(sequence)
    last_epoch, last_version = version_of(last) if last else (epoch, 0)
    if epoch > last_epoch or (epoch == last_epoch and version == last_version + 1):
        return "next"
    return "gap" if epoch == last_epoch and version > last_version else "older"


async def forget(tx: Transaction, consumer: str, key: UUID | None) -> None:
    """Forgets what was seen of a key (None: of all), alone: live consumers wait until this transaction ends."""
    await tx.connection.execute(_EXCLUSIVE_LOCK)
    for table in (inbox, inbox_sequence, parked_event):
        mine = [table.c.consumer == consumer] + ([table.c.key == key] if key else [])
        await tx.connection.execute(delete(table).where(*mine))


async def parked_counts(tx: Transaction, consumer: str) -> dict[str, int]:
    """How many events are set aside, by cause: for the operators."""
    statement = (
        select(parked_event.c.cause, func.count())
        .where(parked_event.c.consumer == consumer)
        .group_by(parked_event.c.cause)
    )
    return {row[0]: row[1] for row in await tx.connection.execute(statement)}


async def gaps_to_ask_about(tx: Transaction, consumer: str, *, asked_before: object) -> list[tuple[str, UUID, int]]:
    """(topic, aggregate, first missing version) of each waiting key not asked about since then; notes that it is being asked now."""
    due = (
        parked_event.c.consumer == consumer,
        parked_event.c.cause == "gap",
        parked_event.c.asked_at.is_(None) | (parked_event.c.asked_at < asked_before),
    )
    rows = (
        await tx.connection.execute(
            update(parked_event)
            .where(*due)
            .values(asked_at=tx.at)
            .returning(parked_event.c.topic, parked_event.c.headers)
        )
    ).all()
    wanted = {(row.topic, UUID(dict(row.headers)["ce_subject"])) for row in rows}
    found = []
    for topic, aggregate in sorted(wanted):
        mine = (
            inbox_sequence.c.consumer == consumer,
            inbox_sequence.c.topic == topic,
            inbox_sequence.c.aggregate_id == aggregate,
        )
        last = await tx.connection.scalar(select(inbox_sequence.c.sequence).where(*mine))
        found.append((topic, aggregate, (version_of(last)[1] if last else 0) + 1))
    return found
