"""The service's own table."""

from sqlalchemy import BigInteger, Column, DateTime, LargeBinary, MetaData, Table, Uuid

metadata = MetaData(schema="rights")

assessment = Table(
    "assessment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("subject_id", Uuid, nullable=False),
    Column("applicant_id", Uuid),
    Column("version", BigInteger, nullable=False),
    Column("profile_version", BigInteger, nullable=False),
    Column("as_of", DateTime(timezone=True), nullable=False),
    Column("content", LargeBinary, nullable=False),
)
