"""The second wall around what an authority writes: the family, the authority it was sent to, and the service's own worker for decisions alone."""

from uuid import uuid4

import pytest

from tests.services.applications.store.test_walls import FILE, INSERT
from tests.support.walls import unwalled_tables

CHILD, NAV = uuid4(), "312480018"
RECEIPT = (
    "insert into receipt (application_id, subject_id, authority_org, received_at)"
    " values (:id, :child, '312480018', now()) returning 1"
)
REQUEST = (
    "insert into documentation_request (id, application_id, subject_id, authority_org, what, deadline, asked_at)"
    " values (gen_random_uuid(), :id, :child, '312480018', 'x', now(), now()) returning 1"
)
DECISION = (
    "insert into decision (id, application_id, subject_id, authority_org, outcome, decided_at, content, recorded_at)"
    " values (gen_random_uuid(), :id, :child, '312480018', 'refused', now(), 'x', now()) returning 1"
)
TABLES = ("application", "receipt", "documentation_request", "decision")


@pytest.fixture
async def clone(database):
    made = await database("applications")
    [row] = await made.rows(INSERT, id=uuid4(), child=CHILD)
    await made.rows("update application set status = 'decided' where id = :id", id=row["id"])
    for statement in (RECEIPT, REQUEST, DECISION):
        await made.rows(statement, id=row["id"], child=CHILD)
    await made.rows(FILE, id=uuid4(), application=row["id"], child=CHILD)
    return made


async def test_every_table_of_a_person_is_walled(clone):
    assert await unwalled_tables(clone) == []


@pytest.mark.parametrize(
    ("settings", "seen"),
    [
        ({}, (0, 0, 0, 0)),
        ({"kind": "citizen", "subjects": str(CHILD)}, (1, 1, 1, 1)),
        ({"kind": "citizen", "subjects": str(uuid4())}, (0, 0, 0, 0)),
        ({"kind": "machine", "org": NAV}, (1, 1, 1, 1)),
        ({"kind": "machine", "org": "312490978"}, (0, 0, 0, 0)),
        ({"kind": "worker", "service": "applications"}, (1, 0, 0, 1)),
        ({"kind": "worker", "service": "gateway"}, (0, 0, 0, 0)),
        ({"kind": "worker", "service": "gateway", "subjects": str(CHILD)}, (1, 1, 1, 1)),
        ({"kind": "public"}, (0, 0, 0, 0)),
    ],
)
async def test_who_gets_past_the_wall(clone, settings, seen):
    found = [len(await clone.rows_as_service(f"select 1 from {table}", settings)) for table in TABLES]
    assert tuple(found) == seen


@pytest.mark.parametrize("status", ["submitted", "received", "documentation-requested", "withdrawn"])
async def test_the_services_own_worker_reaches_decided_applications_only(clone, status):
    await clone.rows("update application set status = :status", status=status)
    worker = {"kind": "worker", "service": "applications"}
    assert await clone.rows_as_service("select 1 from application", worker) == []
