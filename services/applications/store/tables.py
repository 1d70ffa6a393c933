"""The service's own tables."""

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, LargeBinary, MetaData, Table, Text, Uuid

metadata = MetaData(schema="applications")

application = Table(
    "application",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("subject_id", Uuid, nullable=False),
    Column("applicant_id", Uuid, nullable=False),
    Column("relation", Text, nullable=False),
    Column("form_id", Text, nullable=False),
    Column("form_version", Integer, nullable=False),
    Column("right_id", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("content", LargeBinary),
    Column("authority_kind", Text),
    Column("authority_org", Text),
    Column("child_alias", Text),
    Column("protected", Boolean),
    Column("submitted_at", DateTime(timezone=True)),
    Column("snapshot", LargeBinary),
    Column("snapshot_sha256", Text),
)

attachment = Table(
    "attachment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("authority_org", Text),
    Column("uploaded_by", Uuid, nullable=False),
    Column("uploaded_at", DateTime(timezone=True), nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("file_name", LargeBinary, nullable=False),
    Column("documentation", Text),
    Column("request_id", Uuid),
)

receipt = Table(
    "receipt",
    metadata,
    Column("application_id", Uuid, primary_key=True),
    Column("subject_id", Uuid, nullable=False),
    Column("authority_org", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("case_reference", LargeBinary),
)

documentation_request = Table(
    "documentation_request",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("authority_org", Text, nullable=False),
    Column("what", LargeBinary, nullable=False),
    Column("deadline", Date, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("answered_at", DateTime(timezone=True)),
    Column("answer", LargeBinary),
)

decision = Table(
    "decision",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("authority_org", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("decided_at", Date, nullable=False),
    Column("notified_at", Date),
    Column("complaint_body", Text),
    Column("complaint_deadline", Date),
    Column("content", LargeBinary, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("superseded_by", Uuid),
    Column("superseded_outcome", Text),
    Column("superseded_at", DateTime(timezone=True)),
)
