"""Looks into a database as the service's own role, and finds in its catalogue whatever has no wall."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg

from tests.support.postgres import Clone

# Tables without a wall, with the reason. Every other table must have one: a new one is found.
OPEN: Mapping[str, str] = {
    "alembic_version": "the schema's version",
    "epoch": "one number",
    "outbox": "events: ids and closed sets, on their way to the topics",
    "inbox": "ids of events that were heard",
    "inbox_sequence": "the last version heard of each aggregate",
    "parked_event": "events that wait",
    "rules_pack": "the rules as they were, without persons",
}
# What runs with its owner's rights: it sees past the wall, so each is named here with what it gives.
DEFINERS: Mapping[str, str] = {
    "mapping.find_persons": "from a keyed digest to an inner id",
    "mapping.erase_person": "deletes for mapping's own worker, returns nothing",
}
_TABLES = """
select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as walled,
    (select count(*) from pg_policy p where p.polrelid = c.oid) as policies,
    (select bool_or(coalesce(pg_get_expr(p.polqual, p.polrelid), 'false') in ('true', '(true)')
                 or coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'false') in ('true', '(true)'))
       from pg_policy p where p.polrelid = c.oid and (p.polroles = '{0}' or (select oid from pg_roles where rolname = $1) = any (p.polroles))) as open_policy,
    exists (select from aclexplode(c.relacl) a where a.grantee = 0) as for_all
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relkind in ('r', 'p', 'f', 'm')
order by 1
"""
_VIEWS = """
select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false)
"""
_DEFINERS = """
select n.nspname || '.' || p.proname as name, has_function_privilege('public', p.oid, 'execute') as for_all
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')
"""
_READABLE = """
select table_name::text as name, array_agg(quote_ident(column_name::text)::text order by ordinal_position) as columns
from information_schema.columns
where table_schema = $1 and has_column_privilege(quote_ident(table_schema) || '.' || quote_ident(table_name), column_name, 'select')
group by 1
"""


@dataclass(frozen=True)
class Role:
    """One connection as the service's role, in a transaction that says who is calling."""

    service: str
    connection: asyncpg.Connection

    async def tables(self) -> dict[str, list[str]]:
        """The tables that it may read anything of, with the columns."""
        return {row["name"]: row["columns"] for row in await self.connection.fetch(_READABLE, self.service)}

    async def seen(self, settings: Mapping[str, str]) -> dict[str, list[str]]:
        """What it sees of each table with these settings, each row as JSON text."""
        found = {}
        for table, columns in (await self.tables()).items():
            async with self.connection.transaction():
                for name, value in settings.items():
                    await self.connection.execute("select set_config('somlos.' || $1, $2, true)", name, value)
                rows = await self.connection.fetch(f'select {", ".join(columns)} from "{table}"')
                found[table] = [json.dumps([str(value) for value in row.values()]) for row in rows]
        return found


@asynccontextmanager
async def connected(clone: Clone, *, admin: bool = False) -> AsyncIterator[Role]:
    """As the service's role; `admin`: past every wall."""
    url = (clone.admin_url if admin else clone.url).replace("+asyncpg", "")
    connection = await asyncpg.connect(url, server_settings={"search_path": f"{clone.service},public"})
    try:
        yield Role(clone.service, connection)
    finally:
        await connection.close()


async def unwalled(clone: Clone) -> list[str]:
    """Everything in the service's database that is open and is not named as such."""
    async with connected(clone, admin=True) as role:
        ask, schema = role.connection.fetch, clone.service
        tables = await ask(_TABLES, schema)
        found = [
            f"{row['name']}: no wall"
            for row in tables
            if row["name"] not in OPEN and not (row["walled"] and row["policies"])
        ]
        found += [f"{row['name']}: a policy that lets everyone in" for row in tables if row["open_policy"]]
        found += [f"{row['name']}: granted to everyone" for row in tables if row["for_all"]]
        found += [f"{row['name']}: a view with its owner's eyes" for row in await ask(_VIEWS, schema)]
        for row in await ask(_DEFINERS):
            if row["name"] not in DEFINERS:
                found.append(f"{row['name']}: a function with its owner's rights")
            if row["for_all"]:
                found.append(f"{row['name']}: anyone may run it")
        return found
