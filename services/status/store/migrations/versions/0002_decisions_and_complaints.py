"""What was decided, and complaints about it."""

from alembic import op

from shared.db.ddl import run

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = """
alter table status.case_file
    add column decision_outcome text check (decision_outcome in ('granted', 'partly', 'refused')),
    add column decided_at date,
    add column notified_at date,
    add column complain_by date,
    add column complain_to text,
    add column decision_version bigint check (decision_version > 0),
    add check ((decision_outcome is null) = (decision_version is null)),
    add check ((decision_outcome is null) = (decided_at is null));
create table status.complaint (
    id uuid primary key,
    case_id uuid not null,
    case_version bigint not null check (case_version > 0),
    subject_id uuid not null,
    complainant_id uuid not null,
    relation text not null,
    right_id text not null,
    authority_kind text not null,
    authority_org text not null check (authority_org ~ '^[0-9]{9}$'),
    authority_alias text not null,
    body text not null,
    appeal_org text check (appeal_org ~ '^[0-9]{9}$'),
    appeal_alias text,
    protected boolean not null,
    last_day date,
    late boolean not null,
    status text not null check (status in ('filed', 'received', 'reassessed', 'forwarded', 'decided', 'closed', 'withdrawn')),
    version bigint not null check (version > 0),
    filed_at timestamptz not null,
    forwarded_at timestamptz,
    decided_on date,
    steps jsonb not null,
    said bytea not null,
    check ((appeal_org is null) = (appeal_alias is null)),
    check ((appeal_org is null) = (forwarded_at is null)),
    check ((decided_on is null) = (status <> 'decided'))
);
create unique index complaint_open on status.complaint (case_id) where status in ('filed', 'received', 'reassessed', 'forwarded');
create index complaint_case on status.complaint (case_id, filed_at desc);
create index complaint_authority on status.complaint (authority_org, filed_at, id);
create index complaint_appeal on status.complaint (appeal_org, forwarded_at, id) where appeal_org is not null;
grant select, insert, update (appeal_org, appeal_alias, status, version, forwarded_at, decided_on, steps, said) on status.complaint to status;
alter table status.complaint enable row level security;
alter table status.complaint force row level security;
"""

# The family, the authority from the filing, and the appeal body from the forwarding; nobody else, our own worker neither.
POLICY = """
create policy complaint_parties on status.complaint to status using ({parties}) with check ({parties})
"""
_ORG = "nullif(current_setting('somlos.org', true), '')"
PARTIES = (
    "subject_id = any (string_to_array(nullif(current_setting('somlos.subjects', true), ''), ',')::uuid[])"
    f" or authority_org = {_ORG} or appeal_org = {_ORG}"
)


def upgrade() -> None:
    """A decision is part of the projection of its case; a complaint is our own."""
    run(op, TABLES)
    run(op, POLICY.format(parties=PARTIES))


def downgrade() -> None:
    """A revision is only ever followed by another."""
    raise NotImplementedError
