"""schemathesis over every route, through the real door: no 5xx, only documented answers, and the insides are reached.

A short form runs with the suite. The long one is `make fuzz` (EXAMPLES, SEED); it prints what each route was asked and answered."""

import pytest

from gateway.edge.routes import ROUTES, SELF, Access
from tests.security.fuzzing import Described, Prober, Report
from tests.security.strangers import OVERVIEW, good_request
from tests.support.asking.table import kinds_of
from tests.support.until import until

WANTED = [
    (f"{route.method} {route.template}", kind)
    for route in ROUTES
    for kind in kinds_of(route.access)
    if route.service != SELF or route.access is not Access.PUBLIC
]


@pytest.fixture(scope="module")
def report():
    made = Report()
    yield made
    made.tell()


@pytest.fixture(scope="module")
def prober(outside, report):
    made = Prober(str(outside.http.base_url), report)
    yield made
    made.close()


@pytest.fixture(scope="module")
async def described(outside):
    async def whole():
        document = (await outside.http.get("/openapi.json")).json()
        return document if "x-unavailable" not in document else None

    document = await until(whole, deadline=60)  # each service makes its own at the first call
    assert "x-undescribed" not in document
    return Described(document)


def test_every_route_of_the_services_and_the_start_page_is_probed(described):
    assert (OVERVIEW, "citizen") in WANTED
    assert all(described.operation(route) for route, _ in WANTED)


@pytest.mark.parametrize(("route", "kind"), WANTED)
async def test_a_generated_request_gets_a_documented_answer_and_some_come_inside(
    outside, described, prober, route, kind
):
    good, token = await good_request(outside, route, kind)
    wrong, planned = [], described.cases(route, good)
    for number, made in enumerate(planned, start=1):
        status, faults = await prober.send(f"{route} as {kind}", made.dressed(good, token))
        wrong += faults
        if status < 300 and not route.startswith("GET ") and number < len(planned):  # it is no longer as it was
            good, token = await good_request(outside, route, kind)
    assert not wrong, "\n".join(wrong)
    assert status < 300, "the last one is good throughout"
