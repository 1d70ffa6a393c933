"""Someone is erased: partners hear nothing more of it, and what they were told is not told again."""

from uuid import uuid4

import pytest

from gateway.delivery.events import mapping
from shared.events.mapping import PersonErased
from tests.gateway.delivery.stories import HAMAR, NAV, SUBSCRIPTIONS, Application, Complaint, Desk, play, told
from tests.support.clock import START
from tests.support.deliveries import MISHAPS, after, consumer, deliver, in_order, projection, record

LISTENERS = (*SUBSCRIPTIONS, *mapping.SUBSCRIPTIONS)
PERSONAL = ("party", "complaint")


def erasure(person):
    return record(PersonErased(erasure_id=uuid4(), person_id=person, erased_at=START))


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_whatever_happens_on_the_way_only_the_others_are_left(opened, mishap):
    gone, other = Application(NAV), Application(HAMAR)
    complaint = Complaint(child=gone.child)
    story = [*gone.records()[:2], erasure(gone.child), *gone.records()[2:], *complaint.records(), *other.records()]
    batches = MISHAPS[mishap](story)
    found = await after(opened, "gateway", LISTENERS, batches, ignoring=["id"])
    assert {row["subject_id"] for table in PERSONAL for row in found[table]} == {other.child}
    assert {row["application_id"] for row in found["notice"]} == {other.id}
    assert found == await after(opened, "gateway", LISTENERS, in_order(story), ignoring=["id"])


async def test_an_erased_childs_party_hears_no_more_of_it(opened):
    database, application = await opened("gateway"), Application(NAV)
    first, second, *rest = application.records()
    await play(database, [[first], [second]], Desk())
    before = await told(database)
    await deliver(consumer(database, LISTENERS, Desk()), [[erasure(application.child)]])
    await play(database, [rest], Desk())
    assert await told(database) == before
    assert len(before) == 2
    assert (await projection(database.clone))["party"] == []
