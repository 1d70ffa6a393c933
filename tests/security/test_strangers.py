"""A stranger's good login over every route: nothing of the family comes out, in status, headers, body, count or work."""

import pytest

from gateway.edge.routes import ROUTES
from tests.contracts.stored import accepted
from tests.security.lengths import LONG
from tests.security.outcomes import ROWS, Outcome, Row, outcome, told
from tests.security.outside import Answer, Outside, of_nobody
from tests.security.strangers import OVERVIEW, Stranger, differences, faults, good_request
from tests.support.asking.table import Asked
from tests.support.good_requests import GOOD, NAV
from tests.support.town import person

BODO, APPEALS, GJOVIK = "312490978", "312481383", "312484129"
PRIVATE = [(route, kind) for route, row in ROWS.items() if row is not Row.OPEN for kind in told(route)]
OF_THEIR_OWN = {"GET /rights/v1/local-rules"}  # strangers make some too
OF_NOTHING = {"another municipality", "an adult with no children", "an appeal body without the case"}
SECRETS = (
    "Solstråle",
    "Solstr\\u00e5le",
    "flere ganger hver natt",
    "Nettene er ikke regnet med",
    "14838836047",
    "21841785050",
)


@pytest.fixture(scope="module")
async def strangers(outside: Outside) -> list[Stranger]:
    """Those who have nothing to do with the family, none of them here for the first time; every kind in the long form."""
    supplier = {"supplier": {"authority": "iso6523-actorid-upis", "ID": f"0192:{GJOVIK}"}}
    those = [
        Stranger("another family's mother", "citizen", outside.person(person("kaffekopp", "mild"))),
        Stranger("another municipality", "machine", outside.organisation(BODO)),
        Stranger("a supplier without delegation", "nobody", outside.organisation(NAV, **supplier)),
        Stranger("nobody", "nobody", None),
    ]
    those += others(outside) if LONG else []
    for each in those:
        await outside.ask(Asked("GET", "/mapping/v1/children", None), each.token)
    return those


def others(outside: Outside) -> list[Stranger]:
    """For the long form."""
    return [
        Stranger("an adult with no children", "citizen", outside.person(person("tekanne", "ukjent"))),
        Stranger("a youth of another family", "citizen", outside.person(person("fjellrype", "egen"))),
        Stranger("an appeal body without the case", "machine", outside.organisation(APPEALS)),
        Stranger("a supplier in its own name", "machine", outside.organisation(GJOVIK)),
    ]


def test_every_route_has_a_row_and_no_row_is_without_a_route():
    routed = {f"{route.method} {route.template}" for route in ROUTES}
    published = {
        f"{method.upper()} {path}"
        for path, methods in accepted("openapi/joined.json")["paths"].items()
        for method in methods
    }
    assert set(ROWS) == routed
    assert published <= routed
    assert {(route, kind) for route, kind in PRIVATE if route != OVERVIEW} == {
        pair for pair in GOOD if pair[1] != "public"
    }


def test_a_route_without_a_row_is_found():
    with pytest.raises(KeyError):
        outcome("citizen", "GET /mapping/v1/children/{child_id}/diary")


@pytest.mark.parametrize(("route", "kind"), PRIVATE)
async def test_a_stranger_learns_nothing_and_the_family_is_served(outside, strangers, route, kind):
    before = await lists_of(outside, strangers, route)
    good = await good_request(outside, route, kind)
    found = await faults(outside, route, good, strangers, SECRETS)
    for who, answer in (await lists_of(outside, strangers, route)).items():
        found += [f"{who}: since the family has something, {fault}" for fault in differences(before[who], answer)]
    assert not found, "\n".join(found)


async def lists_of(outside: Outside, strangers: list[Stranger], route: str) -> dict[str, Answer]:
    """What each stranger's own list says, where the route is a list."""
    if ROWS[route] is not Row.LIST:
        return {}
    asked = Asked("GET", route.removeprefix("GET "), None)
    those = [each for each in strangers if outcome(each.kind, route) is Outcome.EMPTY]
    found = {each.name: await outside.ask(asked, each.token) for each in those}
    for each in those:
        if each.name in OF_NOTHING and route not in OF_THEIR_OWN:
            said = found[each.name].json
            assert said.get("items", said.get("children")) == []
            assert said.get("next") is None
    return found


async def test_the_comparison_finds_a_difference_in_status_header_body_and_work(outside):
    asked, token = await good_request(outside, "GET /mapping/v1/children/{child_id}", "citizen")
    theirs, nobodys = await outside.ask(asked, token), await outside.ask(of_nobody(asked), token)
    found = " ".join(differences(theirs, nobodys))
    assert all(what in found for what in ("status", "headers", "body", "the work"))
