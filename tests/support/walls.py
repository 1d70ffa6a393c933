"""What row-level security a database must have, read from its catalogue."""

from tests.support.postgres import Clone

PERSON_COLUMNS = ("subject_id", "child_id", "guardian_id", "household_id", "person_id", "authority_org", "principal")
# Tables that every service has and that carry ids for machinery: who may read them is decided by grants alone.
MACHINERY = ("outbox", "inbox", "inbox_sequence", "parked_event")

_POLICIES = "select tablename, policyname from pg_policies where schemaname = :schema order by 1, 2"
_TABLES = """
select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as walled,
    array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    array(select p.cmd from pg_policies p where p.schemaname = n.nspname and p.tablename = c.relname) as commands,
    array(select g.privilege_type::text from information_schema.role_table_grants g
          where g.table_schema = n.nspname and g.table_name = c.relname and g.grantee = :schema) as granted
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = :schema and c.relkind in ('r', 'p')
"""


async def policies(clone: Clone) -> list[tuple[str, str]]:
    """(table, policy) of the service's schema."""
    return [(row["tablename"], row["policyname"]) for row in await clone.rows(_POLICIES, schema=clone.service)]


async def unwalled_tables(clone: Clone) -> list[str]:
    """Tables that carry a person and lack ENABLE and FORCE, or a policy for something that the service's role was granted."""
    found = []
    for table in await clone.rows(_TABLES, schema=clone.service):
        of_a_person = set(table["columns"]) & set(PERSON_COLUMNS) and table["name"] not in MACHINERY
        if of_a_person and not _is_walled(table["walled"], set(table["commands"]), set(table["granted"])):
            found.append(table["name"])
    return sorted(found)


def _is_walled(forced: bool, commands: set[str], granted: set[str]) -> bool:
    """Forced, and each thing granted has a policy: a missing policy shows as a right that leads nowhere."""
    return forced and bool(commands) and ("ALL" in commands or granted <= commands)
