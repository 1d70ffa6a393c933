"""Applications was set back to an earlier moment and status was not: what is told from then on takes the place of the past that is no more."""

from datetime import date

from services.status.events.applications import SUBSCRIPTIONS
from shared.events.applications import ApplicationDecided, ApplicationStatus, DecisionOutcome
from tests.services.status.events.test_applications import CASE, CHILD, changed, submitted
from tests.support.clock import START
from tests.support.deliveries import consumer, deliver, in_order, parked, projection, record

DECIDED = ApplicationDecided(
    application_id=CASE,
    child_id=CHILD,
    outcome=DecisionOutcome.REFUSED,
    decided_at=date(2026, 11, 24),
    changed_at=START,
    version=3,
)
LOST = [record(submitted(), 1), record(changed(2, ApplicationStatus.RECEIVED), 2), record(DECIDED, 3)]


async def after(opened, *told):
    database = await opened("status")
    await deliver(consumer(database, SUBSCRIPTIONS), in_order([*LOST, *told]))
    assert await parked(database) == []
    rows = await projection(database.clone)
    steps = sorted((row["version"], row["status"]) for row in rows["case_timeline"])
    [case] = rows["case_file"]
    return steps, case


async def test_the_steps_of_the_lost_past_make_way_and_its_decision_too(opened):
    withdrawn = record(changed(2, ApplicationStatus.WITHDRAWN), 2, epoch=2)
    steps, case = await after(opened, withdrawn)
    assert steps == [(1, "submitted"), (2, "withdrawn")]
    assert (case["status"], case["version"], case["decision_outcome"]) == ("withdrawn", 2, None)


async def test_what_was_before_the_moment_stays(opened):
    steps, case = await after(opened, record(changed(4, ApplicationStatus.DECIDED), 4, epoch=2))
    assert [version for version, _ in steps] == [1, 2, 3, 4]
    assert case["decision_outcome"] == "refused"


async def test_a_case_sent_in_anew_begins_anew(opened):
    steps, case = await after(opened, record(submitted(), 1, epoch=2))
    assert steps == [(1, "submitted")]
    assert (case["version"], case["decision_outcome"]) == (1, None)
