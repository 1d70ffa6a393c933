"""Someone's own address with somebody else's id in it, in its body, its filter or its cursor: as an id that nobody has."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from tests.contracts.stored import accepted
from tests.security.outcomes import ROWS, Outcome, Row, outcome, told
from tests.security.outside import Outside, fresh
from tests.security.strangers import differences, good_request, ids_in
from tests.support.asking.table import APPLICATIONS, CHILD, HAMAR, MOTHER, Asked, Family, asking_for, in_days, key
from tests.support.town import person

MILD = person("kaffekopp", "mild")
THEIRS = Family(MILD, person("kaffekopp", "spent"), HAMAR)
NESTED = [route for route in ROWS if route.count("{") == 2 and "{right_id}" not in route]
LISTS = [
    (route, kind) for route, row in ROWS.items() if row is Row.LIST for kind in told(route) if route != "GET /overview"
]
BODO = "312490978"


def inner(route: str) -> str:
    """The name of the second id."""
    return route.rsplit("{", 1)[1].split("}", maxsplit=1)[0]


def mixed(own: Asked, name: str, value: str) -> Asked:
    """Their own request with one id of another's."""
    return replace(own, values={**own.values, name: value}, headers=fresh(own.headers))


async def compared(outside: Outside, token: str, one: Asked, other: Asked, *said: str) -> list[str]:
    """The one about somebody's, the other about nobody's."""
    answer, nobodys = await outside.ask(one, token), await outside.ask(other, token)
    assert not answer.http.is_success, answer.http.text
    return differences(answer, nobodys, {*one.values.values(), *said}, {*other.values.values(), *said})


@pytest.mark.parametrize("route", [route for route in NESTED if "citizen" in told(route)])
async def test_another_familys_id_under_ones_own_address_is_nobodys(outside, route):
    family, _ = await good_request(outside, route, "citizen")
    with asking_for(THEIRS):
        own, token = await good_request(outside, route, "citizen")
    name = inner(route)
    found = await compared(outside, token, mixed(own, name, family.values[name]), mixed(own, name, str(uuid4())))
    assert not found
    assert (await outside.ask(own, token)).http.is_success


@pytest.mark.parametrize("route", [route for route in NESTED if "machine" in told(route)])
async def test_another_authoritys_file_under_ones_own_case_is_nobodys(outside, route):
    navs, _ = await good_request(outside, route, "machine")
    _, token = await good_request(outside, "GET /status/v1/complaint-inbox/{complaint_id}", "machine")
    mine = await outside.ask(Asked("GET", APPLICATIONS, None), token)
    own = replace(navs, values={**navs.values, "application_id": str(mine.json["items"][0]["id"])})
    assert not await compared(outside, token, own, mixed(own, inner(route), str(uuid4())))


async def test_another_familys_file_cannot_be_sent_as_ones_own_answer(outside):
    file, _ = await good_request(
        outside, f"GET {APPLICATIONS}/{{application_id}}/attachments/{{attachment_id}}", "citizen"
    )
    route = f"POST {APPLICATIONS}/{{application_id}}/documentation-requests/{{request_id}}/answer"
    with asking_for(THEIRS):
        own, token = await good_request(outside, route, "citizen")
    theirs, nobodys = [
        replace(own, json={"text": "Se vedlegg.", "attachment_ids": [each]}, headers=fresh(own.headers))
        for each in (file.values["attachment_id"], str(uuid4()))
    ]
    said = (theirs.json["attachment_ids"][0], nobodys.json["attachment_ids"][0])
    assert not await compared(outside, token, theirs, nobodys, *said)


async def test_another_familys_guardian_is_nobody_in_what_one_tells_and_shares(outside):
    somebody = (await outside.town.person(MOTHER)).id
    with asking_for(THEIRS):
        own, token = await good_request(outside, f"PATCH {CHILD}/profile", "citizen")
        share, _ = await good_request(outside, f"POST {CHILD}/grants", "citizen")
    for make in (_telling, _sharing):
        nobody = str(uuid4())
        one, other = make(outside, own, share, somebody), make(outside, own, share, nobody)
        assert not await compared(outside, token, one, other, somebody, nobody)


def _telling(_outside: Outside, own: Asked, _share: Asked, who: str) -> Asked:
    facts = [{"fact": "parent_employed", "subject": who, "state": "known", "value": True}]
    return replace(own, json={"facts": facts})


def _sharing(outside: Outside, _own: Asked, share: Asked, who: str) -> Asked:
    body = {"guardian": who, "purpose": "follow-up", "groups": ["care"], "actions": ["profile.read"]}
    return replace(share, json={**body, "valid_to": in_days(outside.town, 30)}, headers=key())


@pytest.mark.parametrize(("route", "kind"), LISTS)
async def test_no_filter_cursor_or_limit_brings_out_another_familys(outside, route, kind):
    good, login = await good_request(outside, route, kind)
    more, _ = await good_request(outside, route, kind)
    theirs = ids_in((await outside.ask(replace(good, params={"limit": "100"}), login)).json)
    cursor = (await outside.ask(replace(more, params={"limit": "1"}), login)).json.get("next")
    token = outside.person(MILD) if kind == "citizen" else outside.organisation(BODO)
    for params in tried(route, cursor, sorted(theirs)):
        answer = await outside.ask(replace(good, params=params), token)
        assert answer.status in {200, 404}, (params, answer.http.text)
        assert not ids_in(answer.json) & theirs - set(params.values()), params
        if kind == "machine":
            assert answer.json == {"items": [], "next": None}, params


def tried(route: str, cursor: str | None, theirs: list[str]) -> list[dict[str, str]]:
    """Every parameter of the list with every word it knows, the family's ids and its cursor."""
    declared = accepted("openapi/joined.json")["paths"][route.removeprefix("GET ")]["get"].get("parameters", ())
    found: list[dict[str, str]] = [{}]
    for each in declared:
        if each["in"] != "query":
            continue
        name = each["name"]
        found += [{name: value} for value in _values(name, each["schema"], cursor, theirs)]
    return found


def _values(name: str, schema: dict[str, Any], cursor: str | None, theirs: list[str]) -> list[str]:
    if name == "cursor":
        return [cursor] if cursor else []
    if name == "limit":
        return ["1", "100"]
    options = [_resolved(each) for each in schema.get("anyOf", [schema])]
    words = [word for each in options for word in _resolved(each.get("items", each)).get("enum", ())]
    return words or theirs[:5]


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = accepted("openapi/joined.json")["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def test_the_lists_are_asked_with_every_parameter_there_is():
    inbox = tried("GET /applications/v1/inbox", "c", ["x"])
    assert {"cursor": "c"} in inbox
    assert sum("state" in each for each in inbox) > 1
    assert {"child_id": "x"} in tried("GET /applications/v1/applications", None, ["x"])
    assert {"role": "appeal"} in tried("GET /status/v1/complaint-inbox", None, [])
    assert all(outcome(kind, route) is Outcome.EMPTY for route, kind in LISTS)
