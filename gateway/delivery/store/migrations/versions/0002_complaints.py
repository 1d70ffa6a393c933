"""What is to be told of complaints; the numbering counts for a complaint as it does for an application."""

from alembic import op

from shared.db.ddl import run

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = """
alter table gateway.stream rename column application_id to aggregate_id;
create table gateway.complaint (
    complaint_id uuid primary key,
    subject_id uuid not null,
    application_id uuid not null,
    right_id text not null,
    forwarded boolean not null
);
create table gateway.complaint_notice (
    id bigint generated always as identity primary key,
    complaint_id uuid not null,
    source_version bigint not null check (source_version > 0),
    status text not null,
    outcome text,
    forwarded boolean not null,
    occurred_at timestamptz not null,
    settled_at timestamptz,
    unique (complaint_id, source_version, occurred_at)
);
create index complaint_notice_due on gateway.complaint_notice (complaint_id, id) where settled_at is null;
grant select, insert, update, delete on gateway.complaint to gateway;
grant select, insert, update (settled_at), delete on gateway.complaint_notice to gateway;
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
    """Behind the same wall as the others."""
    run(op, _TABLES)
    for table in ("complaint", "complaint_notice"):
        run(op, _WALL.format(table=table, condition=_WORKER))


def downgrade() -> None:
    """A revision is only ever followed by another."""
    raise NotImplementedError
