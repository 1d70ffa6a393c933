"""Every route, asked well and badly. The good request is by hand; the others are made of it and of the OpenAPI. Strangers: tests/security."""

from dataclasses import replace
from uuid import uuid4

import pytest

from gateway.edge.routes import ROUTES, SELF
from tests.contracts.bad_requests import MARK, bad_requests
from tests.contracts.services import documents
from tests.contracts.walk import operations_of
from tests.support.asking.table import kinds_of
from tests.support.callers import citizen, machine, public, worker
from tests.support.good_requests import GOOD, HAMAR, NAV
from tests.support.town import person

OPERATIONS = {
    operation.name: operation for service in documents() for operation in operations_of(service, documents()[service])
}
WANTED = [
    (f"{route.method} {route.template}", kind)
    for route in ROUTES
    if route.service != SELF
    for kind in kinds_of(route.access)
]
PRIVATE = [(route, kind) for route, kind in WANTED if kind != "public"]
# Reads with no child in them: what an organisation has written itself.
OF_NO_CHILD = {"GET /rights/v1/local-rules", "GET /rights/v1/local-rules/{local_rule_id}"}
READS = [(route, kind) for route, kind in PRIVATE if route.startswith("GET ") and route not in OF_NO_CHILD]
KEPT = [
    (route, kind) for route, kind in WANTED if OPERATIONS[route].method == "GET" and OPERATIONS[route].tagged("200")
]
MOST_PAGES, MANY = 200, 50
STRANGER, BODO = person("kaffekopp", "mild"), "312490978"


def test_every_route_has_a_good_request():
    assert set(GOOD) == set(WANTED)


@pytest.mark.parametrize(("route", "kind"), WANTED)
async def test_bad_requests_are_refused_and_the_good_one_is_not(town, route, kind):
    good = await GOOD[route, kind](town)
    wrong = []
    for bad in bad_requests(OPERATIONS[route], good):
        answer = await bad.asked.send(town)
        if (
            answer.status_code not in bad.statuses
            or answer.headers["content-type"] != "application/problem+json"
            or MARK in answer.text
        ):
            wrong.append(f"{bad.why}: {answer.status_code} instead of {sorted(bad.statuses)}: {answer.text[:300]}")
    assert not wrong, "\n".join(wrong)
    answer = await good.send(town)
    assert answer.is_success, answer.text
    assert not route.startswith("GET ") or ("etag" in answer.headers) == OPERATIONS[route].tagged("200")


async def stranger(town, good, kind):
    """Someone else with a genuine token for this very route, and a child of their own."""
    if kind == "citizen":
        return await town.person(STRANGER, good.method, good.path)
    return await town.organisation(BODO if good.caller.org in {HAMAR, NAV} else NAV, good.method, good.path)


@pytest.mark.parametrize(("route", "kind"), READS)
async def test_when_the_log_cannot_be_written_nothing_is_served(town, route, kind):
    good = await GOOD[route, kind](town)
    service = town[good.service]
    await service.rows(f"revoke insert on access_log from {service.name}")
    try:
        answer = await good.send(town)
    finally:
        await service.rows(f"grant insert on access_log to {service.name}")
    assert answer.status_code == 503, answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"
    assert (await good.send(town)).is_success


@pytest.mark.parametrize(("route", "kind"), READS)
async def test_a_read_leaves_a_line_in_the_log(town, route, kind):
    good = await GOOD[route, kind](town)
    before = await town[good.service].rows("select count(*) as n from access_log")
    assert (await good.send(town)).is_success
    after = await town[good.service].rows("select count(*) as n from access_log")
    assert after[0]["n"] > before[0]["n"]


@pytest.mark.parametrize(("route", "kind"), KEPT)
async def test_who_has_the_answer_already_gets_304_and_that_too_is_logged(town, route, kind):
    good = await GOOD[route, kind](town)
    first = await good.send(town)
    before = await reads_of(town, good, kind)
    again = await asking_for(good, first.headers["etag"]).send(town)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert kind == "public" or route in OF_NO_CHILD or await reads_of(town, good, kind) > before
    other = await asking_for(good, '"1.0000000000000000"').send(town)
    assert (other.status_code, other.headers["etag"]) == (200, first.headers["etag"])
    theirs = asking_for(replace(good, caller=None if kind == "public" else await stranger(town, good, kind)), "*")
    assert (await theirs.send(town)).status_code == (401 if kind == "public" else 404)


