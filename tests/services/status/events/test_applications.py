"""What the status service makes of the applications' events, however they come."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.status.events.applications import SUBSCRIPTIONS
from shared.auth.principals import worker
from shared.events.applications import ApplicationStatus, ApplicationStatusChanged, ApplicationSubmitted
from tests.support.clock import START
from tests.support.deliveries import MISHAPS, after, at_once, consumer, deliver, in_order, projection, record

CHILD, CASE, OTHER = UUID(int=7), UUID(int=8), UUID(int=9)
STATUSES = (
    ApplicationStatus.RECEIVED,
    ApplicationStatus.DOCUMENTATION_REQUESTED,
    ApplicationStatus.RECEIVED,
    ApplicationStatus.DECIDED,
)


def submitted(case=CASE, **more):
    given = {
        "application_id": case,
        "child_id": CHILD,
        "right_id": "hjelpestonad",
        "authority_kind": "nav",
        "authority_org": "312480018",
        **more,
    }
    return ApplicationSubmitted(**{"submitted_at": START, **given}, version=1)


def changed(version, status, case=CASE):
    return ApplicationStatusChanged(
        application_id=case, child_id=CHILD, status=status, changed_at=START + timedelta(days=version), version=version
    )


STORY = [
    record(submitted(), 1),
    *(record(changed(version, status), version) for version, status in enumerate(STATUSES, start=2)),
]


async def test_a_case_is_opened_and_each_step_is_kept(opened):
    rows = await after(opened, "status", SUBSCRIPTIONS, in_order(STORY))
    [case] = rows["case_file"]
    assert (case["subject_id"], case["status"], case["version"]) == (CHILD, "decided", 5)
    assert (case["submitted_at"], case["changed_at"]) == (START, START + timedelta(days=5))
    assert [
        (row["version"], row["status"]) for row in sorted(rows["case_timeline"], key=lambda row: row["version"])
    ] == [
        (1, "submitted"),
        (2, "received"),
        (3, "documentation-requested"),
        (4, "received"),
        (5, "decided"),
    ]


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_whatever_goes_wrong_on_the_way_the_tables_are_those_of_a_rebuild(opened, mishap):
    story = [*STORY, record(submitted(OTHER, authority_org=None), 1)]
    assert await after(opened, "status", SUBSCRIPTIONS, MISHAPS[mishap](story)) == await after(
        opened, "status", SUBSCRIPTIONS, in_order(story)
    )


async def test_a_step_that_is_missing_is_waited_for_and_other_cases_flow_on(opened):
    database = await opened("status")
    listener = consumer(database, SUBSCRIPTIONS)
    await deliver(listener, at_once([STORY[0], STORY[3], record(submitted(OTHER), 1)]))
    rows = await projection(database.clone)
    assert {(row["id"], row["version"]) for row in rows["case_file"]} == {(CASE, 1), (OTHER, 1)}


async def test_the_projection_of_one_case_or_all_is_taken_down(opened):
    database = await opened("status")
    await deliver(consumer(database, SUBSCRIPTIONS), at_once([*STORY, record(submitted(OTHER), 1)]))
    for key, left in ((OTHER, {CASE}), (uuid4(), {CASE}), (None, set())):
        async with database.begin(worker("status")) as tx:
            for subscription in SUBSCRIPTIONS:
                await subscription.reset(tx, key)
        rows = await projection(database.clone)
        assert {row["id"] for row in rows["case_file"]} == left
        assert {row["case_id"] for row in rows["case_timeline"]} == left
