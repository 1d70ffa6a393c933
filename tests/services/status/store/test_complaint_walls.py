"""The second wall around complaints: what the database itself refuses, whatever the code asks."""

from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from tests.services.status.law import BODO, GOVERNOR, HAMAR
from tests.support.walls import policies, unwalled_tables

CHILD = uuid4()
INSERT = (
    "insert into complaint (id, case_id, case_version, subject_id, complainant_id, relation, right_id, authority_kind, authority_org,"
    " authority_alias, body, appeal_org, appeal_alias, protected, last_day, late, status, version, filed_at, forwarded_at, decided_on, steps, said)"
    " values (:id, :case, 3, :child, :child, 'guardian', 'avlastning', 'municipality', '312482754', 'a', 'statsforvalter', :appeal, :alias,"
    " false, null, false, :status, 1, now(), case when :forwarded then now() end, null, '[]', 'x') returning id"
)
CITIZEN, STRANGER = (
    {"kind": "citizen", "subjects": str(CHILD)},
    {"kind": "citizen", "subjects": str(uuid4())},
)


async def a_complaint(clone, *, forwarded, status=None, case=None):
    await clone.rows(
        INSERT,
        id=uuid4(),
        case=case or uuid4(),
        child=CHILD,
        appeal=GOVERNOR if forwarded else None,
        alias="g" if forwarded else None,
        status=status or ("forwarded" if forwarded else "filed"),
        forwarded=forwarded,
    )


async def test_complaints_are_walled(database):
    clone = await database("status")
    assert await unwalled_tables(clone) == []
    assert ("complaint", "complaint_parties") in await policies(clone)


@pytest.mark.parametrize(
    ("settings", "filed", "forwarded"),
    [
        ({}, 0, 0),
        (CITIZEN, 1, 1),
        (STRANGER, 0, 0),
        ({"kind": "machine", "org": HAMAR}, 1, 1),
        ({"kind": "machine", "org": GOVERNOR}, 0, 1),
        ({"kind": "machine", "org": BODO}, 0, 0),
        ({"kind": "worker", "service": "status"}, 0, 0),
        ({"kind": "public"}, 0, 0),
    ],
)
async def test_who_gets_past_the_wall(database, settings, filed, forwarded):
    clone = await database("status")
    await a_complaint(clone, forwarded=False)
    assert len(await clone.rows_as_service("select 1 from complaint", settings)) == filed
    await clone.rows("delete from complaint returning id")
    await a_complaint(clone, forwarded=True)
    assert len(await clone.rows_as_service("select 1 from complaint", settings)) == forwarded


async def test_without_the_policy_nobody_sees_any(database):
    clone = await database("status")
    await a_complaint(clone, forwarded=True)
    await clone.rows("drop policy complaint_parties on complaint")
    assert await unwalled_tables(clone) == ["complaint"]
    assert await clone.rows_as_service("select 1 from complaint", CITIZEN) == []


async def test_a_complaint_is_never_deleted_by_the_service(database):
    clone = await database("status")
    with pytest.raises(DBAPIError):
        await clone.rows_as_service("delete from complaint returning id", CITIZEN)


async def test_the_database_holds_one_open_complaint_a_case(database):
    clone, case = await database("status"), uuid4()
    await a_complaint(clone, forwarded=False, status="withdrawn", case=case)
    await a_complaint(clone, forwarded=False, case=case)
    with pytest.raises(DBAPIError):
        await a_complaint(clone, forwarded=True, case=case)
