"""One caller at ten times its rate: it is told to wait, everyone else is served, and what the door remembers has an end."""

import asyncio
import time
import tracemalloc
from collections import Counter

import pytest

from gateway.edge.errors import TooManyRequests
from gateway.edge.limits import REMEMBERED_CALLERS, Rate, RateLimit
from tests.security.outside import Outside, open_outside
from tests.support.asking.table import Asked
from tests.support.town import Town, person

# Small, so that a slow machine cannot serve the flood at its rate.
RATE, BURST = 1, 10
TIMES, AT_ONCE = 10, 8
CHILDREN = Asked("GET", "/mapping/v1/children", None)
HASTY, OTHER = person("solstraale", "lun"), person("kaffekopp", "mild")
BODO, NAV = "312490978", "312480018"


@pytest.fixture(scope="module")
async def narrow(town: Town):
    """The door with limits."""
    limits = {
        "citizen_rate": RATE,
        "citizen_burst": BURST,
        "machine_rate": RATE,
        "machine_burst": BURST,
        "public_rate": RATE,
        "public_burst": BURST,
    }
    async with open_outside(town, **limits) as opened:
        yield opened


async def flood(outside: Outside, asked: Asked, token: str | None, count: int) -> tuple[Counter[int], float]:
    """So many requests, some at once; the statuses, and the seconds it took."""
    began, waiting, seen = time.monotonic(), iter(range(count)), Counter[int]()

    async def ask() -> None:
        for _ in waiting:
            seen[(await outside.ask(asked, token)).status] += 1

    await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    return seen, time.monotonic() - began


async def beside(outside: Outside, others: list[tuple[Asked, str | None]]) -> list[int]:
    """What others get while the flood goes on: twice each, so within their own share."""
    return [(await outside.ask(asked, token)).status for _ in range(2) for asked, token in others]


async def test_a_person_in_haste_waits_and_nobody_else_does(narrow):
    token = narrow.person(HASTY)
    others = [(CHILDREN, narrow.person(OTHER)), (Asked("GET", "/mapping/v1/grants", None), narrow.organisation(BODO))]
    work = asyncio.create_task(flood(narrow, CHILDREN, token, TIMES * BURST))
    got = await beside(narrow, others)
    seen, seconds = await work
    assert set(got) == {200}
    assert set(seen) == {200, 429}
    assert seen[200] <= BURST + RATE * seconds + 1
    assert seen[429] >= TIMES * BURST - seen[200]


async def test_whoever_is_told_to_wait_is_told_how_long_and_nothing_was_decided(narrow):
    token = narrow.person(person("eplehage", "sol"))
    await flood(narrow, CHILDREN, token, TIMES * BURST)
    answers = [await narrow.ask(CHILDREN, token) for _ in range(AT_ONCE)]
    refused = [each for each in answers if each.status == 429]
    assert refused
    assert all(int(each.http.headers["retry-after"]) >= 1 for each in refused)
    assert all(each.json["type"] == "urn:somlos:problem:too-many-requests" for each in refused)
    assert all(each.work == () for each in refused)


async def test_an_organisation_in_haste_does_not_use_up_anothers_share(narrow):
    inbox = Asked("GET", "/applications/v1/inbox", None)
    seen, _ = await flood(narrow, inbox, narrow.organisation(BODO), TIMES * BURST)
    assert seen[429]
    assert (await narrow.ask(inbox, narrow.organisation(NAV))).status == 200


async def test_guessing_tokens_is_counted_on_the_address_and_leaves_those_with_a_login_alone(narrow):
    seen, _ = await flood(narrow, CHILDREN, "a.made-up.token", TIMES * BURST)
    assert set(seen) == {401, 429}
    assert (await narrow.ask(CHILDREN, narrow.person(OTHER))).status == 200


def test_any_number_of_callers_takes_no_more_room_than_the_door_remembers():
    limit = RateLimit(Rate(RATE, BURST), monotonic=lambda: 0.0)
    tracemalloc.start()
    try:
        _fill(limit, 0, REMEMBERED_CALLERS)
        full, _ = tracemalloc.get_traced_memory()
        _fill(limit, REMEMBERED_CALLERS, 3 * REMEMBERED_CALLERS)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after < 2 * full  # a dictionary keeps some room of what it has let go


def _fill(limit: RateLimit, first: int, last: int) -> None:
    for number in range(first, last):
        limit.take(number.to_bytes(16))


def test_a_caller_that_keeps_asking_is_not_forgotten_for_others():
    limit = RateLimit(Rate(0.001, 1), monotonic=lambda: 0.0, remember=100)
    limit.take(b"hasty")
    for number in range(1000):
        limit.take(number.to_bytes(16))
        with pytest.raises(TooManyRequests):
            limit.take(b"hasty")
