"""Parties, what is to be told, and each partner's numbering."""

from alembic import op

from shared.db.ddl import create_shared_tables, run

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# No caller from outside comes here: only the worker itself passes the wall.
_TABLES = """
create table gateway.party (
    application_id uuid primary key,
    subject_id uuid not null,
    right_id text not null,
    organisation text
);
create table gateway.notice (
    id bigint generated always as identity primary key,
    application_id uuid not null,
    source_version bigint not null check (source_version > 0),
    happening text not null,
    status text not null,
    occurred_at timestamptz not null,
    settled_at timestamptz,
    unique (application_id, source_version, occurred_at)
);
create index notice_due on gateway.notice (application_id, id) where settled_at is null;
create table gateway.stream (
    organisation text not null,
    application_id uuid not null,
    version bigint not null check (version > 0),
    primary key (organisation, application_id)
);
grant select, insert, update, delete on gateway.party to gateway;
grant select, insert, update (settled_at), delete on gateway.notice to gateway;
grant select, insert, update (version) on gateway.stream to gateway;
"""
_WALL = """
alter table gateway.{table} enable row level security;
alter table gateway.{table} force row level security;
create policy {table}_worker on gateway.{table} to gateway using ({condition}) with check ({condition});
"""
_WORKER = (
    "nullif(current_setting('somlos.kind', true), '') = 'worker'"
    " and nullif(current_setting('somlos.service', true), '') = 'gateway'"
)


def upgrade() -> None:
    """The shared tables, then ours."""
    create_shared_tables(op, schema="gateway")
    run(op, _TABLES)
    for table in ("party", "notice", "stream"):
        run(op, _WALL.format(table=table, condition=_WORKER))


def downgrade() -> None:
    """A revision is only ever followed by another."""
    raise NotImplementedError
