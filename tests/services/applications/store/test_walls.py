"""The second wall: what the database itself refuses, whatever the code asks."""

from uuid import uuid4

import pytest

from tests.support.walls import unwalled_tables

CHILD = uuid4()
INSERT = (
    "insert into application (id, subject_id, applicant_id, relation, form_id, form_version, right_id, status, revision, version, created_at, changed_at, content,"
    " authority_kind, authority_org, child_alias, protected, submitted_at, snapshot, snapshot_sha256)"
    " values (:id, :child, :child, 'guardian', 'f', 1, 'f', 'submitted', 2, 1, now(), now(), null, 'nav', '312480018', 'a', false, now(), 'x', repeat('0', 64)) returning id"
)
FILE = (
    "insert into attachment (id, application_id, subject_id, authority_org, uploaded_by, uploaded_at, media_type, size, sha256, file_name)"
    " values (:id, :application, :child, '312480018', :child, now(), 'application/pdf', 1, repeat('0', 64), 'x') returning id"
)


@pytest.fixture
async def clone(database):
    made = await database("applications")
    [row] = await made.rows(INSERT, id=uuid4(), child=CHILD)
    await made.rows(FILE, id=uuid4(), application=row["id"], child=CHILD)
    return made


async def test_every_table_of_a_person_is_walled(clone):
    assert await unwalled_tables(clone) == []


@pytest.mark.parametrize(
    ("settings", "applications", "files"),
    [
        ({}, 0, 0),
        ({"kind": "citizen", "subjects": str(CHILD)}, 1, 1),
        ({"kind": "citizen", "subjects": str(uuid4())}, 0, 0),
        ({"kind": "machine", "org": "312480018"}, 1, 1),
        ({"kind": "machine", "org": "312490978"}, 0, 0),
        ({"kind": "worker", "service": "applications"}, 0, 1),
        ({"kind": "public"}, 0, 0),
    ],
)
async def test_who_gets_past_the_wall(clone, settings, applications, files):
    assert len(await clone.rows_as_service("select 1 from application", settings)) == applications
    assert len(await clone.rows_as_service("select 1 from attachment", settings)) == files
