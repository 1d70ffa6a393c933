"""What a child says itself is its own to share; what is hard to read is kept from it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.services.mapping.world import known
from tests.support.callers import worker

FACT, SENSITIVE = "rare_diagnosis", "life_threatening"


async def test_what_a_child_of_13_says_is_shown_unless_it_keeps_it(world):
    family = world.family(born=date(2013, 6, 18))
    child = await world.child_of(family.mother)
    await world.tell(family.child, child, known(FACT, True), known("in_school", True, share=False))
    mothers, own = await world.profile(family.mother, child), await world.profile(family.child, child)
    assert mothers[FACT]["said_by"] == "child"
    assert "in_school" not in mothers
    assert own["in_school"]["said_by"] == "you"


async def test_what_a_child_of_9_says_is_its_own_until_it_shares_it(world):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.tell(family.mother, child, known(FACT, True))
    await world.tell(family.child, child, known("in_school", True))
    assert set(await world.profile(family.child, child)) == {"in_school"}
    for query in ("", "?fact=in_school"):
        path = f"/mapping/v1/children/{child}/profile/history{query}"
        history = (await world.call(family.child, "GET", path, child=child)).json()["items"]
        assert [said["fact"] for said in history] == ["in_school"]
    assert "in_school" not in await world.profile(family.mother, child)
    await world.tell(family.child, child, known("in_school", True, share=True))
    assert (await world.profile(family.mother, child))["in_school"]["said_by"] == "child"


async def test_what_is_kept_is_in_nobody_elses_history_either(world):
    family = world.family(born=date(2013, 6, 18))
    child = await world.child_of(family.mother)
    await world.tell(family.child, child, known(FACT, True, share=False))
    path = f"/mapping/v1/children/{child}/profile/history"
    assert (await world.call(family.mother, "GET", path, child=child)).json()["items"] == []
    assert len((await world.call(family.child, "GET", path, child=child)).json()["items"]) == 1


async def test_what_is_kept_is_not_handed_to_other_services(world):
    family = world.family(born=date(2013, 6, 18))
    child = await world.child_of(family.mother)
    await world.tell(family.child, child, known(FACT, True, share=False))
    caller = replace(worker("rights", child), action="profile.read")
    handed = (await world.mapping.get(f"/internal/children/{child}/profile", caller)).json()
    assert FACT not in handed["facts"]


async def test_a_hard_fact_that_a_parent_told_is_not_shown_to_a_child_of_13(world, clock):
    family = world.family(born=date(2010, 11, 25))
    child = await world.child_of(family.mother)
    await world.tell(family.mother, child, known(SENSITIVE, True), known(FACT, True))
    own = await world.profile(family.child, child)
    assert FACT in own
    assert SENSITIVE not in own
    clock.move_to(datetime(2026, 11, 24, 23, 0, tzinfo=UTC))  # 16 at midnight in Oslo
    assert SENSITIVE in await world.profile(family.child, child)


async def test_a_guardian_cannot_keep_its_answers_to_itself(world):
    family = world.family()
    child = await world.child_of(family.mother)
    answer = await world.tell(family.mother, child, known(FACT, True, share=False))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "not-yours-to-keep")


async def test_nothing_shown_at_a_protected_address_names_the_municipality(world):
    family = world.family(protection="strictly_confidential", kommunenummer="3407")
    family.mother.protection, family.mother.kommunenummer = "strictly_confidential", "3407"
    child = await world.child_of(family.mother)
    await world.tell(family.mother, child, known(FACT, True))
    for path in ("", "/profile", "/profile/history", "/grants", "/access-log"):
        answer = await world.call(family.mother, "GET", f"/mapping/v1/children/{child}{path}", child=child)
        assert answer.status_code == 200
        assert "3407" not in answer.text
    assert "3407" not in str(await world.mapping.outbox())
