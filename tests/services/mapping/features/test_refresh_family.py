"""A new answer of the register: what is kept, and whose profiles it changes."""

import asyncio
from datetime import date, timedelta

from tests.services.mapping.world import known

UPDATED = "no.somlos.profile.updated.v1"


async def versions(world):
    return {row["child_id"]: row["version"] for row in await world.rows("select child_id, version from profile")}


async def test_the_first_sight_of_a_child_is_its_first_version_and_is_told_once(world):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.enter(family.father)
    await world.enter(family.mother)
    assert await versions(world) == {child: 1}
    assert [(e["aggregate_id"], e["version"]) for e in await world.mapping.outbox(UPDATED)] == [(child, 1)]


async def test_an_unchanged_answer_changes_nothing(world, clock):
    family = world.family()
    child = await world.child_of(family.mother)
    before = await world.rows("select * from guardianship order by guardian_id")
    clock.forward(timedelta(hours=2))
    await world.enter(family.mother)
    assert await versions(world) == {child: 1}
    assert await world.rows("select * from guardianship order by guardian_id") == before


async def test_a_name_that_changes_is_kept_and_changes_no_profile(world, clock):
    family = world.family()
    child = await world.child_of(family.mother)
    family.child.name = "Ny Prøve"
    clock.forward(timedelta(hours=2))
    answer = await world.call(family.mother, "GET", "/mapping/v1/children")
    assert answer.json()["items"][0]["name"] == "Ny Prøve"
    assert await versions(world) == {child: 1}


async def test_a_guardian_who_moves_changes_every_child_of_that_guardian_also_those_seen_through_another(world, clock):
    family = world.family()
    half_sibling = world.register.add(date(2012, 1, 1), "with the other mother")
    world.register.tie(half_sibling, family.father, "father")
    await world.enter(family.father)
    assert len(await versions(world)) == 2
    family.father.home = "a new home"
    clock.forward(timedelta(hours=2))
    await world.enter(family.mother)
    assert set((await versions(world)).values()) == {2}
    assert len(await world.mapping.outbox(UPDATED)) == 4


async def test_a_new_sibling_gets_a_profile_and_the_number_of_children_reaches_the_elder(world, clock):
    family = world.family()
    child = await world.child_of(family.mother)
    newborn = world.register.add(date(2026, 11, 24), family.child.home)
    world.register.tie(newborn, family.mother)
    clock.forward(timedelta(hours=2))
    assert (await world.profile(family.mother, child))["number_of_children"]["value"] == 2
    assert sorted((await versions(world)).values()) == [1, 2]


async def test_a_relation_that_ends_is_kept_as_ended(world, clock):
    family = world.family()
    await world.enter(family.mother)
    world.register.relations[0]["acts"] = False
    clock.forward(timedelta(hours=2))
    await world.enter(family.father)
    rows = await world.rows("select acts, cares from guardianship order by acts")
    assert [(row["acts"], row["cares"]) for row in rows] == [(False, False), (True, True)]


async def test_two_first_logins_at_once_make_one_family(world):
    family = world.family()
    sibling = world.register.add(date(2020, 8, 30), family.child.home)
    world.register.tie(sibling, family.mother)
    world.register.tie(sibling, family.father, "father")
    await asyncio.gather(
        *(world.enter(person) for person in (family.mother, family.father, family.mother, family.father))
    )
    assert len(await world.rows("select id from person")) == 4
    assert len(await world.rows("select id from household")) == 1
    assert set((await versions(world)).values()) == {1}


async def test_a_step_family_does_not_share_what_is_said_of_a_home(world):
    family = world.family()
    partner = world.register.add(date(1985, 1, 1), family.mother.home)
    family.father.home = "elsewhere"
    partners_child = world.register.add(date(2015, 1, 1), family.mother.home)
    world.register.tie(partners_child, partner, "father")
    child, other = await world.child_of(family.mother), await world.child_of(partner)
    await world.tell(family.mother, child, known("housing_unsuitable", True))
    assert "housing_unsuitable" not in await world.profile(partner, other)


async def test_a_register_that_contradicts_itself_counts_as_away(world):
    family = world.family()
    del world.register.persons[family.father.number]
    world.register.relations[1]["acts"] = True
    family.child.home = "x"
    answer = await world.asks(family.mother, "child.read")
    assert answer.status_code == 503
