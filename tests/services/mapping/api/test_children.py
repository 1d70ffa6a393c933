"""The children a person may see."""

from datetime import UTC, date, datetime

from tests.support.callers import machine


async def test_a_mother_sees_her_children_the_eldest_first_and_not_herself(world):
    family = world.family()
    sibling = world.register.add(date(2020, 8, 30), family.child.home, name="Rask Prøve")
    world.register.tie(sibling, family.mother)
    answer = await world.call(family.mother, "GET", "/mapping/v1/children")
    assert answer.status_code == 200, answer.text
    assert [(c["name"], c["age"], c["ground"], c["profile_version"]) for c in answer.json()["items"]] == [
        ("Blid Prøve", 9, "guardian", 1),
        ("Rask Prøve", 6, "guardian", 1),
    ]
    blid = answer.json()["items"][0]
    assert [(g["kind"], g["you"], g["acts"]) for g in sorted(blid["guardians"], key=lambda g: g["kind"])] == [
        ("father", False, True),
        ("mother", True, True),
    ]
    assert "3403" not in answer.text
    one = await world.call(family.mother, "GET", f"/mapping/v1/children/{blid['id']}", child=blid["id"])
    assert one.json() == blid


async def test_a_youth_sees_itself(world):
    family = world.family(born=date(2010, 7, 12))
    answer = await world.call(family.child, "GET", "/mapping/v1/children")
    assert [(c["name"], c["ground"]) for c in answer.json()["items"]] == [("Blid Prøve", "self")]


async def test_a_young_adult_without_guardians_has_a_profile_and_an_older_person_has_none(world, clock):
    young = world.register.add(date(2004, 1, 1))
    older = world.register.add(date(1988, 1, 1))
    assert len((await world.call(young, "GET", "/mapping/v1/children")).json()["items"]) == 1
    assert (await world.call(older, "GET", "/mapping/v1/children")).json()["items"] == []
    clock.move_to(datetime(2032, 1, 1, 12, tzinfo=UTC))
    assert len((await world.call(young, "GET", "/mapping/v1/children")).json()["items"]) == 1


async def test_a_protected_child_is_shown_as_protected_and_without_place(world):
    family = world.family(protection="confidential", kommunenummer="3407")
    family.mother.protection = "confidential"
    answer = await world.call(family.mother, "GET", "/mapping/v1/children")
    assert answer.json()["items"][0]["protected_address"] is True
    assert "3407" not in answer.text


async def test_a_child_that_has_died_stays_as_old_as_it_was_and_the_day_is_told(world):
    family = world.family(born=date(2021, 1, 8), died=date(2026, 6, 14))
    child = (await world.call(family.mother, "GET", "/mapping/v1/children")).json()["items"][0]
    assert (child["age"], child["died"]) == (5, "2026-06-14")


async def test_of_a_living_child_no_day_of_death_is_told(world):
    family = world.family()
    assert (await world.call(family.mother, "GET", "/mapping/v1/children")).json()["items"][0]["died"] is None


async def test_a_machine_and_nobody_have_no_children(world):
    assert (await world.mapping.get("/mapping/v1/children", machine("312482754"))).status_code == 403
    assert (await world.mapping.get("/mapping/v1/children")).status_code == 401
