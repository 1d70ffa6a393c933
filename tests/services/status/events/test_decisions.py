"""What the status service makes of a decision, however the events come; a complaint is its own and stays through a rebuild."""

from datetime import date

import pytest

from services.status.events.applications import SUBSCRIPTIONS
from shared.auth.principals import worker
from shared.events.applications import ApplicationStatus
from tests.services.status.complaining import complaining, decided
from tests.services.status.events.test_applications import CASE, OTHER, changed, submitted
from tests.support.deliveries import MISHAPS, after, consumer, deliver, in_order, projection, record

STORY = [
    record(submitted(), 1),
    record(changed(2, ApplicationStatus.RECEIVED), 2),
    record(decided(CASE, version=3, outcome="partly", complaint_deadline=date(2027, 1, 20)), 3),
    record(changed(4, ApplicationStatus.DECIDED), 4),  # the appeal body reversed it, and applications says so
]


async def test_a_decision_is_kept_with_its_case(opened):
    [case] = (await after(opened, "status", SUBSCRIPTIONS, in_order(STORY)))["case_file"]
    assert {
        name: case[name]
        for name in ("status", "version", "decision_outcome", "decision_version", "decided_at", "notified_at")
    } == {
        "status": "decided",
        "version": 4,
        "decision_outcome": "partly",
        "decision_version": 3,
        "decided_at": date(2026, 11, 24),
        "notified_at": date(2026, 11, 24),
    }
    assert (case["complain_by"], case["complain_to"]) == (date(2027, 1, 20), "statsforvalter")


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_whatever_goes_wrong_on_the_way_the_tables_are_those_of_a_rebuild(opened, mishap):
    story = [*STORY, record(submitted(OTHER), 1), record(decided(OTHER, version=2, notified_at=None), 2)]
    assert await after(opened, "status", SUBSCRIPTIONS, MISHAPS[mishap](story)) == await after(
        opened, "status", SUBSCRIPTIONS, in_order(story)
    )


async def test_a_decision_on_a_case_that_is_missing_is_waited_for(opened):
    database = await opened("status")
    listener = consumer(database, SUBSCRIPTIONS)
    await deliver(listener, [[STORY[2]]])
    assert (await projection(database.clone))["case_file"] == []
    await deliver(listener, in_order(STORY[:2]))
    assert [row["version"] for row in (await projection(database.clone))["case_file"]] == [3]


async def test_a_complaint_outlives_the_rebuild_of_its_case(start):
    async with complaining(start) as world:
        complaint = await world.a_complaint("receipt")
        async with world.service.app.state.database.begin(worker("status")) as tx:
            for subscription in SUBSCRIPTIONS:
                await subscription.reset(tx, None)
        assert (await world.overview()).json()["items"] == []
        assert (await world.complaint(complaint["id"])).json() == complaint
