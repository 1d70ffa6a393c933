import pytest
from sqlalchemy.exc import DBAPIError

from tests.gateway.delivery.stories import Application, Complaint, Desk, play
from tests.support.walls import policies, unwalled_tables

TABLES = ("party", "notice", "stream", "complaint", "complaint_notice")


@pytest.fixture
async def filled(opened):
    database = await opened("gateway")
    await play(database, [Application().records(), Complaint().records()], Desk())
    return database.clone


async def test_nobody_but_the_worker_itself_sees_a_row(filled):
    for table in TABLES:
        for settings in ({}, {"kind": "citizen"}, {"kind": "worker", "service": "rights"}):
            assert await filled.rows_as_service(f"select * from {table}", settings) == []
        assert await filled.rows_as_service(f"select * from {table}", {"kind": "worker", "service": "gateway"})


async def test_nobody_but_the_worker_itself_adds_a_row(filled):
    with pytest.raises(DBAPIError, match="row-level security"):
        await filled.rows_as_service(
            "insert into party values (gen_random_uuid(), gen_random_uuid(), 'x', null)", {"kind": "citizen"}
        )


async def test_what_was_told_cannot_be_taken_back_from_the_numbering(filled):
    with pytest.raises(DBAPIError, match="permission denied"):
        await filled.rows_as_service("delete from stream", {"kind": "worker", "service": "gateway"})


async def test_every_table_of_a_person_has_its_wall_and_falls_with_it(filled):
    assert await unwalled_tables(filled) == []
    assert {table for table, _ in await policies(filled)} >= set(TABLES)
    await filled.rows("drop policy party_worker on party")
    assert await unwalled_tables(filled) == ["party"]
