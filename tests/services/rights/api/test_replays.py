"""A family reads what was answered before."""

from uuid import uuid4

import pytest

from services.rights.store.rulebook import rulebook
from tests.services.rights.families import FATHERS_FACTS, MOTHERS_FACTS, profile
from tests.services.rights.reading import assessed
from tests.support.callers import citizen


@pytest.fixture
async def rights(start):
    return await start("rights")


async def listed(rights, child, caller, **params):
    answer = await rights.get(f"/rights/v1/children/{child}/evaluations", caller, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_each_answer_can_be_done_again_to_the_same_bytes(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child, guardians=[(mother.person, MOTHERS_FACTS)]))
    items = (await listed(rights, child, mother))["items"]
    assert {each["of"] for each in items} == {"child", "you"}
    assert {each["rules"] for each in items} == {rulebook().digest}
    for each in items:
        assert (each["law_on"], each["profile_version"]) == ("2026-11-24", 1)
        again = (await rights.get(each["href"], mother)).json()
        assert again["reproduced"] is True
        assert again["evaluation"] == each
        assert again["rights"]
    [of_child] = [each for each in items if each["of"] == "child"]
    rights_then = {each["right"]: each for each in (await rights.get(of_child["href"], mother)).json()["rights"]}
    assert rights_then["hjelpestonad"]["verdict"] == "likely"
    assert {each.partition("=")[2] for each in rights_then["hjelpestonad"]["decided_by"]} == {"true"}


async def test_the_newest_come_first_page_by_page(rights):
    mother = citizen(children=[child := uuid4()])
    for version, blind in enumerate((True, False, True), start=1):
        await assessed(rights, profile(child, version=version, blind_or_cannot_orient_by_sight=blind))
    first = await listed(rights, child, mother, limit=2)
    second = await listed(rights, child, mother, limit=2, cursor=first["next"])
    assert [each["profile_version"] for each in (*first["items"], *second["items"])] == [3, 2, 1]
    assert second["next"] is None


async def test_one_guardians_own_is_not_the_others(rights):
    mother, father = citizen(children=[child := uuid4()]), citizen(children=[child])
    told = [(mother.person, MOTHERS_FACTS), (father.person, FATHERS_FACTS)]
    await assessed(rights, profile(child, guardians=told))
    [hers] = [each for each in (await listed(rights, child, mother))["items"] if each["of"] == "you"]
    assert hers["id"] not in {each["id"] for each in (await listed(rights, child, father))["items"]}
    assert (await rights.get(hers["href"], father)).status_code == 404
    mothers = {"kind": "citizen", "subjects": f"{child},{mother.person}"}
    rows = await rights.database.rows_as_service("select applicant_id from evaluation", mothers)
    assert {row["applicant_id"] for row in rows} == {None, mother.person}
    for settings in ({"kind": "worker", "service": "status"}, {"kind": "citizen", "subjects": str(uuid4())}):
        assert await rights.database.rows_as_service("select 1 from evaluation", settings) == []


async def test_a_read_is_logged_and_kept_by_etag(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child))
    [one] = (await listed(rights, child, mother))["items"]
    first = await rights.get(one["href"], mother)
    again = await rights.get(one["href"], mother, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert len(await rights.rows("select 1 from access_log where child_id = :child", child=child)) == 3


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJub3QtYW4taWQiXQ"])
async def test_a_cursor_of_ones_own_making_is_refused(rights, cursor):
    mother = citizen(children=[child := uuid4()])
    answer = await rights.get(f"/rights/v1/children/{child}/evaluations", mother, params={"cursor": cursor})
    assert answer.status_code == 400


async def test_anothers_child_is_not_there(rights):
    caller = citizen(children=[uuid4()])
    for path in ("evaluations", f"evaluations/{uuid4()}"):
        assert (await rights.get(f"/rights/v1/children/{uuid4()}/{path}", caller)).status_code == 404
