"""Lives in any order, through the real API: every answer is documented, versions rise by one, what has ended stays ended, no day is before the law's."""

import asyncio

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.security.complaint_lives import MOVES as STEPS
from tests.security.complaint_lives import ComplaintLife
from tests.security.lengths import LONG
from tests.security.lives import MOVES, ApplicationLife, Driver

BOUNDS = settings(
    max_examples=60 if LONG else 7,
    stateful_step_count=20 if LONG else 5,
    deadline=None,
    database=None,
    derandomize=not LONG,
    print_blob=True,
    phases=(Phase.generate,),  # a life of twelve requests is short enough to be read; shrinking it takes minutes
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.timeout(1800 if LONG else 120)
async def test_an_application_lives_in_any_order(town):
    driver = Driver(town, asyncio.get_running_loop())
    await asyncio.to_thread(run_state_machine_as_test, lambda: ApplicationLife(driver), settings=BOUNDS)
    assert {status for status, _, _ in driver.lived} >= {"draft", "submitted", "received", "decided"}
    assert_all_was_tried(driver, set(MOVES))


@pytest.mark.timeout(1800 if LONG else 120)
async def test_a_complaint_lives_in_any_order(town):
    driver = Driver(town, asyncio.get_running_loop())
    await asyncio.to_thread(run_state_machine_as_test, lambda: ComplaintLife(driver), settings=BOUNDS)
    assert {status for status, _, _ in driver.lived} >= {
        "none",
        "filed",
        "received",
        "reassessed",
        "forwarded",
        "decided",
    }
    assert_all_was_tried(driver, {"file", "withdraw", *STEPS})


def assert_all_was_tried(driver: Driver, moves: set[str]) -> None:
    """The short form goes far enough to mean something; the long one has made and been refused every move."""
    made, refused = ({move for _, move, was_made in driver.lived if was_made is each} for each in (True, False))
    if LONG:
        assert (made, refused) == (moves, moves)
    assert len(made & moves) >= len(moves) - 3
    assert len(refused & moves) >= len(moves) - 1
