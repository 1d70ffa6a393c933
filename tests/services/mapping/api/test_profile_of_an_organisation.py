"""The profile for an organisation with a grant: what it sees, what it may tell."""

from datetime import date

from tests.services.mapping.world import HAMAR, known

CHILDS, MOTHERS, HOMES = "rare_diagnosis", "parent_employed", "housing_unsuitable"


async def test_a_machine_sees_the_granted_groups_of_the_child_and_of_the_giver(world):
    family = world.family()
    family.father.home = "elsewhere"
    child = await world.child_of(family.mother)
    await world.tell(
        family.mother,
        child,
        known(CHILDS, True),
        known(MOTHERS, True),
        known(HOMES, True),
        known("care_need_level", "some"),
    )
    await world.tell(family.father, child, known(MOTHERS, True))
    assert (await world.grant(family.mother, child, groups=["health", "work"])).status_code == 201
    alias = await world.alias(HAMAR, child)
    caller = await world.machine(HAMAR, "profile.read", alias)
    answer = await world.mapping.get(f"/mapping/v1/children/{child}/profile", caller)
    assert answer.status_code == 200, answer.text
    facts = {(fact["fact"], fact["guardian"]) for fact in answer.json()["facts"]}
    mother = await world.alias(HAMAR, await world.id_of(family.mother))
    assert facts == {(CHILDS, None), (MOTHERS, mother)}
    assert answer.json()["child_id"] == alias
    assert str(child) not in answer.text


async def test_a_machine_tells_in_its_groups_and_for_the_giver_only(world):
    family = world.family()
    sibling = world.register.add(date(2020, 8, 30), family.child.home)
    world.register.tie(sibling, family.mother)
    caller = await world.enter(family.mother)
    child, other = sorted(c for c in caller.subjects if str(c) != caller.id)
    await world.grant(family.mother, child, groups=["health", "work"], actions=["profile.read", "profile.write"])
    mother = await world.alias(HAMAR, await world.id_of(family.mother))
    machine = await world.machine(HAMAR, "profile.write", await world.alias(HAMAR, child))
    path, headers = f"/mapping/v1/children/{child}/profile", {"If-Match": '"1"'}
    told = {"facts": [known(CHILDS, True), known(MOTHERS, True, subject=mother)]}
    answer = await world.mapping.patch(path, machine, json=told, headers=headers)
    assert answer.status_code == 200, answer.text
    assert {row["child_id"]: row["version"] for row in await world.rows("select * from profile")} == {
        child: 2,
        other: 2,
    }
    profile = await world.profile(family.mother, other)
    assert profile[MOTHERS]["said_by"] == "organisation"
    assert profile[MOTHERS]["organisation"]["name"] == "Hamar kommune (syntetisk)"
    refused = {"facts": [known(MOTHERS, True), known(HOMES, True, subject=mother), known("care_need_level", "some")]}
    answer = await world.mapping.patch(path, machine, json=refused, headers={"If-Match": '"2"'})
    assert {(fault["field"], fault["code"]) for fault in answer.json()["errors"]} == {
        ("facts.0.subject", "missing"),
        ("facts.1.fact", "not-yours-to-tell"),
        ("facts.2.fact", "not-yours-to-tell"),
    }
