"""Evaluations that can be done again, the rules they were done by, and when an assessment is looked at again."""

from alembic import op

from shared.db.ddl import run

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Without persons: the rules as they were, once each. An assessment that was judged by no stored rules yet ('') is judged again at the next start.
# wakes_on is a Monday: the week in which something may be new, for the day itself would be a birthday.
# Evaluations are never changed. The worker alone writes them, and removes them with the person; a reader may only read.
_TABLES = """
create table rights.rules_pack (
    digest text primary key check (digest ~ '^[0-9a-f]{{64}}$'),
    content bytea not null,
    stored_at timestamptz not null
);
grant select, insert on rights.rules_pack to rights;
alter table rights.assessment
    add column pack text not null default '',
    add column judged_on date,
    add column wakes_on date check (extract(isodow from wakes_on) = 1);
grant update (pack, judged_on, wakes_on) on rights.assessment to rights;
create index assessment_pack on rights.assessment (pack, subject_id);
create index assessment_wakes on rights.assessment (wakes_on, subject_id);
create table rights.evaluation (
    id uuid primary key,
    subject_id uuid not null,
    applicant_id uuid,
    profile_version bigint not null check (profile_version > 0),
    as_of timestamptz not null,
    law_on date not null,
    known_at timestamptz not null,
    pack text not null references rights.rules_pack (digest),
    engine text not null,
    content bytea not null,
    child_content bytea check ((child_content is null) = (applicant_id is null)),
    sha256 bytea not null check (octet_length(sha256) = 32)
);
create index evaluation_subject on rights.evaluation (subject_id, id);
create index evaluation_applicant on rights.evaluation (applicant_id) where applicant_id is not null;
grant select, insert, delete on rights.evaluation to rights;
alter table rights.evaluation enable row level security;
alter table rights.evaluation force row level security;
create policy evaluation_subjects on rights.evaluation for select to rights using (({person}) or ({worker}));
create policy evaluation_insert on rights.evaluation for insert to rights with check ({worker});
create policy evaluation_delete on rights.evaluation for delete to rights using ({worker});
"""
_SUBJECTS = "any (string_to_array(nullif(current_setting('somlos.subjects', true), ''), ',')::uuid[])"
_PERSON = f"subject_id = {_SUBJECTS} and (applicant_id is null or applicant_id = {_SUBJECTS})"
_WORKER = "nullif(current_setting('somlos.kind', true), '') = 'worker' and nullif(current_setting('somlos.service', true), '') = 'rights'"


def upgrade() -> None:
    """The new tables and columns."""
    run(op, _TABLES.format(person=_PERSON, worker=_WORKER))


def downgrade() -> None:
    """A revision is only ever followed by another."""
    raise NotImplementedError
