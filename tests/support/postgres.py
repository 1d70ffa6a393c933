"""A migrated database of one's own, from the run's one PostgreSQL."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from deploy.local.postgres import PostgresServer
from shared.db.migrate import migrate
from tests.support.run import once, only_one, run_folder


@dataclass(frozen=True)
class Clone:
    """One service's database, all its own."""

    server: PostgresServer
    service: str
    name: str

    @property
    def url(self) -> str:
        """As the service's role."""
        return self.server.url(self.service, self.name)

    @property
    def owner_url(self) -> str:
        """As the role that owns the schema."""
        return self.server.owner_url(self.service, self.name)

    @property
    def admin_url(self) -> str:
        """As the administrator, past every wall; the form that asyncpg takes."""
        return self.server.admin_url(self.name)

    async def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """The rows of a statement run as the administrator; `:name` takes a value."""
        return await run_sql(self.admin_url, self.service, sql, values)

    async def rows_as_service(
        self, sql: str, settings: Mapping[str, str] | None = None, **values: Any
    ) -> list[dict[str, Any]]:
        """The rows as the service's role, with these `somlos.…` session settings (`{"kind": "citizen"}`)."""
        return await run_sql(self.url, self.service, sql, values, settings)


async def run_sql(
    url: str, schema: str, sql: str, values: Mapping[str, Any], settings: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """One statement in a transaction of its own, on a connection of its own."""
    address = url.replace("postgresql://", "postgresql+asyncpg://")
    engine = create_async_engine(
        address, poolclass=NullPool, connect_args={"server_settings": {"search_path": f"{schema},public"}}
    )
    try:
        async with engine.begin() as connection:
            for name, value in (settings or {}).items():
                await connection.execute(
                    text("select set_config(:name, :value, true)"), {"name": f"somlos.{name}", "value": value}
                )
            answer = await connection.execute(text(sql), values)
            return [dict(row) for row in answer.mappings()] if answer.returns_rows else []
    finally:
        await engine.dispose()


def server() -> PostgresServer:
    """The run's PostgreSQL, for its addresses."""
    details = once("postgres")
    return PostgresServer(Path(details["directory"]), details["port"], details["passwords"], durable=False)


async def template(service: str) -> str:
    """The name of the service's migrated, empty database; made by the first who asks."""
    name, made = f"template_{service}", run_folder() / f"template-{service}.made"
    running = server()
    with only_one(f"template-{service}"):
        if not made.exists():
            await running.drop(name)
            await running.create_service_database(service, name)
            await migrate(service, running.owner_url(service, name))
            made.touch()
    return name


@asynccontextmanager
async def cloned(service: str) -> AsyncIterator[Clone]:
    """A clone of the service's template, dropped after use."""
    running, source = server(), await template(service)
    clone = Clone(running, service, f"{service}_{uuid4().hex[:12]}")
    await running.clone(source, clone.name, f"{service}_owner")
    try:
        yield clone
    finally:
        await running.drop(clone.name)
