"""A family reads its rights: what is listed, what is kept from a list, how a read is logged and refused."""

from uuid import uuid4

import pytest

from services.rights.domain.verdict import Verdict
from services.rights.store.rulebook import rulebook
from tests.services.rights.families import BORN, CHILD_FACTS, MOTHERS_FACTS, profile
from tests.services.rights.reading import assessed, named, path, read
from tests.support.callers import citizen

LOG = "select child_id, reader_id, what, purpose, denied from access_log"


@pytest.fixture
async def rights(start):
    return await start("rights")


async def test_a_guardian_reads_every_right_for_today_by_the_newest_profile(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child, version=3, guardians=[(mother.person, MOTHERS_FACTS)]))
    body = await read(rights, child, mother)
    assert body["child_id"] == str(child)
    assert body["on"] == "2026-11-24"
    assert body["based_on"] == {"profile_version": 3, "as_of": "2026-11-24T09:30:00Z", "told": True}
    assert body["answer_at"] == {"method": "PATCH", "href": f"/mapping/v1/children/{child}/profile"}
    assert named(body).keys() == rulebook().rules.keys() - {"gravferdsstonad-barn"}
    order = [list(Verdict).index(Verdict(each["verdict"])) for each in body["rights"]]
    assert order == sorted(order)


async def test_before_the_first_profile_nothing_is_known_and_nothing_is_likely(rights):
    mother = citizen(children=[child := uuid4()])
    body = await read(rights, child, mother)
    assert body["based_on"] == {"profile_version": 0, "as_of": None, "told": False}
    assert {each["verdict"] for each in body["rights"]} <= {
        "possible_missing_facts",
        "must_be_assessed",
        "not_relevant",
    }


async def test_what_registers_know_is_not_told(rights):
    mother = citizen(children=[child := uuid4()])
    known = {"birth_date": BORN, "lives_in_norway": True}
    await assessed(rights, profile(child, **(dict.fromkeys(CHILD_FACTS) | known)))
    assert (await read(rights, child, mother))["based_on"]["told"] is False
    await assessed(rights, profile(child, version=2, **(dict.fromkeys(CHILD_FACTS) | known | {"rare_diagnosis": True})))
    assert (await read(rights, child, mother))["based_on"]["told"] is True


async def test_after_a_death_only_what_a_death_touches_is_listed(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child, birth_date="2021-01-08", date_of_death="2026-06-14"))
    body = await read(rights, child, mother)
    assert named(body).keys() == {"gravferdsstonad-barn", "foreldrepenger-syk-nyfodt"}
    assert body["says"] == "Rettigheter som gjelder et barn i livet, er lagt til side her."
    assert (await read(rights, child, mother, "hjelpestonad"))["right"]["id"] == "hjelpestonad"


@pytest.mark.parametrize("verdicts", [["likely"], ["possible_missing_facts", "must_be_assessed"]])
async def test_a_list_can_be_narrowed_to_verdicts(rights, verdicts):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child))
    body = await read(rights, child, mother, params={"verdict": verdicts})
    assert {each["verdict"] for each in body["rights"]} == set(verdicts)


@pytest.mark.parametrize("verdict", ["maybe", ""])
async def test_a_verdict_that_does_not_exist_is_refused(rights, verdict):
    mother = citizen(children=[child := uuid4()])
    answer = await rights.get(path(child), mother, params={"verdict": verdict})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_an_unchanged_answer_is_not_sent_again(rights):
    mother = citizen(children=[child := uuid4()])
    given = profile(child)
    await assessed(rights, given)
    first = await rights.get(path(child), mother)
    again = await rights.get(path(child), mother, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    await assessed(rights, profile(child, version=2))
    changed = await rights.get(path(child), mother, headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    assert first.headers["cache-control"] == "private, no-cache"


async def test_the_same_right_has_another_etag_in_another_language(rights):
    mother = citizen(children=[child := uuid4()])
    tags = {
        (await rights.get(path(child, "avlastning"), mother, headers={"Accept-Language": lang})).headers["etag"]
        for lang in ("nb", "nn", "en")
    }
    assert len(tags) == 3


async def test_every_read_is_in_the_access_log_and_told(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child))
    await read(rights, child, mother)
    await read(rights, child, mother, "avlastning")
    rows = await rights.rows(LOG)
    assert (
        rows
        == [{"child_id": child, "reader_id": mother.person, "what": "rights", "purpose": "guardian", "denied": False}]
        * 2
    )
    events = await rights.outbox("no.somlos.access.logged.v1")
    assert [(event["key"], event["data"]["what"]) for event in events] == [(child, "rights")] * 2


async def test_a_read_that_cannot_be_logged_is_not_served(rights):
    mother = citizen(children=[child := uuid4()])
    await assessed(rights, profile(child))
    await rights.rows("revoke insert on access_log from rights")
    for wanted in (path(child), path(child, "hjelpestonad")):
        answer = await rights.get(wanted, mother)
        assert answer.status_code == 503
        assert "hjelpestonad" not in answer.text


@pytest.mark.parametrize("right", ["", "hjelpestonad"])
async def test_a_stranger_gets_the_answer_of_a_child_that_is_not_there(rights, right):
    child = uuid4()
    await assessed(rights, profile(child))
    answer = await rights.get(path(child, right), citizen())
    nowhere = await rights.get(path(uuid4(), right), citizen())
    assert answer.status_code == nowhere.status_code == 404
    assert {**answer.json(), "instance": ""} == {**nowhere.json(), "instance": ""}


async def test_a_right_that_is_not_there_is_404(rights):
    mother = citizen(children=[child := uuid4()])
    assert (await rights.get(path(child, "flyvende-teppe"), mother)).status_code == 404


async def test_without_a_login_there_is_nothing(rights):
    assert (await rights.get(path(uuid4()))).status_code == 401
