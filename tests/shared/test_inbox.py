"""The way in: each effect exactly once, gaps wait or are passed over, a poisoned event holds up its own key only."""

from uuid import uuid4

import pytest

from shared.auth.principals import worker
from shared.domain import Unavailable
from shared.events.applications import ApplicationStatus, ApplicationStatusChanged, ApplicationSubmitted
from shared.events.mapping import ProfileUpdated
from shared.kafka.inbox import forget, gaps_to_ask_about
from tests.shared.toy import BY_REFERENCE, PROJECTION, Profiles, reset_steps
from tests.support.clock import START
from tests.support.deliveries import (
    MISHAPS,
    SilentResend,
    after,
    consumer,
    deliver,
    in_order,
    parked,
    poisoned,
    projection,
    record,
)


def story(application=None, length=5):
    """An application's events, first to last."""
    application, child = application or uuid4(), uuid4()
    first = ApplicationSubmitted(
        application_id=application,
        child_id=child,
        right_id="hjelpestonad",
        authority_kind="nav",
        authority_org=None,
        submitted_at=START,
        version=1,
    )
    later = [
        ApplicationStatusChanged(
            application_id=application,
            child_id=child,
            status=ApplicationStatus.RECEIVED,
            changed_at=START,
            version=version,
        )
        for version in range(2, length + 1)
    ]
    return [record(event, event.version) for event in (first, *later)]


async def steps(database):
    return [(row["version"], row["place"]) for row in await database.clone.rows("select * from step order by place")]


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_a_projection_is_the_same_whatever_happens_on_the_way(toy, mishap):
    told = story()
    assert await after(toy, "status", PROJECTION, MISHAPS[mishap](told)) == await after(
        toy, "status", PROJECTION, in_order(told)
    )


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_a_reader_by_reference_is_the_same_whatever_happens_on_the_way(toy, mishap):
    child, profiles = uuid4(), Profiles()
    profiles.versions[child] = 5
    told = [record(ProfileUpdated(child_id=child, version=version), version) for version in range(1, 6)]
    rebuilt = await after(toy, "rights", BY_REFERENCE, in_order(told), clients=profiles)
    assert await after(toy, "rights", BY_REFERENCE, MISHAPS[mishap](told), clients=profiles) == rebuilt
    assert rebuilt["seen_profile"] == [{"child_id": child, "version": 5}]


async def test_an_event_that_comes_again_has_no_effect(toy):
    database, told = await toy("status"), story(length=2)
    listener = consumer(database, PROJECTION)
    await deliver(listener, [told, told, [told[0]]])
    assert await steps(database) == [(1, 1), (2, 2)]
    assert (listener.counts.applied, listener.counts.duplicate) == (2, 3)


async def test_an_older_version_under_a_new_id_is_dropped_and_counted(toy):
    database, told = await toy("status"), story(length=3)
    listener = consumer(database, PROJECTION)
    await deliver(listener, [told, [record(ApplicationStatusChanged.model_validate_json(told[1].value), 2)]])
    assert await steps(database) == [(1, 1), (2, 2), (3, 3)]
    assert listener.counts.older == 1


async def test_after_a_gap_a_projection_waits_and_asks_for_what_is_missing(toy, clock):
    database, told = await toy("status"), story()
    application = ApplicationSubmitted.model_validate_json(told[0].value).application_id
    await deliver(consumer(database, PROJECTION), [told[:2], told[3:]])
    assert await steps(database) == [(1, 1), (2, 2)]
    async with database.begin(worker("status")) as tx:
        asked = await gaps_to_ask_about(tx, "status", asked_before=clock.now())
    assert asked == [("somlos.applications.application.v1", application, 3)]
    async with database.begin(worker("status")) as tx:
        assert await gaps_to_ask_about(tx, "status", asked_before=clock.now()) == []
    await deliver(consumer(database, PROJECTION), [[told[2]]])
    assert [version for version, _ in await steps(database)] == [1, 2, 3, 4, 5]
    assert await parked(database) == []


async def test_a_gap_holds_up_its_own_key_only(toy):
    database, broken, whole = await toy("status"), story(), story()
    await deliver(consumer(database, PROJECTION), [[broken[0], whole[0], broken[2], whole[1], whole[2]]])
    assert sorted(version for version, _ in await steps(database)) == [1, 1, 2, 3]


async def test_a_reader_by_reference_passes_over_a_gap(toy):
    database, child, profiles = await toy("rights"), uuid4(), Profiles()
    profiles.versions[child] = 9
    await deliver(consumer(database, BY_REFERENCE, profiles), [[record(ProfileUpdated(child_id=child, version=9), 9)]])
    assert await database.clone.rows("select version from seen_profile") == [{"version": 9}]
    assert await parked(database) == []


async def test_of_a_child_in_one_batch_only_the_newest_is_fetched(toy):
    database, child, profiles = await toy("rights"), uuid4(), Profiles()
    profiles.versions[child] = 3
    told = [record(ProfileUpdated(child_id=child, version=version), version) for version in (1, 2, 3)]
    await deliver(consumer(database, BY_REFERENCE, profiles), [told])
    assert profiles.asked == [child]


async def test_when_the_subject_is_gone_its_rows_go_and_the_event_is_done(toy):
    database, child, profiles = await toy("rights"), uuid4(), Profiles()
    profiles.versions[child] = 1
    listener = consumer(database, BY_REFERENCE, profiles)
    await deliver(listener, [[record(ProfileUpdated(child_id=child, version=1), 1)]])
    del profiles.versions[child]
    await deliver(listener, [[record(ProfileUpdated(child_id=child, version=2), 2)]])
    assert await database.clone.rows("select * from seen_profile") == []
    assert await parked(database) == []


