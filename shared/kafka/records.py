"""A record from a topic as a listener sees it: envelope, event, and the subscription that wants it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from shared.events.envelope import Event, Received
from shared.kafka.subscriptions import Subscription


@dataclass(slots=True)
class Item:
    """One record on its way through a consumer. `fault`: it cannot be read. `superseded`: a newer one of its aggregate is in the batch."""

    topic: str
    partition: int
    offset: int
    key: UUID
    event_id: UUID
    headers: list[list[str]]
    value: bytes
    envelope: Received | None = None
    event: Event | None = None
    subscription: Subscription | None = None
    fault: str | None = None
    superseded: bool = False
    gone: bool = False
    prepared: Any = None

    @property
    def aggregate(self) -> UUID:
        """The aggregate that the event tells of."""
        assert self.envelope is not None
        return self.envelope.subject

    @property
    def sequence(self) -> str:
        """Where in its aggregate's life the event stands."""
        assert self.envelope is not None
        return self.envelope.sequence


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns records into items for one set of subscriptions."""

    by_type: Mapping[tuple[str, str], Subscription] = field(default_factory=dict)

    @classmethod
    def of(cls, subscriptions: Sequence[Subscription]) -> "Reader":
        """A reader for these subscriptions."""
        return cls({(s.topic_name, s.event.type_): s for s in subscriptions})

    def read(self, record: Any) -> Item | None:
        """The item; None when no subscription wants it. A record that cannot be read becomes an item with a fault."""
        place = f"{record.topic}/{record.partition}/{record.offset}"
        headers = [[name, value.decode("utf-8", "replace")] for name, value in record.headers]
        item = Item(
            record.topic,
            record.partition,
            record.offset,
            _key(record.key, place),
            uuid.uuid5(uuid.NAMESPACE_URL, place),
            headers,
            record.value or b"",
        )
        return self.understand(item)

    def understand(self, item: Item) -> Item | None:
        """Fills in envelope, subscription and event from the raw parts."""
        try:
            item.envelope = Received.of((name, value.encode()) for name, value in item.headers)
            item.event_id = item.envelope.event_id
            item.subscription = self.by_type.get((item.topic, item.envelope.type))
            if item.subscription is None:
                return None
            item.event = item.subscription.event.model_validate_json(item.value)
            if item.event.aggregate_id != item.envelope.subject:
                item.fault = "SubjectMismatch"
        except ValidationError as fault:
            item.fault = f"invalid data: {', '.join('.'.join(map(str, e['loc'])) for e in fault.errors()[:5])}"
        except ValueError as fault:
            item.fault = f"no envelope: {type(fault).__name__}"
        return item


def _key(raw: bytes | None, place: str) -> UUID:
    try:
        return UUID((raw or b"").decode("ascii"))
    except ValueError:
        return uuid.uuid5(uuid.NAMESPACE_URL, (raw or place.encode()).hex())


def coalesce(items: Sequence[Item]) -> list[Item]:
    """The items to prepare for: of each aggregate only the newest. The others are marked superseded: what is fetched for the newest covers them."""
    wanted = [i for i in items if i.fault is None and i.subscription and i.subscription.prepare]
    newest: dict[object, Item] = {}
    for item in wanted:
        older = newest.get(_what(item))
        if older is None or older.sequence < item.sequence:
            newest[_what(item)] = item
    for item in wanted:
        item.superseded = newest[_what(item)] is not item
    return list(newest.values())


def _what(item: Item) -> object:
    assert item.subscription is not None
    return item.event_id if item.subscription.event.single else (item.topic, item.aggregate)
