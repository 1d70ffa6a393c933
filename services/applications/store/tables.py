"""The service's own tables."""

from sqlalchemy import Boolean, Column, DateTime, Integer, LargeBinary, MetaData, Table, Text, Uuid

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
)
