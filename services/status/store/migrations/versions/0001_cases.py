"""Cases and their timelines."""

from alembic import op

from shared.db.ddl import create_shared_tables, run, subject_policy

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
create table status.case_file (
    id uuid primary key,
    subject_id uuid not null,
    kind text not null check (kind in ('application')),
    right_id text not null,
    authority_kind text not null,
    authority_org text,
    status text not null check (status in ('submitted', 'received', 'documentation-requested', 'decided', 'withdrawn')),
    version bigint not null check (version > 0),
    submitted_at timestamptz not null,
    changed_at timestamptz not null
);
create index case_file_child on status.case_file (subject_id, submitted_at desc, id desc);
create table status.case_timeline (
    case_id uuid not null references status.case_file (id) on delete cascade,
    version bigint not null check (version > 0),
    subject_id uuid not null,
    status text not null,
    at timestamptz not null,
    primary key (case_id, version)
);
grant select, insert, update, delete on status.case_file to status;
grant select, insert, delete on status.case_timeline to status;
"""


def upgrade() -> None:
    """The shared tables, then ours, each behind its policy; the worker builds the projection, so both admit it."""
    create_shared_tables(op, schema="status")
    run(op, TABLES)
    subject_policy(op, schema="status", table="case_file", worker=True)
    subject_policy(op, schema="status", table="case_timeline", worker=True)


def downgrade() -> None:
    """A revision is only ever followed by another."""
    raise NotImplementedError
