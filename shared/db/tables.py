"""The tables that every service has, in its own schema (found by the role's search_path)."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

outbox = Table(
    "outbox",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("topic", Text, nullable=False),
    Column("key", Uuid, nullable=False),
    Column("aggregate_id", Uuid, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("type", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("traceparent", Text),
    Column("data", Text, nullable=False),
    Column("sent_at", DateTime(timezone=True)),
)
inbox = Table(
    "inbox",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("key", Uuid, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
)
inbox_sequence = Table(
    "inbox_sequence",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("aggregate_id", Uuid, primary_key=True),
    Column("key", Uuid, nullable=False),
    Column("sequence", Text, nullable=False),
)
parked_event = Table(
    "parked_event",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("consumer", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("key", Uuid, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("headers", JSONB, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("cause", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("parked_at", DateTime(timezone=True), nullable=False),
    Column("asked_at", DateTime(timezone=True)),
)
access_log = Table(
    "access_log",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("child_id", Uuid, nullable=False),
    Column("reader_kind", Text, nullable=False),
    Column("reader_id", Uuid),
    Column("organisation", Text),
    Column("purpose", Text),
    Column("what", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("denied", Boolean, nullable=False),
    Column("protected", Boolean, nullable=False),
)
idempotency_key = Table(
    "idempotency_key",
    metadata,
    Column("principal", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("status", Integer, nullable=False),
    Column("resource_id", Text, nullable=False),
    Column("etag", Text),
    Column("at", DateTime(timezone=True), nullable=False),
)