async def reads_of(town, good, kind):
    """How many lines its access log has; what is of no child has none."""
    return 0 if kind == "public" else len(await town[good.service].rows("select 1 from access_log"))


def asking_for(good, known):
    return replace(good, headers={**good.headers, "If-None-Match": known})


@pytest.mark.parametrize("route", sorted({route for route, _ in WANTED if route.startswith(("PATCH", "PUT"))}))
async def test_a_change_gives_a_new_etag_and_one_event_for_each_aggregate_it_changes(town, route):
    good = await GOOD[route, "citizen"](town)
    before = await told_of(town[good.service])
    answer = await good.send(town)
    assert answer.headers["etag"] != good.headers["If-Match"]
    told = (await told_of(town[good.service]))[len(before) :]
    assert len(told) == len(set(told))


PAGED = [(route, kind) for route, kind in WANTED if "cursor" in OPERATIONS[route].parameters("query")]


@pytest.mark.parametrize(("route", "kind"), PAGED)
async def test_a_list_walked_page_by_page_is_the_whole_list(town, route, kind):
    good = await GOOD[route, kind](town)
    whole = await walked(town, good, limit=100)
    assert await walked(town, good, limit=1 if len(whole) < MANY else 7) == whole


async def walked(town, good, *, limit):
    """The whole list, in pages of that size."""
    found, params = [], {"limit": str(limit)}
    for _ in range(MOST_PAGES):
        page = (await replace(good, params=params).send(town)).json()
        found += page["items"]
        if page["next"] is None:
            return found
        assert len(page["items"]) == limit, "a page that promises more is not full"
        params = {"limit": str(limit), "cursor": page["next"]}
    raise AssertionError("the last page promises more")


async def told_of(service):
    """The aggregates of the events so far, reads apart."""
    rows = await service.rows(
        "select aggregate_id from outbox where type <> 'no.somlos.access.logged.v1' order by position"
    )
    return [row["aggregate_id"] for row in rows]


@pytest.mark.parametrize(
    ("route", "kind"),
    [(route, kind) for route, kind in PRIVATE if "idempotency-key" in OPERATIONS[route].parameters("header")],
)
async def test_a_creation_sent_twice_creates_once(town, route, kind):
    good = await GOOD[route, kind](town)
    first, again = await good.send(town), await good.send(town)
    assert first.status_code == again.status_code == 201
    assert first.json()["id"] == again.json()["id"]


async def test_the_generator_finds_every_kind_of_fault(town):
    route = "PATCH /applications/v1/applications/{application_id}"
    made = {bad.why for bad in bad_requests(OPERATIONS[route], await GOOD[route, "citizen"](town))}
    assert made >= {
        "no token",
        "a machine",
        "a worker",
        "a public",
        "application_id is not-an-id",
        "no If-Match",
        "a stale If-Match",
        "a body of b'{'",
        "body has a field more",
        "body.answers.0 lacks fact",
        "body.answers.0.state is none of those",
        "body.answers is too long",
        "body.free_text is an object",
    }


INTERNAL = sorted(name for name, operation in OPERATIONS.items() if operation.is_internal)


@pytest.mark.parametrize("route", INTERNAL)
async def test_an_internal_route_is_for_our_own_processes(town, route):
    operation = OPERATIONS[route]
    values = {name: str(uuid4()) for name in operation.parameters("path")}
    asked, service = operation.path.format_map(values), town[operation.service]
    assert (await service.call(operation.method, asked, None, json={})).status_code == 401
    for caller in (citizen(), machine(NAV), public()):
        assert (await service.call(operation.method, asked, caller, json={})).status_code in {401, 403}


@pytest.mark.parametrize("route", [route for route in INTERNAL if "{" in route])
async def test_a_workers_token_for_one_child_opens_no_other(town, route):
    child = (await GOOD["GET /mapping/v1/children/{child_id}", "citizen"](town)).values["child_id"]
    operation = OPERATIONS[route]
    asked = operation.path.format_map(dict.fromkeys(operation.parameters("path"), child))
    for action in ("profile.read", "access-log.fetch", "outbox.resend"):
        caller = replace(worker("rights", uuid4()), action=action)
        assert (await town[operation.service].call(operation.method, asked, caller)).status_code == 404
