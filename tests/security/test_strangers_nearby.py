"""Those who stand close and still may not: a father without responsibility, one whom a protected address shuts out, an older sister."""

from datetime import UTC, datetime

import pytest

from tests.security.lengths import LONG
from tests.security.outcomes import ROWS, Outcome, Row, outcome, told
from tests.security.outside import Outside
from tests.security.strangers import OVERVIEW, Stranger, faults, good_request, ids_in
from tests.support.asking.table import CHILD, Asked, Family, asking_for, the_child
from tests.support.town import person

GJOVIK, VAGA = "312484129", "312485494"
BJORKESKOG = Family(person("bjorkeskog", "varsom"), person("bjorkeskog", "kvikk"), GJOVIK)
LANTERNE = Family(person("lanterne", "vaken"), person("lanterne", "lys"), GJOVIK)
EPLEHAGE = Family(person("eplehage", "sol"), person("eplehage", "sprudlende"), VAGA)
NEARBY = {
    "a father without parental responsibility": (BJORKESKOG, person("bjorkeskog", "fjern")),
    "a father whom a protected address shuts out": (LANTERNE, person("lanterne", "urolig")),
    "a youth of 15 about a sibling": (EPLEHAGE, person("eplehage", "tapper")),
}
# The story can be told there as well, and needs no grant where the address is protected: there are none.
GRANTED = {
    "POST /mapping/v1/children/{child_id}/grants",
    "GET /mapping/v1/grants/{grant_id}",
    "POST /mapping/v1/grants/{grant_id}/withdrawal",
}
FEW = {
    "PATCH /applications/v1/applications/{application_id}",
    "GET /applications/v1/applications/{application_id}/attachments/{attachment_id}",
    "POST /applications/v1/applications",
    "GET /status/v1/cases/{case_id}",
    "POST /status/v1/complaints/{complaint_id}/withdrawal",
}
ROUTES = [
    route
    for route, row in ROWS.items()
    if row in (Row.ONE, Row.BODY)
    and "citizen" in told(route)
    and (LONG or "{child_id}" in route or "{grant_id}" in route or route in FEW)
]
ASKED = [(who, route) for who in NEARBY for route in ROUTES if not (NEARBY[who][0] is LANTERNE and route in GRANTED)]


@pytest.fixture(scope="module")
def module_clock(module_clock):
    """Tapper Eplehage, born in January 2014, is 15."""
    module_clock.move_to(datetime(2029, 2, 1, 10, tzinfo=UTC))
    return module_clock


@pytest.mark.parametrize(("who", "route"), ASKED)
async def test_whoever_stands_close_learns_as_little_as_a_stranger(outside, who, route):
    family, other = NEARBY[who]
    with asking_for(family):
        good = await good_request(outside, route, "citizen")
        near = Stranger(who, "citizen", outside.person(other))
        await outside.ask(Asked("GET", "/mapping/v1/children", None), near.token)
        assert outcome("citizen", route) is Outcome.HIDDEN
        found = await faults(outside, route, good, [near], {family.child.name, family.child.national_id})
    assert not found, "\n".join(found)


@pytest.mark.parametrize("who", NEARBY)
@pytest.mark.parametrize(
    "path", ["/mapping/v1/children", "/mapping/v1/grants", "/applications/v1/applications", "/overview"]
)
async def test_no_list_of_theirs_names_the_child(outside, who, path):
    family, other = NEARBY[who]
    answer = await outside.ask(Asked("GET", path, None), outside.person(other))
    assert answer.status == 200
    with asking_for(family):
        child = str(await the_child(outside.town))
    assert child not in ids_in(answer.json)
    assert family.child.name not in answer.http.text


async def test_a_protected_child_has_no_grants_and_no_organisation_comes_by_one(outside: Outside):
    with asking_for(LANTERNE):
        child = str(await the_child(outside.town))
        with asking_for(BJORKESKOG):
            good, _ = await good_request(outside, "POST /mapping/v1/children/{child_id}/grants", "citizen")
        asked = Asked(good.method, f"{CHILD}/grants", None, {"child_id": child}, json=good.json, headers=good.headers)
        answer = await outside.ask(asked, outside.person(LANTERNE.asker))
    assert answer.status == 409
    assert answer.json["type"] == "urn:somlos:problem:protected-address"


def test_every_route_of_a_family_is_asked_in_the_long_form():
    known = {route for route, row in ROWS.items() if row in (Row.ONE, Row.BODY) and "citizen" in told(route)}
    assert set(ROUTES) == known if LONG else set(ROUTES) < known
    assert OVERVIEW not in known
