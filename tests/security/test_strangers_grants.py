"""An organisation whose grant ended a second ago is a stranger: over every route, by the name it knew the child by."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from tests.security.lengths import LONG
from tests.security.outcomes import ROWS, Outcome, Row, outcome, told
from tests.security.outside import Outside, of_nobody
from tests.security.strangers import STATUS, differences, good_request, said_by
from tests.support.asking.table import CHILD, HAMAR, MOTHER, Asked, Family, asking_for
from tests.support.town import body_of, person

GJOVIK = "312484129"
SHARING = Family(MOTHER, person("solstraale", "blid"), GJOVIK)
# What a grant never opened: asked whole in the long form, by reading in the ordinary one.
CASES = [
    route
    for route, row in ROWS.items()
    if row is Row.ONE and "machine" in told(route) and "{child_id}" not in route and (LONG or route.startswith("GET "))
]


@dataclass(frozen=True)
class Ended:
    """The organisation's own requests, good until a second ago."""

    good: dict[str, Asked]
    token: str


@pytest.fixture(scope="module")
async def ended(outside: Outside) -> Ended:
    """Gjøvik could read and write; the mother has just taken it back."""
    good = {}
    with asking_for(SHARING):
        for route in ("GET /mapping/v1/grants/{grant_id}", f"GET {CHILD}/profile", f"PATCH {CHILD}/profile"):
            good[route], token = await good_request(outside, route, "machine")
            served = await outside.ask(good[route], token)
            assert served.http.is_success, served.http.text
    grant = good["GET /mapping/v1/grants/{grant_id}"].values
    taken_back = Asked("POST", "/mapping/v1/grants/{grant_id}/withdrawal", None, grant)
    assert (await outside.ask(taken_back, outside.person(MOTHER))).status == 201
    outside.town.clock.forward(timedelta(seconds=1))
    return Ended(good, outside.organisation(GJOVIK))


@pytest.mark.parametrize(
    "route", [f"GET {CHILD}/profile", f"PATCH {CHILD}/profile", "GET /mapping/v1/grants/{grant_id}"]
)
async def test_what_the_grant_opened_is_closed_as_if_it_had_never_been(outside, ended, route):
    asked = ended.good[route]
    nobodys = of_nobody(asked)
    answer, other = await outside.ask(asked, ended.token), await outside.ask(nobodys, ended.token)
    assert answer.status == 404
    assert not differences(answer, other, said_by(asked), said_by(nobodys))


async def test_the_list_of_grants_no_longer_names_it(outside, ended):
    listed = await outside.ask(Asked("GET", "/mapping/v1/grants", None), ended.token)
    assert listed.json == {"items": [], "next": None}


@pytest.mark.parametrize("route", CASES)
async def test_the_cases_of_the_child_were_never_its(outside, ended, route):
    asked, _ = await good_request(outside, route, "machine")
    nobodys = of_nobody(asked)
    answer, other = await outside.ask(asked, ended.token), await outside.ask(nobodys, ended.token)
    assert outcome("machine", route) is Outcome.HIDDEN
    assert answer.status == STATUS[Outcome.HIDDEN]
    assert not differences(answer, other, said_by(asked), said_by(nobodys))


async def test_a_filter_on_the_child_it_knew_finds_nothing_and_says_no_more_than_one_on_nobody(outside, ended):
    alias = ended.good[f"GET {CHILD}/profile"].values["child_id"]
    asked = Asked("GET", "/applications/v1/applications", None, params={"child_id": alias})
    nobodys = replace(asked, params={"child_id": "0197c0de-0000-7000-8000-00000000dead"})
    answer, other = await outside.ask(asked, ended.token), await outside.ask(nobodys, ended.token)
    assert answer.json == {"items": [], "next": None}
    assert not differences(answer, other)


async def test_a_party_to_a_case_keeps_its_case_when_the_grant_ends(outside):
    with asking_for(Family(MOTHER, person("solstraale", "blid"), HAMAR)):
        complaint, token = await good_request(outside, "GET /status/v1/complaint-inbox/{complaint_id}", "machine")
        grant, _ = await good_request(outside, "POST /mapping/v1/grants/{grant_id}/withdrawal", "citizen")
    assert (await outside.ask(grant, outside.person(MOTHER))).status == 201
    assert (await outside.ask(complaint, token)).status == 200


async def test_a_grant_of_another_purpose_opens_nothing(outside):
    with asking_for(SHARING):
        asked, _ = await good_request(outside, f"GET {CHILD}/profile", "machine")
    other = outside.issuers.machine(GJOVIK, "somlos:cases.read somlos:applications.read")
    answer = await outside.ask(asked, other)
    assert answer.status == 403
    assert "solstr" not in answer.http.text.lower()


async def test_the_grant_ends_by_itself_at_midnight_in_oslo_on_its_last_day(outside):
    with asking_for(SHARING):
        asked, token = await good_request(outside, f"GET {CHILD}/profile", "machine")
        assert (await outside.ask(asked, token)).status == 200
    outside.town.clock.forward(timedelta(days=181))
    body_of((await outside.ask(Asked("GET", "/mapping/v1/children", None), outside.person(MOTHER))).http)
    late = outside.organisation(GJOVIK)
    nobodys = of_nobody(asked)
    answer, other = await outside.ask(asked, late), await outside.ask(nobodys, late)
    assert answer.status == 404
    assert not differences(answer, other, said_by(asked), said_by(nobodys))
