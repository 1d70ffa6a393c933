"""Someone is erased: the timelines go and stay away, whatever comes late, and complaints cannot be read any more."""

from uuid import UUID, uuid4

import pytest

from services.status.events import applications, mapping
from shared.auth.principals import worker
from shared.domain import Erased
from shared.events.mapping import PersonErased
from tests.services.status.events.test_applications import CHILD, OTHER, STORY, submitted
from tests.support.clock import START
from tests.support.deliveries import MISHAPS, after, at_once, consumer, deliver, in_order, parked, projection, record

SUBSCRIPTIONS = (*applications.SUBSCRIPTIONS, *mapping.SUBSCRIPTIONS)
SIBLING = UUID(int=11)


def erasure(person=CHILD):
    return record(PersonErased(erasure_id=uuid4(), person_id=person, erased_at=START))


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_whatever_goes_wrong_on_the_way_only_the_sibling_is_left(opened, mishap):
    told = [*STORY[:3], erasure(), *STORY[3:], record(submitted(OTHER, child_id=SIBLING), 1)]
    found = await after(opened, "status", SUBSCRIPTIONS, MISHAPS[mishap](told))
    assert {row["subject_id"] for table in ("case_file", "case_timeline") for row in found[table]} == {SIBLING}
    assert found == await after(opened, "status", SUBSCRIPTIONS, in_order(told))


async def test_a_late_step_of_an_erased_child_parks_nothing(opened):
    database = await opened("status")
    listener = consumer(database, SUBSCRIPTIONS)
    await deliver(listener, in_order([*STORY[:3], erasure(), *STORY[3:], erasure()]))
    assert await parked(database) == []
    assert listener.counts.applied == len(STORY) + 2


async def test_what_was_sealed_opens_no_more_and_nothing_new_is_sealed(opened):
    database, row = await opened("status"), uuid4()
    place = {"table": "complaint", "column": "said", "row": row}
    async with database.begin(worker("status")) as tx:
        sealed = tx.seal(CHILD, b"words", **place)
    await deliver(consumer(database, SUBSCRIPTIONS), at_once([erasure()]))
    async with database.begin(worker("status")) as tx:
        with pytest.raises(Erased):
            tx.unseal(CHILD, sealed, **place)
        with pytest.raises(Erased):
            tx.seal(CHILD, b"words", **place)
        assert tx.unseal(SIBLING, tx.seal(SIBLING, b"words", **place), **place) == b"words"


async def test_a_replay_brings_nobody_back(opened):
    database = await opened("status")
    told = [*STORY, erasure(), record(submitted(OTHER, child_id=SIBLING), 1)]
    listener = consumer(database, SUBSCRIPTIONS)
    await deliver(listener, in_order(told))
    async with database.begin(worker("status")) as tx:
        for reset in {each.reset for each in SUBSCRIPTIONS}:
            await reset(tx, None)
    await database.clone.rows("delete from inbox")
    await database.clone.rows("delete from inbox_sequence")
    await deliver(listener, in_order(told))
    assert {row["subject_id"] for row in (await projection(database.clone))["case_file"]} == {SIBLING}
