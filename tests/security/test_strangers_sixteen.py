"""The mother of a youth of 16: what the youth tells of health and school, and every word it writes, is hidden; the rest is as the law's table says."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.security.outcomes import ROWS, Row, told
from tests.security.outside import Outside, of_nobody
from tests.security.strangers import differences, said_by, whole
from tests.security.youth import FAMILY, FILE, MOTHER, TOLD, WORDS, Youth, tell
from tests.support.asking.applications import PDF
from tests.support.asking.table import APPLICATIONS, CHILD, HAMAR, Asked, in_days, key

ONE, CASE, COMPLAINT = (
    f"{APPLICATIONS}/{{application_id}}",
    "/status/v1/cases/{case_id}",
    "/status/v1/complaints/{complaint_id}",
)
# What the mother gets of what the youth has sent in itself. Only its own applicant changes an application; only the complainant a complaint.
SEES: Mapping[str, int] = {
    "GET /mapping/v1/children": 200,
    f"GET {CHILD}": 200,
    f"GET {CHILD}/profile": 200,
    f"PATCH {CHILD}/profile": 422,
    f"GET {CHILD}/profile/history": 200,
    f"GET {CHILD}/grants": 200,
    f"POST {CHILD}/grants": 422,
    "GET /mapping/v1/grants": 200,
    "GET /mapping/v1/grants/{grant_id}": 200,
    "POST /mapping/v1/grants/{grant_id}/withdrawal": 201,
    f"GET {CHILD}/access-log": 200,
    "GET /rights/v1/children/{child_id}": 200,
    "GET /rights/v1/children/{child_id}/rights/{right_id}": 200,
    "GET /rights/v1/children/{child_id}/next-questions": 200,
    "GET /rights/v1/children/{child_id}/timeline": 200,
    "GET /rights/v1/children/{child_id}/evaluations": 200,
    "GET /rights/v1/children/{child_id}/evaluations/{evaluation_id}": 404,
    f"POST {APPLICATIONS}": 201,
    f"GET {APPLICATIONS}": 200,
    f"GET {ONE}": 200,
    f"PATCH {ONE}": 403,
    f"POST {ONE}/submission": 403,
    f"POST {ONE}/withdrawal": 403,
    f"POST {ONE}/attachments": 403,
    f"GET {ONE}/attachments": 200,
    f"GET {ONE}/attachments/{{attachment_id}}": 404,
    f"DELETE {ONE}/attachments/{{attachment_id}}": 403,
    f"POST {ONE}/documentation-requests/{{request_id}}/answer": 403,
    "GET /status/v1/children/{child_id}/overview": 200,
    f"GET {CASE}": 200,
    f"POST {CASE}/complaints": 409,
    f"GET {COMPLAINT}": 200,
    f"POST {COMPLAINT}/withdrawal": 403,
    "GET /overview": 200,
}
OF_AN_APPLICATION = [route for route in SEES if "{application_id}" in route]
HEALTH = {"fact": "serious_condition", "state": "known", "value": False}


@pytest.fixture(scope="module")
async def youth(outside: Outside) -> Youth:
    """What the youth has told, sent and written."""
    return await tell(outside)


def of_mother(youth: Youth, outside: Outside, route: str, etag: str) -> Asked:
    """Her request, whole and well formed."""
    method, template = route.split(" ")
    share = {"organisation": HAMAR, "purpose": "follow-up", "groups": ["health"], "actions": ["profile.read"]}
    bodies: dict[str, Any] = {
        f"PATCH {CHILD}/profile": {"facts": [HEALTH]},
        f"POST {CHILD}/grants": {**share, "valid_to": in_days(outside.town, 90)},
        f"POST {APPLICATIONS}": {"child_id": youth.child, "form_id": "avlastning"},
        f"PATCH {ONE}": {"free_text": "Det er jeg som skriver."},
        f"POST {ONE}/documentation-requests/{{request_id}}/answer": {"text": "Fra meg.", "attachment_ids": []},
        f"POST {CASE}/complaints": {"about": "Fra meg."},
    }
    upload = route == f"POST {ONE}/attachments"
    headers = {"If-Match": etag, **key(), **({"Content-Type": "application/pdf"} if upload else {})}
    return Asked(
        method,
        template,
        None,
        youth.values,
        json=bodies.get(route),
        content=PDF if upload else None,
        headers={} if method == "GET" else headers,
    )


async def etag(outside: Outside, youth: Youth, route: str) -> str:
    """The version that the youth itself reads."""
    path = {f"PATCH {CHILD}/profile": f"{CHILD}/profile", f"POST {COMPLAINT}/withdrawal": COMPLAINT}.get(route, ONE)
    read = await outside.ask(Asked("GET", path, None, youth.values), outside.person(FAMILY.asker))
    return read.http.headers["etag"]


def test_every_route_for_people_has_a_row():
    assert set(SEES) == {route for route, row in ROWS.items() if row is not Row.OPEN and "citizen" in told(route)}


@pytest.mark.parametrize("route", SEES)
async def test_the_mother_sees_that_it_is_and_none_of_the_words(outside, youth, route):
    asked = of_mother(youth, outside, route, await etag(outside, youth, route))
    answer = await outside.ask(asked, outside.person(MOTHER))
    assert answer.status == SEES[route], answer.http.text
    said = whole(answer)
    assert not [words for words in (*WORDS.values(), FILE) if words in said]
    assert not [fact for fact in TOLD if f'"{fact}"' in said and fact != "lives_at_home"]


@pytest.mark.parametrize("route", OF_AN_APPLICATION)
async def test_a_draft_of_the_youths_is_not_there_at_all(outside, youth, route):
    asked = of_mother(youth, outside, route, '"1"')
    drafts = replace(asked, values={**asked.values, "application_id": youth.draft})
    nobodys = of_nobody(drafts)
    answer, other = [await outside.ask(each, outside.person(MOTHER)) for each in (drafts, nobodys)]
    assert answer.status == 404
    assert not differences(answer, other, said_by(drafts), said_by(nobodys))


async def test_the_draft_is_in_no_list_of_hers(outside, youth):
    for path in (APPLICATIONS, f"/status/v1/children/{youth.child}/overview", "/overview"):
        answer = await outside.ask(Asked("GET", path, None), outside.person(MOTHER))
        assert youth.draft not in answer.http.text


async def test_what_is_open_to_her_is_shown(outside, youth):
    read = await outside.ask(Asked("GET", f"{CHILD}/profile", None, youth.values), outside.person(MOTHER))
    facts = {fact["fact"] for fact in read.json["facts"]}
    assert "lives_at_home" in facts
    assert not facts & {"serious_condition", "needs_assistance_in_school"}


async def test_a_question_hidden_from_her_is_refused_like_any_other_hidden_one_whatever_was_told(outside, youth):
    profile = Asked("GET", f"{CHILD}/profile", None, youth.values)
    version = (await outside.ask(profile, outside.person(MOTHER))).http.headers["etag"]
    answers = []
    for fact in ("serious_condition", "chronic_or_long_term_illness"):  # told by the youth, and told by nobody
        body = {"facts": [{"fact": fact, "state": "known", "value": True}]}
        asked = replace(profile, method="PATCH", json=body, headers={"If-Match": version})
        answers.append(await outside.ask(asked, outside.person(MOTHER)))
    assert [each.status for each in answers] == [422, 422]
    assert answers[0].json["errors"] == answers[1].json["errors"]


async def test_the_youth_itself_reads_every_word(outside, youth):
    for path in (ONE, COMPLAINT):
        read = await outside.ask(Asked("GET", path, None, youth.values), outside.person(FAMILY.asker))
        wanted = {"free_text", "asked", "answer", "reasons"} if path == ONE else {"about", "wish"}
        assert all(WORDS[name] in read.http.text for name in wanted)
