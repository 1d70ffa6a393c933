"""Delivery's own tables."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Identity, MetaData, Table, Text, Uuid

metadata = MetaData(schema="gateway")

party = Table(
    "party",
    metadata,
    Column("application_id", Uuid, primary_key=True),
    Column("subject_id", Uuid, nullable=False),
    Column("right_id", Text, nullable=False),
    Column("organisation", Text),
)
notice = Table(
    "notice",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("application_id", Uuid, nullable=False),
    Column("source_version", BigInteger, nullable=False),
    Column("happening", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("settled_at", DateTime(timezone=True)),
)
stream = Table(
    "stream",
    metadata,
    Column("organisation", Text, primary_key=True),
    Column("aggregate_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
)
complaint = Table(
    "complaint",
    metadata,
    Column("complaint_id", Uuid, primary_key=True),
    Column("subject_id", Uuid, nullable=False),
    Column("application_id", Uuid, nullable=False),
    Column("right_id", Text, nullable=False),
    Column("forwarded", Boolean, nullable=False),
)
complaint_notice = Table(
    "complaint_notice",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("complaint_id", Uuid, nullable=False),
    Column("source_version", BigInteger, nullable=False),
    Column("status", Text, nullable=False),
    Column("outcome", Text),
    Column("forwarded", Boolean, nullable=False),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("settled_at", DateTime(timezone=True)),
)
