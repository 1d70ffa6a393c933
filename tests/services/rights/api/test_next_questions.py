"""What a family is asked next: as the reader may see and answer it, with the rights that hang on it."""

from uuid import uuid4

import pytest

from services.rights.store.rulebook import rulebook
from shared.auth.principals import Subject
from tests.services.rights.families import BORN, CHILD_FACTS, profile
from tests.services.rights.reading import assessed, path
from tests.support.callers import citizen

LOG = "select child_id, what, denied from access_log"
KNOWN = {"birth_date": BORN, "lives_in_norway": True}


@pytest.fixture
async def rights(start):
    return await start("rights")


async def ask(service, child, caller, query="", **request):
    answer = await service.get(f"{path(child)}/next-questions{query}", caller, **request)
    assert answer.status_code == 200, answer.text
    return answer.json()


def facts(body):
    return [each["fact"] for each in body["questions"]]


async def unknown_child(rights, **more):
    """A child of whom registers alone have told."""
    return await assessed(rights, profile(uuid4(), **(dict.fromkeys(CHILD_FACTS) | KNOWN | more)))


async def test_a_guardian_is_asked_in_words_with_the_rights_that_hang_on_it(rights):
    child = await unknown_child(rights)
    body = await ask(rights, child, citizen(children=[child]))
    assert body["answer_at"] == {"method": "PATCH", "href": f"/mapping/v1/children/{child}/profile"}
    assert body["based_on"]["profile_version"] == 1
    first = body["questions"][0]
    assert "?" in first["question"]["text"]
    assert not first["sensitive"]
    assert {each["id"] for each in first["rights"]} <= rulebook().rules.keys()
    assert len(first["rights"]) > 1
    assert all(each["name"]["text"] for each in first["rights"])


async def test_the_answer_has_ten_questions_or_as_many_as_are_asked_for(rights):
    child = await unknown_child(rights)
    mother = citizen(children=[child])
    ten, three = await ask(rights, child, mother), await ask(rights, child, mother, "?limit=3")
    assert len(ten["questions"]) == 10
    assert facts(three) == facts(ten)[:3]


@pytest.mark.parametrize("limit", ["0", "51", "many"])
async def test_a_limit_out_of_bounds_is_refused(rights, limit):
    child = uuid4()
    answer = await rights.get(f"{path(child)}/next-questions?limit={limit}", citizen(children=[child]))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "limit"


async def test_an_answered_question_is_gone(rights):
    child = await unknown_child(rights)
    mother = citizen(children=[child])
    first = facts(await ask(rights, child, mother))[0]
    await assessed(rights, profile(child, version=2, **(dict.fromkeys(CHILD_FACTS) | KNOWN | {first: True})))
    assert first not in facts(await ask(rights, child, mother, "?limit=50"))


async def test_the_young_person_is_asked_for_what_is_theirs_to_answer_and_as_you(rights):
    child = await unknown_child(rights, birth_date="2009-05-05")
    body = await ask(rights, child, citizen(child), "?limit=50")
    book = rulebook()
    assert body["questions"]
    for each in body["questions"]:
        assert each["question"]["text"] == book.facts[each["fact"]].question_youth.nb
        assert each["subject"] not in {"guardian", "relation"}


async def test_a_reader_with_one_group_is_asked_for_no_other_of_the_child(rights):
    child = await unknown_child(rights)
    reader = citizen(grounds={child: Subject("grant", frozenset({"health"}))})
    body = await ask(rights, child, reader, "?limit=50")
    of_the_child = {each["fact"] for each in body["questions"] if each["subject"] == "child"}
    assert of_the_child
    assert {rulebook().facts[each].group for each in of_the_child} == {"health"}


async def test_the_read_is_logged_and_a_stranger_finds_nothing(rights):
    child = await unknown_child(rights)
    mother = citizen(children=[child])
    await ask(rights, child, mother)
    rows = await rights.rows(LOG)
    assert [(row["child_id"], row["what"], row["denied"]) for row in rows] == [(child, "rights", False)]
    refused = await rights.get(f"{path(child)}/next-questions", citizen())
    assert refused.status_code == 404


async def test_what_has_not_changed_is_not_sent_again(rights):
    child = await unknown_child(rights)
    mother = citizen(children=[child])
    first = await rights.get(f"{path(child)}/next-questions", mother)
    again = await rights.get(f"{path(child)}/next-questions", mother, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
