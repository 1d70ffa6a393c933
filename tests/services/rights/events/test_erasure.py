"""Someone is erased: what was judged goes with the key, and the family's other members are judged as before."""

import json
from uuid import uuid4

import pytest

from services.rights.events.mapping import SUBSCRIPTIONS
from services.rights.store import assessments
from shared.auth.principals import worker
from shared.domain import NotFound
from shared.events.mapping import PersonErased, ProfileUpdated
from tests.services.rights.families import MOTHERS_FACTS, profile
from tests.support.clock import START
from tests.support.deliveries import MISHAPS, after, consumer, deliver, in_order, parked, record

BY_NATURE = ("id", "version", "content", "child_content")


class Mapping:
    """Stands in for mapping: hands out the profiles of all it has not erased."""

    def __init__(self, guardians, *, erased=()):
        self.guardians, self.erased = guardians, set(erased)

    async def profile(self, child):
        if child in self.erased:
            raise NotFound
        left = [(each, MOTHERS_FACTS) for each in self.guardians if each not in self.erased]
        return profile(child, version=9, guardians=left)


def erasure(person):
    return record(PersonErased(erasure_id=uuid4(), person_id=person, erased_at=START))


def told(child, *versions):
    return [record(ProfileUpdated(child_id=child, version=version), version) for version in versions]


def whose(rows):
    return {(row["subject_id"], row["applicant_id"]) for row in rows["assessment"]}


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_of_an_erased_child_nothing_judged_is_left(opened, mishap):
    child, sibling, mother = uuid4(), uuid4(), uuid4()
    story = [*told(child, 1, 2), erasure(child), *told(child, 3), *told(sibling, 1)]
    clients = Mapping([mother], erased=[child])
    found = await after(opened, "rights", SUBSCRIPTIONS, MISHAPS[mishap](story), clients=clients, ignoring=BY_NATURE)
    assert whose(found) == {(sibling, None), (sibling, mother)}
    assert found == await after(opened, "rights", SUBSCRIPTIONS, in_order(story), clients=clients, ignoring=BY_NATURE)


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_without_an_erased_guardian_the_child_and_the_other_go_on(opened, mishap):
    child, mother, father = uuid4(), uuid4(), uuid4()
    story = [*told(child, 1), erasure(father), *told(child, 2)]
    clients = Mapping([mother, father], erased=[father])
    found = await after(opened, "rights", SUBSCRIPTIONS, MISHAPS[mishap](story), clients=clients, ignoring=BY_NATURE)
    assert whose(found) == {(child, None), (child, mother)}


async def test_a_profile_fetched_before_the_erasure_stops_no_worker(opened):
    """Mapping still hands the erased child out: a fetch that was under way. The key is gone, so nothing is kept and nothing is parked."""
    database, child, mother = await opened("rights"), uuid4(), uuid4()
    listener = consumer(database, SUBSCRIPTIONS, Mapping([mother]))
    await deliver(listener, in_order([*told(child, 1), erasure(child), *told(child, 2), *told(uuid4(), 1)]))
    assert await parked(database) == []
    assert await database.clone.rows("select 1 from assessment where subject_id = :child", child=child) == []


async def test_a_guardian_erased_while_the_profile_was_fetched_stops_no_worker(opened):
    database, child, father = await opened("rights"), uuid4(), uuid4()
    mapping = Mapping([father])
    listener = consumer(database, SUBSCRIPTIONS, mapping)
    await deliver(listener, in_order([*told(child, 1), erasure(father), *told(child, 2)]))
    assert await parked(database) == []
    mapping.erased.add(father)
    await deliver(listener, in_order(told(child, 3)))
    rows = await database.clone.rows("select subject_id, applicant_id from assessment")
    assert whose({"assessment": rows}) == {(child, None)}


async def test_a_row_whose_key_went_first_hides_from_readers_and_hinders_nobody(opened):
    database, child, father = await opened("rights"), uuid4(), uuid4()
    listener = consumer(database, SUBSCRIPTIONS, Mapping([father]))
    await deliver(listener, in_order(told(child, 1)))
    async with database.begin(worker("rights")) as tx:
        tx.sealer.keys.destroy(father)
        assert [each.applicant_id for each in await assessments.of_child(tx, child, applicant=father)] == [None]
        assert set(await assessments.lock_of_child(tx, child)) == {None}


async def test_what_is_told_of_an_erasure_is_two_ids_and_a_moment(opened):
    assert set(json.loads(erasure(uuid4()).value)) == {"erasure_id", "person_id", "erased_at"}
