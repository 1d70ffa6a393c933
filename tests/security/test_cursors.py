"""Cursors that nobody was given: their inside is ours, so no generator makes them; each is refused or leads to an empty page, and none breaks a query."""

import json
from base64 import urlsafe_b64encode
from uuid import uuid4

import pytest

from tests.security.fuzzing import EXAMPLES
from tests.security.strangers import good_request

WHEN, ID = "2026-11-24T10:00:00+00:00", str(uuid4())
# What a cursor of each list holds, as its route reads it.
PLACES = {
    ("GET /catalog/v1/services", "public"): ["hjelpestonad"],
    ("GET /mapping/v1/children/{child_id}/profile/history", "citizen"): [5],
    ("GET /mapping/v1/children/{child_id}/grants", "citizen"): [ID],
    ("GET /mapping/v1/grants", "citizen"): [ID],
    ("GET /rights/v1/children/{child_id}/evaluations", "citizen"): [ID],
    ("GET /rights/v1/rules", "public"): ["hjelpestonad"],
    ("GET /rights/v1/local-rules", "machine"): [WHEN, ID],
    ("GET /rights/v1/municipalities/{municipality}/rules", "public"): ["ledsagerbevis", 1],
    ("GET /mapping/v1/grants", "machine"): [ID],
    ("GET /mapping/v1/children/{child_id}/access-log", "citizen"): ["2026-11-24", "citizen", "a", "b", "c", 0],
    ("GET /applications/v1/applications", "citizen"): [WHEN, ID],
    ("GET /applications/v1/inbox", "machine"): [WHEN, ID],
    ("GET /status/v1/children/{child_id}/overview", "citizen"): [WHEN, ID],
    ("GET /status/v1/complaint-inbox", "machine"): [WHEN, ID],
}
# The first ones are tried with the suite, all of them by `make fuzz`.
FEW = 3 if EXAMPLES < 20 else 20
ODD = ["a\x00b", 10**30, [], "", "'", "\U0010ffff", -(2**63) - 1, -1, 1.5, True, None][:FEW]
ODD_TIMES = [
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-11-24",
    "2026-11-24T10:00:00",
    "0001-01-01",
][:FEW]
NO_CURSORS = ["", "=", "e30", "W10", "bnVsbA", "a" * 500, "%FF", "W1tb" * 100]


def encoded(place):
    return urlsafe_b64encode(json.dumps(place).encode()).rstrip(b"=").decode()


def bent(place):
    """The place with one part of it replaced at a time, and with a part too few or too many."""
    yield from (place[:-1], [*place, 1], place)
    for at, part in enumerate(place):
        for odd in [*ODD, *(ODD_TIMES if str(part).startswith("2026") else ())]:
            yield [*place[:at], odd, *place[at + 1 :]]


@pytest.mark.parametrize(("route", "kind"), PLACES)
async def test_a_made_up_cursor_breaks_nothing(outside, route, kind):
    good, token = await good_request(outside, route, kind)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    wrong, seen = [], set()
    for cursor in (*NO_CURSORS, *(encoded(place) for place in bent(PLACES[route, kind]))):
        answer = await outside.http.get(good.path, params={"cursor": cursor}, headers=headers)
        seen.add(answer.status_code)
        if answer.status_code not in {200, 400}:
            wrong.append(f"{cursor}: {answer.status_code} {answer.text[:200]}")
    assert not wrong, "\n".join(wrong)
    assert seen == {200, 400}


async def test_every_list_has_its_cursors_tried(outside):
    document = (await outside.http.get("/openapi.json")).json()
    paged = {
        f"GET {path}"
        for path, methods in document["paths"].items()
        if any(each.get("name") == "cursor" for each in methods.get("get", {}).get("parameters", []))
    }
    assert paged == {route for route, _ in PLACES}
