"""Applications and their attachments."""

from alembic import op

from shared.db.ddl import create_shared_tables, run, subject_policy

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
create table applications.application (
    id uuid primary key,
    subject_id uuid not null,
    applicant_id uuid not null,
    relation text not null check (relation in ('guardian', 'self')),
    form_id text not null,
    form_version integer not null check (form_version > 0),
    right_id text not null,
    status text not null check (status in ('draft', 'submitted', 'received', 'documentation-requested', 'decided', 'withdrawn')),
    revision integer not null check (revision > 0),
    version integer not null check (version >= 0),
    created_at timestamptz not null,
    changed_at timestamptz not null,
    content bytea,
    authority_kind text,
    authority_org text check (authority_org ~ '^[0-9]{9}$'),
    child_alias text,
    protected boolean,
    submitted_at timestamptz,
    snapshot bytea,
    snapshot_sha256 text check (snapshot_sha256 ~ '^[0-9a-f]{64}$'),
    check ((submitted_at is null) = (snapshot is null)),
    check ((submitted_at is null) = (authority_org is null)),
    check ((submitted_at is null) = (version = 0)),
    check (status <> 'draft' or content is not null),
    check (submitted_at is null or content is null)
);
create index application_child on applications.application (subject_id, created_at desc, id desc);
create index application_authority on applications.application (authority_org, submitted_at, id) where authority_org is not null;
create table applications.attachment (
    id uuid primary key,
    application_id uuid not null references applications.application (id) on delete cascade,
    subject_id uuid not null,
    authority_org text,
    uploaded_by uuid not null,
    uploaded_at timestamptz not null,
    media_type text not null,
    size integer not null check (size > 0),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    file_name bytea not null,
    documentation text
);
create index attachment_application on applications.attachment (application_id, id);
grant select, insert, update on applications.application to applications;
grant select, insert, update (authority_org), delete on applications.attachment to applications;
"""


def upgrade() -> None:
    """The shared tables, then ours, each person table behind its policy. The sweep of lost files is the one reader without a caller."""
    create_shared_tables(op, schema="applications")
    run(op, TABLES)
    subject_policy(op, schema="applications", table="application", org_column="authority_org")
    subject_policy(op, schema="applications", table="attachment", org_column="authority_org", worker=True)


def downgrade() -> None:
    """A revision is only ever followed by another."""
    raise NotImplementedError
