"""What a service's first migration creates: the shared tables and the standard row-level-security policies."""

from typing import Protocol

_SHARED = """
create table {schema}.epoch (one boolean primary key default true check (one), epoch integer not null check (epoch between 1 and 9999));
insert into {schema}.epoch (epoch) values (1);
create table {schema}.outbox (
    position bigint generated always as identity primary key,
    event_id uuid not null unique,
    topic text not null,
    key uuid not null,
    aggregate_id uuid not null,
    epoch integer not null,
    version bigint not null check (version > 0),
    type text not null,
    at timestamptz not null,
    traceparent text,
    data text not null,
    sent_at timestamptz,
    unique (topic, aggregate_id, epoch, version)
);
create index outbox_unsent on {schema}.outbox (position) where sent_at is null;
create table {schema}.inbox (
    consumer text not null,
    event_id uuid not null,
    topic text not null,
    key uuid not null,
    received_at timestamptz not null,
    primary key (consumer, event_id)
);
create index inbox_key on {schema}.inbox (consumer, key);
create table {schema}.inbox_sequence (
    consumer text not null,
    topic text not null,
    aggregate_id uuid not null,
    key uuid not null,
    sequence text not null,
    primary key (consumer, topic, aggregate_id)
);
create index inbox_sequence_key on {schema}.inbox_sequence (consumer, key);
create table {schema}.parked_event (
    id bigint generated always as identity primary key,
    consumer text not null,
    topic text not null,
    partition integer not null,
    "offset" bigint not null,
    key uuid not null,
    event_id uuid not null,
    headers jsonb not null,
    value bytea not null,
    cause text not null check (cause in ('gap', 'poison', 'behind')),
    reason text not null,
    parked_at timestamptz not null,
    asked_at timestamptz,
    unique (consumer, event_id)
);
create index parked_event_key on {schema}.parked_event (consumer, key, id);
create table {schema}.access_log (
    id uuid primary key,
    child_id uuid not null,
    reader_kind text not null,
    reader_id uuid,
    organisation text,
    purpose text,
    what text not null,
    at timestamptz not null,
    denied boolean not null,
    protected boolean not null
);
create index access_log_child on {schema}.access_log (child_id, at);
create table {schema}.idempotency_key (
    principal text not null,
    key text not null,
    fingerprint bytea not null,
    status integer not null,
    resource_id text not null,
    etag text,
    at timestamptz not null,
    primary key (principal, key)
);
alter table {schema}.access_log enable row level security;
alter table {schema}.access_log force row level security;
create policy access_log_insert on {schema}.access_log for insert to {role} with check (nullif(current_setting('somlos.kind', true), '') is not null);
create policy access_log_select on {schema}.access_log for select to {role} using (nullif(current_setting('somlos.kind', true), '') = 'worker');
alter table {schema}.idempotency_key enable row level security;
alter table {schema}.idempotency_key force row level security;
create policy idempotency_key_own on {schema}.idempotency_key to {role}
    using (principal = nullif(current_setting('somlos.principal', true), ''))
    with check (principal = nullif(current_setting('somlos.principal', true), ''));
grant usage on schema {schema} to {role};
grant select on {schema}.epoch to {role};
grant select, insert, update (sent_at) on {schema}.outbox to {role};
grant select, insert, delete on {schema}.inbox to {role};
grant select, insert, update, delete on {schema}.inbox_sequence, {schema}.parked_event to {role};
grant select, insert on {schema}.access_log to {role};
grant select, insert on {schema}.idempotency_key to {role};
"""

_SUBJECTS = "{column} = any (string_to_array(nullif(current_setting('somlos.subjects', true), ''), ',')::uuid[])"
_WORKER = "nullif(current_setting('somlos.kind', true), '') = 'worker' and nullif(current_setting('somlos.service', true), '') = '{schema}'"
_ORG = "{column} = nullif(current_setting('somlos.org', true), '')"


class Executes(Protocol):
    """Alembic's `op`, or anything that runs one string of SQL."""

    def execute(self, sqltext: str) -> object:
        """Runs the SQL."""
        ...


def run(op: Executes, script: str) -> None:
    """Runs each statement of a script (asyncpg takes one at a time). No statement may hold a semicolon in a literal or body."""
    for statement in script.split(";\n"):
        if statement.strip():
            op.execute(statement)


def create_shared_tables(op: Executes, schema: str) -> None:
    """Outbox, inbox, parked events, access log, idempotency keys and epoch, granted to the service's role (named as the schema)."""
    run(op, _SHARED.format(schema=schema, role=schema))


def subject_policy(
    op: Executes,
    *,
    schema: str,
    table: str,
    column: str = "subject_id",
    worker: bool = False,
    org_column: str | None = None,
) -> None:
    """The second wall on a person table: rows of the caller's subjects; where named, the service's own worker and the addressed organisation too."""
    conditions = [_SUBJECTS.format(column=column)]
    if worker:
        conditions.append(_WORKER.format(schema=schema))
    if org_column:
        conditions.append(_ORG.format(column=org_column))
    condition = " or ".join(f"({c})" for c in conditions)
    run(
        op,
        f"""
alter table {schema}.{table} enable row level security;
alter table {schema}.{table} force row level security;
create policy {table}_subjects on {schema}.{table} to {schema} using ({condition}) with check ({condition});
""",
    )
