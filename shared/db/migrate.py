"""Brings a service's schema, which `deploy/postgres/service.sql` has made, up to date. Run as the schema's owner, never as the service's role."""

import asyncio
import os
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

_ROOT = Path(__file__).parents[2]
_ELSEWHERE = {"gateway": "gateway/delivery"}
"""Who keeps a schema and does not live in `services/<name>`."""


def _upgrade(connection: Connection, schema: str, versions: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(_ROOT / "shared/db/migrations"))
    config.set_main_option("version_locations", str(versions))
    config.set_main_option("path_separator", "newline")
    config.attributes.update(connection=connection, schema=schema)
    command.upgrade(config, "head")


def versions_of(service: str) -> Path:
    """The folder of the service's revisions."""
    return _ROOT / _ELSEWHERE.get(service, f"services/{service}") / "store/migrations/versions"


async def migrate(service: str, owner_url: str) -> None:
    """Every revision of the service (`services/<service>/store/migrations/versions`) that the schema lacks, in one transaction."""
    engine = create_async_engine(owner_url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade, service, versions_of(service))
    finally:
        await engine.dispose()


async def migrate_all(services: list[str]) -> None:
    """Each service in turn; its owner's address stands in MIGRATION_DATABASE_URL_<SERVICE>."""
    for service in services:
        await migrate(service, os.environ[f"MIGRATION_DATABASE_URL_{service.upper()}"])


if __name__ == "__main__":
    asyncio.run(migrate_all(sys.argv[1:]))
