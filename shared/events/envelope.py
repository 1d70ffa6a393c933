"""CloudEvents 1.0 on Kafka, binary mode: what every event carries, and how it is written and read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

SPEC_VERSION = "1.0"
SCHEMA_PREFIX = "urn:somlos:event-schema:"
PARTITIONER = "murmur2"


class Event(BaseModel):
    """A fact in the past tense: ids, closed sets and times; never a name, a national id, a fact about a person or free text."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type_: ClassVar[str]
    topic: ClassVar[str]
    id_field: ClassVar[str]
    key_field: ClassVar[str | None] = None
    single: ClassVar[bool] = False
    """Insert-only: each event is an aggregate of its own, version 1, so there is no sequence to follow."""

    @property
    def aggregate_id(self) -> UUID:
        """The aggregate that the event tells of."""
        return UUID(str(getattr(self, self.id_field)))

    @property
    def key(self) -> UUID:
        """What keeps the topic's order: events of one key stay in order."""
        return UUID(str(getattr(self, self.key_field or self.id_field)))

    @property
    def topic_name(self) -> str:
        """The topic this event goes to."""
        return self.topic

    @property
    def about(self) -> UUID | None:
        """The child that the event tells of, where it tells of one: what is told of someone erased has no effect."""
        child: UUID | None = getattr(self, "child_id", None)
        return child


def sequence(epoch: int, version: int) -> str:
    """`0001.000000000042`: compares as text; a restore to an earlier point raises the epoch."""
    return f"{epoch:04d}.{version:012d}"


def version_of(text: str) -> tuple[int, int]:
    """(epoch, version) of a `ce_sequence`. Raises ValueError."""
    epoch, _, version = text.partition(".")
    return int(epoch), int(version)


@dataclass(frozen=True, slots=True)
class Received:
    """One record's envelope, before its data is read. Raises ValueError from `of` when it is no CloudEvent."""

    event_id: UUID
    type: str
    source: str
    subject: UUID
    sequence: str
    time: datetime
    traceparent: str | None

    @classmethod
    def of(cls, headers: Iterable[tuple[str, bytes]]) -> Self:
        """The envelope from Kafka headers."""
        found = {name: value.decode("utf-8") for name, value in headers}
        missing = [
            n
            for n in ("ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "ce_subject", "ce_sequence")
            if not found.get(n)
        ]
        if missing:
            raise ValueError("no " + ", ".join(missing))
        if found["ce_specversion"] != SPEC_VERSION:
            raise ValueError("unknown ce_specversion")
        version_of(found["ce_sequence"])
        return cls(
            UUID(found["ce_id"]),
            found["ce_type"],
            found["ce_source"],
            UUID(found["ce_subject"]),
            found["ce_sequence"],
            datetime.fromisoformat(found["ce_time"]),
            found.get("traceparent"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What the relay writes around an event's data."""

    event_id: UUID
    type: str
    source: str
    subject: UUID
    epoch: int
    version: int
    time: datetime
    traceparent: str | None

    def headers(self) -> list[tuple[str, bytes]]:
        """The Kafka headers of the binary content mode."""
        pairs = {
            "ce_specversion": SPEC_VERSION,
            "ce_id": str(self.event_id),
            "ce_type": self.type,
            "ce_source": self.source,
            "ce_time": self.time.isoformat(),
            "ce_subject": str(self.subject),
            "ce_sequence": sequence(self.epoch, self.version),
            "ce_dataschema": SCHEMA_PREFIX + self.type,
            "content-type": "application/json",
        }
        if self.traceparent:
            pairs["traceparent"] = self.traceparent
        return [(name, value.encode()) for name, value in pairs.items()]
