"""The service's own tables."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, LargeBinary, MetaData, Table, Text, Uuid

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
    Column("pack", Text, nullable=False),
    Column("judged_on", Date),
    Column("wakes_on", Date),
)

rules_pack = Table(
    "rules_pack",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("stored_at", DateTime(timezone=True), nullable=False),
)

evaluation = Table(
    "evaluation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("subject_id", Uuid, nullable=False),
    Column("applicant_id", Uuid),
    Column("profile_version", BigInteger, nullable=False),
    Column("as_of", DateTime(timezone=True), nullable=False),
    Column("law_on", Date, nullable=False),
    Column("known_at", DateTime(timezone=True), nullable=False),
    Column("pack", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("child_content", LargeBinary),
    Column("sha256", LargeBinary, nullable=False),
)

local_rule = Table(
    "local_rule",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("authority_org", Text, nullable=False),
    Column("municipality", Text, nullable=False),
    Column("right_id", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("status", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("number", Integer),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_at", DateTime(timezone=True), nullable=False),
    Column("settled_by", Text),
    Column("settled_at", DateTime(timezone=True)),
)
