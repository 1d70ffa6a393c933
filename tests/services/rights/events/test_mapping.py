"""Profile events doubled, reversed, one missing, one late: always the newest profile, as in a rebuild from zero."""

from uuid import uuid4

import pytest

from services.rights.events.mapping import SUBSCRIPTIONS
from shared.auth.principals import worker
from shared.domain import NotFound, Unavailable
from shared.events.mapping import ProfileUpdated
from tests.services.rights.families import MOTHERS_FACTS, profile
from tests.support.deliveries import MISHAPS, after, consumer, deliver, in_order, parked, projection, record

BY_NATURE = ("id", "version", "content", "child_content")
CHILD, MOTHER = uuid4(), uuid4()
NEWEST = 4


class Mapping:
    """Stands in for mapping behind its client: gives the newest profile whatever is asked, as a by-reference read does."""

    def __init__(self, version=NEWEST, *, gone=False, away=0):
        self.version, self.gone, self.away, self.asked = version, gone, away, 0

    async def profile(self, child):
        self.asked += 1
        if self.away:
            self.away -= 1
            raise Unavailable("mapping")
        if self.gone:
            raise NotFound
        return profile(child, version=self.version, guardians=[(MOTHER, MOTHERS_FACTS)])


def events(*versions):
    return [record(ProfileUpdated(child_id=CHILD, version=version), version) for version in versions]


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_whatever_happens_on_the_way_the_rows_are_those_of_a_rebuild(opened, mishap):
    records = events(1, 2, 3, NEWEST)
    rebuilt = await after(opened, "rights", SUBSCRIPTIONS, in_order(records), clients=Mapping(), ignoring=BY_NATURE)
    found = await after(
        opened, "rights", SUBSCRIPTIONS, MISHAPS[mishap](records), clients=Mapping(), ignoring=BY_NATURE
    )
    assert found == rebuilt
    assert [row["profile_version"] for row in found["assessment"]] == [NEWEST, NEWEST]


async def test_of_several_events_of_a_child_the_profile_is_fetched_once(opened):
    database, mapping = await opened("rights"), Mapping()
    await deliver(consumer(database, SUBSCRIPTIONS, mapping), [events(1, 2, 3)])
    assert mapping.asked == 1


async def test_a_gap_is_passed_over_since_what_is_fetched_is_the_newest(opened):
    database = await opened("rights")
    await deliver(consumer(database, SUBSCRIPTIONS, Mapping()), [events(7)])
    assert await parked(database) == []
    assert [row["profile_version"] for row in (await projection(database.clone))["assessment"]] == [NEWEST, NEWEST]


async def test_a_child_that_is_gone_at_mapping_is_gone_here(opened):
    database = await opened("rights")
    await deliver(consumer(database, SUBSCRIPTIONS, Mapping()), [events(1)])
    await deliver(consumer(database, SUBSCRIPTIONS, Mapping(gone=True)), [events(2)])
    assert (await projection(database.clone))["assessment"] == []
    assert await parked(database) == []


async def test_while_mapping_is_away_the_partition_waits_and_nothing_is_parked(opened):
    database, mapping = await opened("rights"), Mapping(away=1)
    await deliver(consumer(database, SUBSCRIPTIONS, mapping), [events(1)])
    assert mapping.asked == 2
    assert await parked(database) == []
    assert len((await projection(database.clone))["assessment"]) == 2


async def test_a_reset_forgets_one_child_or_all(opened):
    database = await opened("rights")
    subscription = next(each for each in SUBSCRIPTIONS if each.event is ProfileUpdated)
    await deliver(consumer(database, SUBSCRIPTIONS, Mapping()), [events(1)])
    async with database.begin(worker("rights")) as tx:
        await subscription.reset(tx, uuid4())
    assert len((await projection(database.clone))["assessment"]) == 2
    async with database.begin(worker("rights")) as tx:
        await subscription.reset(tx, CHILD)
    assert (await projection(database.clone))["assessment"] == []
