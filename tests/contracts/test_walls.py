"""The second wall of every database: each table with persons is behind row-level security, and each policy is needed."""

import pytest

from deploy.local.layout import WITH_DATABASE
from tests.contracts.stored import accepted
from tests.contracts.walls import walls_of
from tests.support.walls import policies, unwalled_tables

OWNED = "select relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = :role"
MAY = "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname in (:role, :owner)"


@pytest.mark.parametrize("service", WITH_DATABASE)
async def test_every_table_with_persons_is_walled(database, service):
    assert await unwalled_tables(await database(service)) == []


@pytest.mark.parametrize("service", WITH_DATABASE)
async def test_the_walls_are_as_accepted(database, service):
    if await walls_of(await database(service)) != accepted(f"walls/{service}.json"):
        pytest.fail("make contracts, if this is meant", pytrace=False)


@pytest.mark.parametrize("service", WITH_DATABASE)
async def test_each_dropped_policy_is_missed(database, service):
    clone, expected = await database(service), accepted(f"walls/{service}.json")
    found = await policies(clone)
    assert found
    for table, policy in found:
        await clone.rows(f'drop policy "{policy}" on {service}."{table}"')
        now = await walls_of(clone)
        assert policy in expected[table]["policies"]
        assert policy not in now[table]["policies"]
        assert now != expected
        expected = now


@pytest.mark.parametrize("service", WITH_DATABASE)
async def test_a_wall_that_is_not_forced_is_missed(database, service):
    clone = await database(service)
    for table in sorted({table for table, _ in await policies(clone)} - {"idempotency_key"}):
        await clone.rows(f'alter table {service}."{table}" no force row level security')
    assert await unwalled_tables(clone) != []


@pytest.mark.parametrize("service", WITH_DATABASE)
async def test_the_services_role_owns_nothing_and_passes_no_wall(database, service):
    clone = await database(service)
    assert await clone.rows(OWNED, role=service) == []
    assert not [row for row in await clone.rows(MAY, role=service, owner=f"{service}_owner") if any(row.values())]


@pytest.mark.parametrize("service", WITH_DATABASE)
async def test_without_a_caller_no_row_of_a_person_is_seen(database, service):
    clone = await database(service)
    for table in {table for table, _ in await policies(clone)}:
        granted = "select has_table_privilege(:role, :name, 'select') as may"
        if (await clone.rows(granted, role=service, name=f'{service}."{table}"'))[0]["may"]:
            assert await clone.rows_as_service(f'select * from "{table}"') == []
