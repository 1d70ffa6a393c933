"""The second wall: row-level security holds when the first wall (the query) forgets, and each policy is needed."""

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from shared.auth.principals import worker
from tests.support.callers import citizen, machine, public
from tests.support.walls import policies, unwalled_tables


async def write_notes(database, *subjects):
    for subject in subjects:
        async with database.begin(citizen(subject)) as tx:
            await tx.connection.execute(
                text("insert into note values (:id, :subject, 'x')"), {"id": tx.new_id(), "subject": subject}
            )


async def seen_by(database, caller):
    async with database.begin(caller) as tx:
        return {row.subject_id for row in await tx.connection.execute(text("select subject_id from note"))}


async def test_a_query_without_a_where_sees_the_callers_subjects_only(toy):
    database, mine, other = await toy("rights"), uuid4(), uuid4()
    await write_notes(database, mine, other)
    assert await seen_by(database, citizen(children=[mine])) == {mine}
    assert await seen_by(database, citizen(children=[mine, other])) == {mine, other}
    assert await seen_by(database, citizen()) == set()
    assert await seen_by(database, public()) == set()
    assert await seen_by(database, machine("312480018", mine)) == {mine}
    assert await seen_by(database, machine("312480018")) == set()


async def test_a_worker_sees_only_the_tables_that_admit_it(toy):
    database, mine = await toy("rights"), uuid4()
    await write_notes(database, mine)
    assert await seen_by(database, worker("rights")) == set()


async def test_a_row_of_someone_elses_can_be_neither_written_nor_given_away(toy):
    database, mine, other = await toy("rights"), uuid4(), uuid4()
    await write_notes(database, mine)

    async def run(statement):
        async with database.begin(citizen(mine)) as tx:
            await tx.connection.execute(text(statement), {"other": other})

    with pytest.raises(ProgrammingError, match="row-level security"):
        await run("insert into note values (gen_random_uuid(), :other, 'x')")
    with pytest.raises(ProgrammingError, match="row-level security"):
        await run("update note set subject_id = :other")


async def test_without_session_settings_there_are_no_rows(toy):
    database, mine = await toy("rights"), uuid4()
    await write_notes(database, mine)
    assert await database.clone.rows_as_service("select * from note") == []
    assert await database.clone.rows_as_service("select * from access_log") == []


async def test_the_services_role_owns_nothing_and_passes_no_wall(toy):
    database = await toy("rights")
    [role] = await database.clone.rows(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = 'rights'"
    )
    assert not any(role.values())
    owned = "select relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'rights'"
    assert await database.clone.rows(owned) == []


async def test_the_log_is_read_by_workers_only(toy):
    database, child = await toy("rights"), uuid4()
    async with database.begin(citizen(children=[child])) as tx:
        await tx.reads(child, "rights")
        assert (await tx.connection.execute(text("select * from access_log"))).all() == []
    async with database.begin(worker("rights")) as tx:
        assert len((await tx.connection.execute(text("select * from access_log"))).all()) == 1


async def test_idempotency_keys_are_their_callers_own(toy):
    database, me = await toy("rights"), uuid4()
    store = text("insert into idempotency_key values (:principal, 'key-of-mine', 'x', 201, 'r', null, now())")
    async with database.begin(citizen(me)) as tx:
        await tx.connection.execute(store, {"principal": str(me)})
    async with database.begin(citizen()) as tx:
        assert (await tx.connection.execute(text("select * from idempotency_key"))).all() == []


async def test_every_table_with_persons_has_its_wall(toy):
    database = await toy("rights")
    assert await unwalled_tables(database.clone) == []


async def test_a_table_with_persons_and_no_wall_is_found(toy):
    database = await toy("rights")
    await database.clone.rows("create table rights.bare (id uuid primary key, child_id uuid)")
    assert await unwalled_tables(database.clone) == ["bare"]


async def test_each_dropped_policy_is_missed(toy):
    found = await policies((await toy("rights")).clone)
    assert found
    for table, policy in found:
        database = await toy("rights")
        await database.clone.rows(f"drop policy {policy} on rights.{table}")
        assert await unwalled_tables(database.clone) == [table]
