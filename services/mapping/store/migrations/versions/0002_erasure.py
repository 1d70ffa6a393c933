"""A person can be erased: by one function, for mapping's own worker alone. The service's role can still delete nothing by itself."""

from alembic import op

from shared.db.ddl import run

revision = "0002"
down_revision = "0001"

_TABLES = ("fact", "guardianship", "household", "profile", "pseudonym", "access_view", "person")

# A grant outlives the persons it names: it shows why an organisation was let in. It holds ids and closed sets only.
_GRANTS = """
alter table mapping.access_grant drop constraint access_grant_child_id_fkey;
alter table mapping.access_grant drop constraint access_grant_giver_id_fkey;
alter table mapping.access_grant drop constraint access_grant_guardian_id_fkey;
"""

_FUNCTION = """
create function mapping.erase_person(erased uuid) returns void
    language sql volatile security definer set search_path = '' begin atomic
    delete from mapping.fact where erased in (subject_id, child_id, guardian_id);
    with ended as (delete from mapping.guardianship where erased in (child_id, guardian_id) returning household_id)
        delete from mapping.household h where h.id in (select household_id from ended) and not exists (
            select from mapping.guardianship g where g.household_id = h.id and erased not in (g.child_id, g.guardian_id));
    delete from mapping.profile where child_id = erased;
    delete from mapping.pseudonym where person_id = erased;
    delete from mapping.access_view where child_id = erased;
    delete from mapping.person where id = erased;
end
"""
_MAY = """
revoke all on function mapping.erase_person(uuid) from public;
grant execute on function mapping.erase_person(uuid) to mapping;
"""


def upgrade() -> None:
    """The function's owner reaches the rows only while mapping's own worker calls it."""
    run(op, _GRANTS)
    op.execute(_FUNCTION)
    run(op, _MAY)
    for table in _TABLES:
        op.execute(
            f"create policy {table}_erasure on mapping.{table} to mapping_owner"
            " using (mapping.caller_is_mapping()) with check (false)"
        )