async def test_the_first_event_of_a_higher_epoch_is_applied_whatever_its_version(toy):
    database, told = await toy("status"), story(length=3)
    restored = ApplicationStatusChanged.model_validate_json(told[1].value)
    await deliver(consumer(database, PROJECTION), [told, [record(restored, 2, epoch=2)]])
    assert [version for version, _ in await steps(database)] == [1, 2, 3, 2]


async def test_an_event_of_an_earlier_epoch_is_older(toy):
    database, told = await toy("status"), story(length=3)
    restored = ApplicationStatusChanged.model_validate_json(told[1].value)
    listener = consumer(database, PROJECTION)
    await deliver(listener, [[told[0]], [record(restored, 2, epoch=2)], [told[1]], [told[2]]])
    assert listener.counts.older == 2


async def test_a_poisoned_event_is_parked_with_the_later_ones_of_its_key_and_others_flow_on(toy):
    database, sick, well = await toy("status"), story(), story()
    listener = consumer(database, PROJECTION)
    await deliver(listener, [[sick[0], poisoned(sick[1]), well[0], sick[2], well[1]], [sick[3], well[2]]])
    assert [cause for cause, _ in await parked(database)] == ["poison", "behind", "behind"]
    assert sorted(version for version, _ in await steps(database)) == [1, 1, 2, 3]


async def test_what_is_told_of_a_parked_event_holds_no_payload(toy):
    database, sick = await toy("status"), story(length=2)
    await deliver(consumer(database, PROJECTION), [[sick[0], poisoned(sick[1])]])
    [told] = await database.clone.rows("select topic, data from outbox")
    assert told["topic"] == "somlos.status.dead-letter.v1"
    assert "of use" not in told["data"]


async def test_a_record_that_is_no_event_is_parked_and_not_skipped(toy):
    database, [first] = await toy("status"), story(length=1)
    nothing = type(first)(first.topic, 0, 9, first.key, b"not json", ())
    await deliver(consumer(database, PROJECTION), [[nothing]])
    assert [cause for cause, _ in await parked(database)] == ["poison"]


async def test_a_type_that_nobody_listens_to_is_not_ours(toy):
    database, listener = await toy("status"), None
    listener = consumer(database, PROJECTION[:1])
    await deliver(listener, [[story()[1]]])
    assert await parked(database) == []


async def test_a_parked_key_flows_again_when_it_is_forgotten_and_read_anew(toy):
    database, told = await toy("status"), story(length=4)
    listener = consumer(database, PROJECTION)
    await deliver(listener, [[told[0], poisoned(told[1]), told[2]]])
    application = ApplicationSubmitted.model_validate_json(told[0].value).application_id
    async with database.begin(worker("status")) as tx:
        await forget(tx, "status", application)
        await reset_steps(tx, application)
    await deliver(listener, [told])
    assert [version for version, _ in await steps(database)] == [1, 2, 3, 4]
    assert await parked(database) == []


async def test_a_fault_of_the_event_is_tried_three_times_more_and_then_parked(toy):
    database, child, profiles = await toy("rights"), uuid4(), Profiles()
    profiles.fault = ValueError("cannot be understood")
    listener = consumer(database, BY_REFERENCE, profiles)
    await deliver(listener, [[record(ProfileUpdated(child_id=child, version=1), 1)]])
    assert len(profiles.asked) == 1 + 1 + len(listener.rhythm.pauses)
    assert await parked(database) == [("poison", "ValueError")]


async def test_while_what_it_depends_on_is_away_the_partition_waits_and_nothing_is_parked(toy):
    database, child, profiles = await toy("rights"), uuid4(), AwayAtFirst(2)
    profiles.versions[child] = 1
    await deliver(consumer(database, BY_REFERENCE, profiles), [[record(ProfileUpdated(child_id=child, version=1), 1)]])
    assert len(profiles.asked) == 3
    assert await parked(database) == []
    assert await database.clone.rows("select version from seen_profile") == [{"version": 1}]


class AwayAtFirst(Profiles):
    """Unavailable so many times, then well."""

    def __init__(self, times):
        super().__init__()
        self.times = times

    async def version(self, child):
        self.fault = Unavailable("mapping") if self.times > 0 else None
        self.times -= 1
        return await super().version(child)


async def test_an_effect_and_its_inbox_row_come_together_or_not_at_all(toy):
    database, told = await toy("status"), story(length=2)
    listener = consumer(database, PROJECTION)
    await database.clone.rows("alter table status.step add constraint none check (version < 2)")
    await deliver(listener, [told])
    assert await steps(database) == [(1, 1)]
    await database.clone.rows("alter table status.step drop constraint none")
    seen = await database.clone.rows("select count(*) as n from inbox")
    assert seen == [{"n": 2}]
    assert [cause for cause, _ in await parked(database)] == ["poison"]


async def test_a_missing_event_is_asked_of_its_producer_by_name(toy):
    resend = SilentResend()
    database, told = await toy("status"), story()
    listener = consumer(database, PROJECTION, resend=resend)
    await deliver(listener, [[told[0]], [told[2]]])
    assert await projection(database.clone)
    assert [cause for cause, _ in await parked(database)] == ["gap"]
