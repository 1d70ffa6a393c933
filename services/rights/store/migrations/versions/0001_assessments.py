"""Assessments: the facts that were judged, of a child or of one guardian."""

from alembic import op

from shared.db.ddl import create_shared_tables, run

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A guardian's own assessment is behind a wall of its own: whoever may touch the child sees the child's, and only the guardian the guardian's.
_TABLES = """
create table rights.assessment (
    id uuid primary key,
    subject_id uuid not null,
    applicant_id uuid,
    version bigint not null check (version > 0),
    profile_version bigint not null check (profile_version > 0),
    as_of timestamptz not null,
    content bytea not null,
    unique nulls not distinct (subject_id, applicant_id)
);
grant select, insert, update (version, profile_version, as_of, content), delete on rights.assessment to rights;
alter table rights.assessment enable row level security;
alter table rights.assessment force row level security;
create policy assessment_subjects on rights.assessment to rights using ({condition}) with check ({condition});
"""
_SUBJECTS = "any (string_to_array(nullif(current_setting('somlos.subjects', true), ''), ',')::uuid[])"
_PERSON = f"subject_id = {_SUBJECTS} and (applicant_id is null or applicant_id = {_SUBJECTS})"
_WORKER = "nullif(current_setting('somlos.kind', true), '') = 'worker' and nullif(current_setting('somlos.service', true), '') = 'rights'"


def upgrade() -> None:
    """The shared tables, then ours."""
    create_shared_tables(op, schema="rights")
    run(op, _TABLES.format(condition=f"({_PERSON}) or ({_WORKER})"))


def downgrade() -> None:
    """A revision is only ever followed by another."""
    raise NotImplementedError
