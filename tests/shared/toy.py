"""A service of no business for the tests of shared/: the shared tables, one person table, two projections."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from sqlalchemy import text

from shared.crypto import FileKeyProvider, Sealer, read_hex_key
from shared.db import ddl
from shared.db.transaction import Database, Transaction
from shared.domain import NotFound
from shared.events.applications import ApplicationStatusChanged, ApplicationSubmitted
from shared.events.mapping import ProfileUpdated
from shared.kafka.subscriptions import Gaps, Subscription
from tests.support.clock import MovableClock
from tests.support.keys import Keys
from tests.support.postgres import Clone, server
from tests.support.run import only_one, run_folder

OpenToy = Callable[[str], Awaitable[Database]]
TABLES = """
create table {schema}.note (id uuid primary key, subject_id uuid not null, words bytea not null);
grant select, insert, update, delete on {schema}.note to {schema};
create table {schema}.step (application_id uuid not null, version bigint not null, status text not null, place bigint not null);
grant select, insert, delete on {schema}.step to {schema};
create table {schema}.seen_profile (child_id uuid primary key, version bigint not null);
grant select, insert, update, delete on {schema}.seen_profile to {schema};
"""


class _Statements:
    """Takes what a migration runs."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def execute(self, sqltext: str) -> None:
        """Keeps the statement."""
        self.taken.append(sqltext)


async def _template(service: str) -> str:
    name, made, running = f"toy_{service}", run_folder() / f"toy-{service}.made", server()
    with only_one(f"toy-{service}"):
        if not made.exists():
            await running.drop(name)
            await running.create_service_database(service, name)
            statements = _Statements()
            ddl.create_shared_tables(statements, schema=service)
            ddl.run(statements, TABLES.format(schema=service))
            ddl.subject_policy(statements, schema=service, table="note")
            ddl.subject_policy(statements, schema=service, table="seen_profile", column="child_id", worker=True)
            connection = await asyncpg.connect(running.owner_url(service, name).replace("+asyncpg", ""))
            for statement in statements.taken:
                await connection.execute(statement)
            await connection.close()
            made.touch()
    return name


@asynccontextmanager
async def toy_database(service: str, folder: Path, keys: Keys, clock: MovableClock) -> AsyncIterator[Database]:
    """A toy database that is `service`'s: its role, its Kafka user, its topics; its clone is `.clone`."""
    running, source = server(), await _template(service)
    clone = Clone(running, service, f"toy_{service}_{uuid4().hex[:12]}")
    await running.clone(source, clone.name, f"{service}_owner")
    sealer = Sealer(FileKeyProvider(folder / "data-keys", service, read_hex_key(keys.master)))
    database = Database(clone.url, service=service, sealer=sealer, pool_size=4, clock=clock)
    database.clone = clone  # type: ignore[attr-defined]  # for the test's own look at the rows
    try:
        yield database
    finally:
        await database.close()
        await running.drop(clone.name)


@asynccontextmanager
async def toys(folder: Path, keys: Keys, clock: MovableClock) -> AsyncIterator[OpenToy]:
    """`await toy("status")` opens one; all are dropped at the end."""
    async with AsyncExitStack() as stack:
        yield lambda service: stack.enter_async_context(toy_database(service, folder, keys, clock))


# The projection: an ordered list of steps; a gap waits.


async def on_step(tx: Transaction, event: Any, prepared: None) -> None:
    """Adds the event to the application's steps, and counts how many were there."""
    statement = (
        "insert into step (application_id, version, status, place)"
        " select :id, :version, :status, count(*) + 1 from step where application_id = :id"
    )
    status = getattr(event, "status", "submitted")
    await tx.connection.execute(
        text(statement), {"id": event.application_id, "version": event.version, "status": status}
    )


async def reset_steps(tx: Transaction, key: UUID | None) -> None:
    """Deletes the steps of one application, or all."""
    await tx.connection.execute(
        text("delete from step where cast(:key as uuid) is null or application_id = :key"), {"key": key}
    )


PROJECTION = (
    Subscription(event=ApplicationSubmitted, on=on_step, gaps=Gaps.PARK, reset=reset_steps),
    Subscription(event=ApplicationStatusChanged, on=on_step, gaps=Gaps.PARK, reset=reset_steps),
)


# The by-reference reader: fetches the newest version of a profile; a gap is passed over.


class Profiles:
    """Stands for another service's by-reference read: the newest version of each child's profile."""

    def __init__(self, **versions: int) -> None:
        self.versions: dict[UUID, int] = {}
        self.asked: list[UUID] = []
        self.fault: Exception | None = None

    async def version(self, child: UUID) -> int:
        """The newest. Raises NotFound."""
        self.asked.append(child)
        if self.fault:
            raise self.fault
        if child not in self.versions:
            raise NotFound
        return self.versions[child]


async def prepare_profile(event: ProfileUpdated, clients: Profiles) -> int:
    """Fetches the newest version."""
    return await clients.version(event.child_id)


async def on_profile(tx: Transaction, event: ProfileUpdated, prepared: int) -> None:
    """Keeps the newest version."""
    statement = "insert into seen_profile (child_id, version) values (:child, :version) on conflict (child_id) do update set version = excluded.version"
    await tx.connection.execute(text(statement), {"child": event.child_id, "version": prepared})


async def gone_profile(tx: Transaction, event: ProfileUpdated) -> None:
    """The child is no more."""
    await reset_profiles(tx, event.child_id)


async def reset_profiles(tx: Transaction, key: UUID | None) -> None:
    """Deletes one child's row, or all."""
    await tx.connection.execute(
        text("delete from seen_profile where cast(:key as uuid) is null or child_id = :key"), {"key": key}
    )


BY_REFERENCE = (
    Subscription(
        event=ProfileUpdated,
        on=on_profile,
        prepare=prepare_profile,
        gone=gone_profile,
        gaps=Gaps.APPLY,
        reset=reset_profiles,
    ),
)
