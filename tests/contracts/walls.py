"""What row-level security each database has: the policies, what the service's role was granted, whether the wall is forced."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deploy.local.layout import WITH_DATABASE
from deploy.local.postgres import PostgresServer, passwords_for
from shared.db.migrate import migrate
from tests.support.keeper import free_port
from tests.support.postgres import Clone

Walls = dict[str, Any]
POLICIES = "select tablename, policyname, permissive, roles::text as roles, cmd, qual, with_check from pg_policies where schemaname = :schema"
TABLES = """
select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    array(select p.privilege_type::text from information_schema.role_table_grants p
          where p.table_schema = n.nspname and p.table_name = c.relname and p.grantee = :schema order by 1) as granted
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = :schema and c.relkind in ('r', 'p') and c.relname <> 'alembic_version'
"""


async def walls_of(clone: Clone) -> Walls:
    """Of each table."""
    policies = await clone.rows(POLICIES, schema=clone.service)
    tables = await clone.rows(TABLES, schema=clone.service)
    return {table["name"]: {**_facts(table), "policies": _policies(policies, table["name"])} for table in tables}


def _facts(table: Mapping[str, Any]) -> Walls:
    return {key: table[key] for key in ("enabled", "forced", "granted")}


def _policies(rows: list[dict[str, Any]], table: str) -> Walls:
    kept = ("permissive", "roles", "cmd", "qual", "with_check")
    return {row["policyname"]: {key: row[key] for key in kept} for row in rows if row["tablename"] == table}


async def walls() -> dict[str, Walls]:
    """Of every service, on a server of its own."""
    with tempfile.TemporaryDirectory(prefix="somlos-walls-") as folder:
        server = PostgresServer(Path(folder), free_port(), passwords_for(WITH_DATABASE), durable=False)
        await server.start()
        try:
            return {service: await _migrated(server, service) for service in WITH_DATABASE}
        finally:
            await server.stop()


async def _migrated(server: PostgresServer, service: str) -> Walls:
    await server.create_service_database(service)
    await migrate(service, server.owner_url(service))
    return await walls_of(Clone(server, service, f"somlos_{service}"))
