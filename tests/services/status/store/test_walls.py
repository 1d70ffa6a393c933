"""The second wall: what the database itself refuses, whatever the code asks."""

from uuid import uuid4

import pytest

from tests.support.walls import unwalled_tables

CHILD = uuid4()
CASE = "insert into case_file values (:id, :child, 'application', 'hjelpestonad', 'nav', '312480018', 'submitted', 1, now(), now()) returning id"
STEP = "insert into case_timeline values (:case, 1, :child, 'submitted', now()) returning version"


@pytest.fixture
async def clone(database):
    made = await database("status")
    [row] = await made.rows(CASE, id=uuid4(), child=CHILD)
    await made.rows(STEP, case=row["id"], child=CHILD)
    return made


async def test_every_table_of_a_person_is_walled(clone):
    assert await unwalled_tables(clone) == []


@pytest.mark.parametrize(
    ("settings", "seen"),
    [
        ({}, 0),
        ({"kind": "citizen", "subjects": str(CHILD)}, 1),
        ({"kind": "citizen", "subjects": str(uuid4())}, 0),
        ({"kind": "machine", "org": "312480018"}, 0),
        ({"kind": "worker", "service": "status"}, 1),
        ({"kind": "public"}, 0),
    ],
)
async def test_who_gets_past_the_wall(clone, settings, seen):
    assert len(await clone.rows_as_service("select 1 from case_file", settings)) == seen
    assert len(await clone.rows_as_service("select 1 from case_timeline", settings)) == seen
