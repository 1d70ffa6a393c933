"""The service's own tables: a projection, deleted and built again at will."""

from sqlalchemy import BigInteger, Column, DateTime, MetaData, Table, Text, Uuid

metadata = MetaData(schema="status")

case_file = Table(
    "case_file",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("subject_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("right_id", Text, nullable=False),
    Column("authority_kind", Text, nullable=False),
    Column("authority_org", Text),
    Column("status", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("submitted_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

case_timeline = Table(
    "case_timeline",
    metadata,
    Column("case_id", Uuid, primary_key=True),
    Column("version", BigInteger, primary_key=True),
    Column("subject_id", Uuid, nullable=False),
    Column("status", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
