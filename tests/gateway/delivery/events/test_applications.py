from datetime import timedelta

import pytest

from gateway.delivery.events.applications import SUBSCRIPTIONS
from shared.auth.principals import worker
from shared.events.applications import ApplicationStatus
from shared.kafka.inbox import forget
from tests.gateway.delivery.stories import DUE, HAMAR, NAV, Application, due, rows
from tests.support.clock import START
from tests.support.deliveries import (
    MISHAPS,
    SilentResend,
    after,
    consumer,
    deliver,
    in_order,
    parked,
    projection,
    record,
)


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_whatever_happens_on_the_way_the_notes_equal_a_rebuild_from_nothing(opened, mishap):
    told = [*Application(NAV).records(), *Application(None).records()]
    expected = await after(opened, "gateway", SUBSCRIPTIONS, in_order(told), ignoring=["id"])
    lives = [told[:4], told[4:]]
    batches = [batch for life in lives for batch in MISHAPS[mishap](life)]
    assert await after(opened, "gateway", SUBSCRIPTIONS, batches, ignoring=["id"]) == expected
    assert [len(expected[table]) for table in ("party", "notice", "stream")] == [2, 8, 0]


async def test_a_gap_waits_and_its_producer_is_known(opened):
    database, application = await opened("gateway"), Application()
    first, second, third, _ = application.records()
    asking = SilentResend()
    hearing = consumer(database, SUBSCRIPTIONS, resend=asking)
    await deliver(hearing, [[first], [third]])
    assert await parked(database) == [("gap", "an earlier version is missing")]
    assert len(await due(database)) == 1
    await deliver(hearing, [[second]])
    assert await parked(database) == []
    assert len(await due(database)) == 3


async def test_each_happening_is_noted_with_one_note_to_the_worker_itself(opened):
    database, application = await opened("gateway"), Application()
    await deliver(consumer(database, SUBSCRIPTIONS), [application.records()])
    outbox = await rows(database)
    assert [(row["topic"], row["key"], row["version"]) for row in outbox] == [(DUE, application.id, 1)] * 4


async def test_a_protected_childs_authority_is_nowhere(opened):
    database, application = await opened("gateway"), Application(None)
    await deliver(consumer(database, SUBSCRIPTIONS), [application.records()])
    everything = repr(await projection(database.clone)) + repr(await rows(database))
    assert "authority_org" not in everything
    assert HAMAR not in everything


async def test_a_change_of_an_application_whose_child_is_gone_is_nobodys(opened):
    database, application = await opened("gateway"), Application()
    first, second, *_ = application.records()
    hearing = consumer(database, SUBSCRIPTIONS)
    await deliver(hearing, [[first]])
    async with database.begin(worker("gateway")) as tx:
        await SUBSCRIPTIONS[0].reset(tx, application.id)
    await deliver(hearing, [[second]])
    assert len(await due(database)) == 1
    assert await database.clone.rows("select * from party") == []


async def test_a_replay_makes_the_parties_anew_and_tells_nothing_twice(opened):
    database, application = await opened("gateway"), Application()
    life = application.records()
    await deliver(consumer(database, SUBSCRIPTIONS), [life])
    await database.clone.rows("update notice set settled_at = occurred_at where source_version < 4")
    before = await projection(database.clone, ["id"])
    async with database.begin(worker("gateway")) as tx:
        await forget(tx, "gateway", application.id)
        await SUBSCRIPTIONS[0].reset(tx, application.id)
    await deliver(consumer(database, SUBSCRIPTIONS), in_order(life))
    assert await projection(database.clone, ["id"]) == before
    assert len(await due(database)) == 5  # four, and once more the one that nobody had been told of


async def test_after_the_producer_was_restored_to_an_earlier_point_the_same_version_is_another_happening(opened):
    database, application = await opened("gateway"), Application()
    first, second, *_ = application.records()
    other = application.changed(ApplicationStatus.WITHDRAWN, 2, at=START + timedelta(days=9))
    await deliver(consumer(database, SUBSCRIPTIONS), [[first], [second], [record(other, 2, epoch=2)]])
    noted = await database.clone.rows("select source_version, status from notice order by id")
    assert [tuple(row.values()) for row in noted] == [(1, "submitted"), (2, "received"), (2, "withdrawn")]
