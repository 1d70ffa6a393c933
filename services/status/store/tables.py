"""The service's own tables: a projection, deleted and built again at will; and complaints, which are its own."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, LargeBinary, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

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
    Column("decision_outcome", Text),
    Column("decided_at", Date),
    Column("notified_at", Date),
    Column("complain_by", Date),
    Column("complain_to", Text),
    Column("decision_version", BigInteger),
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

complaint = Table(
    "complaint",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, nullable=False),
    Column("case_version", BigInteger, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("complainant_id", Uuid, nullable=False),
    Column("relation", Text, nullable=False),
    Column("right_id", Text, nullable=False),
    Column("authority_kind", Text, nullable=False),
    Column("authority_org", Text, nullable=False),
    Column("authority_alias", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("appeal_org", Text),
    Column("appeal_alias", Text),
    Column("protected", Boolean, nullable=False),
    Column("last_day", Date),
    Column("late", Boolean, nullable=False),
    Column("status", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("filed_at", DateTime(timezone=True), nullable=False),
    Column("forwarded_at", DateTime(timezone=True)),
    Column("decided_on", Date),
    Column("steps", JSONB, nullable=False),
    Column("said", LargeBinary, nullable=False),
)
