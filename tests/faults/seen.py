"""What the tables, the topics and the APIs say after a run."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.events.envelope import Received, version_of

Row = dict[str, Any]
TABLES = {
    "mapping": ("outbox", "inbox", "parked_event", "inbox_sequence", "access_log", "idempotency_key", "profile", "fact", "access_view"),
    "rights": ("outbox", "inbox", "parked_event", "inbox_sequence", "access_log", "assessment"),
    "applications": ("outbox", "inbox", "parked_event", "inbox_sequence", "access_log", "idempotency_key", "application", "decision"),
    "status": ("outbox", "inbox", "parked_event", "inbox_sequence", "access_log", "idempotency_key", "case_file", "case_timeline", "complaint"),
    "gateway": ("outbox", "inbox", "parked_event", "inbox_sequence", "party", "notice", "stream"),
}  # fmt: skip
UNREAD = ("content", "snapshot", "said", "value", "headers", "fingerprint")
"""Columns that hold sealed or raw bytes."""


@dataclass(frozen=True, slots=True)
class Told:
    """One record of a topic."""

    topic: str
    partition: int
    offset: int
    event_id: str
    type: str
    key: str
    subject: str
    epoch: int
    version: int
    data: Mapping[str, Any]


@dataclass(slots=True)
class Seen:
    """`rows["status.case_file"]`; every record of every topic; what a child's history says it was told, oldest first; what an application
    and a complaint are shown as."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    told: list[Told] = field(default_factory=list)
    said: dict[str, list[int]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)

    def first_told(self) -> list[Told]:
        """Each event where it first stands on its topic: sent again, it counts once."""
        once: dict[tuple[str, str], Told] = {}
        for each in self.told:
            once.setdefault((each.topic, each.event_id), each)
        return list(once.values())


async def read_tables(address: str) -> dict[str, list[Row]]:
    """As the administrator, past every wall. `address.format(database=…)`."""
    found: dict[str, list[Row]] = defaultdict(list)
    for service, tables in TABLES.items():
        connection = await asyncpg.connect(address.format(database=f"somlos_{service}"))
        try:
            for table in tables:
                rows = await connection.fetch(f'select * from "{service}"."{table}"')
                found[f"{service}.{table}"] = [_plain(row) for row in rows]
        finally:
            await connection.close()
    return found


def _plain(row: "asyncpg.Record") -> Row:
    return {name: str(value) if name.endswith("id") else value for name, value in row.items() if name not in UNREAD}


async def read_topics(options: Mapping[str, Any]) -> list[Told]:
    """Everything on every topic, in the order of each partition."""
    kafka = AIOKafkaConsumer(**options, group_id=None, enable_auto_commit=False, auto_offset_reset="earliest")
    await kafka.start()
    try:
        topics = {topic for topic in await kafka.topics() if topic.startswith(("somlos.", "partner."))}
        partitions = [
            TopicPartition(topic, number) for topic in sorted(topics) for number in await _numbers(kafka, topic)
        ]
        kafka.assign(partitions)
        ends = await kafka.end_offsets(partitions)
        await kafka.seek_to_beginning(*partitions)
        found: list[Told] = []
        while any([await kafka.position(each) < ends[each] for each in partitions]):
            for records in (await kafka.getmany(timeout_ms=200)).values():
                found += _readable(records)
        return found
    finally:
        await kafka.stop()


async def _numbers(kafka: AIOKafkaConsumer, topic: str) -> list[int]:
    await kafka._client._wait_on_metadata(topic)
    return sorted(kafka.partitions_for_topic(topic) or ())


def _readable(records: Iterable[Any]) -> Iterable[Told]:
    """What a test has put there as poison has no envelope, and no part in the order."""
    for record in records:
        try:
            envelope = Received.of(record.headers)
            data = json.loads(record.value)
        except ValueError:
            continue
        epoch, version = version_of(envelope.sequence)
        yield Told(
            record.topic, record.partition, record.offset, str(envelope.event_id), envelope.type,
            (record.key or b"").decode(), str(envelope.subject), epoch, version, data,
        )  # fmt: skip
