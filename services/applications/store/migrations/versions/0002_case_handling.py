"""Receipts, requests for documentation, decisions."""

from alembic import op

from shared.db.ddl import run, subject_policy

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = """
alter table applications.attachment add column request_id uuid;
create table applications.receipt (
    application_id uuid primary key references applications.application (id) on delete cascade,
    subject_id uuid not null,
    authority_org text not null check (authority_org ~ '^[0-9]{9}$'),
    received_at timestamptz not null,
    case_reference bytea
);
create table applications.documentation_request (
    id uuid primary key,
    application_id uuid not null references applications.application (id) on delete cascade,
    subject_id uuid not null,
    authority_org text not null check (authority_org ~ '^[0-9]{9}$'),
    what bytea not null,
    deadline date not null,
    asked_at timestamptz not null,
    answered_at timestamptz,
    answer bytea,
    check (answer is null or answered_at is not null)
);
create index documentation_request_application on applications.documentation_request (application_id, id);
create unique index documentation_request_open on applications.documentation_request (application_id) where answered_at is null;
alter table applications.attachment add foreign key (request_id) references applications.documentation_request (id) on delete cascade;
create table applications.decision (
    id uuid primary key,
    application_id uuid not null unique references applications.application (id) on delete cascade,
    subject_id uuid not null,
    authority_org text not null check (authority_org ~ '^[0-9]{9}$'),
    outcome text not null check (outcome in ('granted', 'partly', 'refused')),
    decided_at date not null,
    notified_at date check (notified_at >= decided_at),
    complaint_body text,
    complaint_deadline date,
    content bytea not null,
    recorded_at timestamptz not null,
    superseded_by uuid,
    superseded_outcome text,
    superseded_at timestamptz,
    check ((superseded_by is null) = (superseded_at is null)),
    check ((superseded_by is null) = (superseded_outcome is null))
);
grant update (request_id) on applications.attachment to applications;
grant select, insert on applications.receipt to applications;
grant select, insert, update (answered_at, answer) on applications.documentation_request to applications;
grant select, insert, update (superseded_by, superseded_outcome, superseded_at) on applications.decision to applications;
"""

# A complaint that changes a decision is heard of by the service's own worker: it reaches decided applications and their decisions, nothing else.
OWN_WORKER = (
    "nullif(current_setting('somlos.kind', true), '') = 'worker'"
    " and nullif(current_setting('somlos.service', true), '') = 'applications'"
)
POLICIES = """
create policy application_worker on applications.application to applications
    using ({worker} and status = 'decided') with check ({worker} and status = 'decided');
create policy decision_worker on applications.decision to applications using ({worker}) with check ({worker});
"""


def upgrade() -> None:
    """The tables, each behind its policy."""
    run(op, TABLES)
    for table in ("receipt", "documentation_request", "decision"):
        subject_policy(op, schema="applications", table=table, org_column="authority_org")
    run(op, POLICIES.format(worker=OWN_WORKER))


def downgrade() -> None:
    """A revision is only ever followed by another."""
    raise NotImplementedError
