"""Local rules: what municipalities propose and publish, every version kept."""

from alembic import op

from shared.db.ddl import run

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# What is published is for everyone; a proposal is seen by its own organisation alone. Content is never written over.
_TABLE = """
create table rights.local_rule (
    id uuid primary key,
    authority_org text not null,
    municipality text not null,
    right_id text not null,
    content text not null,
    valid_from date,
    valid_until date,
    status text not null check (status in ('proposed', 'published', 'withdrawn', 'ended')),
    version bigint not null check (version > 0),
    number integer check (number > 0),
    proposed_by text not null,
    proposed_at timestamptz not null,
    settled_by text,
    settled_at timestamptz,
    check (valid_from is null or valid_until is null or valid_from <= valid_until),
    check (settled_by is null or status <> 'published' or settled_by <> proposed_by),
    check ((number is not null) = (status in ('published', 'ended'))),
    unique (authority_org, right_id, number)
);
create index local_rule_municipality on rights.local_rule (municipality, right_id, number) where number is not null;
create index local_rule_own on rights.local_rule (authority_org, proposed_at, id);
grant select, insert, update (valid_until, status, version, number, settled_by, settled_at) on rights.local_rule to rights;
alter table rights.local_rule enable row level security;
alter table rights.local_rule force row level security;
create policy local_rule_read on rights.local_rule for select to rights
    using (number is not null or authority_org = nullif(current_setting('somlos.org', true), ''));
create policy local_rule_propose on rights.local_rule for insert to rights
    with check (status = 'proposed' and authority_org = nullif(current_setting('somlos.org', true), ''));
create policy local_rule_settle on rights.local_rule for update to rights
    using (authority_org = nullif(current_setting('somlos.org', true), ''))
    with check (authority_org = nullif(current_setting('somlos.org', true), ''));
"""


def upgrade() -> None:
    """The table and its wall."""
    run(op, _TABLE)


def downgrade() -> None:
    """A revision is only ever followed by another."""
    raise NotImplementedError
