"""The profile over HTTP: told, read, refused."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from tests.services.mapping.world import known
from tests.support.callers import citizen

CHILDS, MOTHERS, HOMES, RELATION = "rare_diagnosis", "parent_employed", "housing_unsuitable", "heavy_care_burden"


async def test_what_is_told_is_read_back_with_who_said_it(world):
    family = world.family()
    child = await world.child_of(family.mother)
    answer = await world.tell(family.mother, child, known(CHILDS, True))
    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == '"2"'
    profile = await world.profile(family.mother, child)
    assert profile[CHILDS]["value"] is True
    assert profile[CHILDS]["said_by"] == "you"
    assert (profile["birth_date"]["value"], profile["birth_date"]["source"]) == ("2017-04-21", "register")
    assert (await world.profile(family.father, child))[CHILDS]["said_by"] == "guardian"


async def test_every_type_of_value_comes_back_as_it_was_told(world):
    family = world.family()
    child = await world.child_of(family.mother)
    values = {
        "serious_condition": False,
        "care_need_level": "considerable",
        "diagnosis_groups": ["rare_disease", "epilepsy"],
        "unpaid_care_hours_per_week": 12.5,
        "documented_extra_expenses_nok_per_year": 14000,
    }
    answer = await world.tell(family.mother, child, *(known(fact, value) for fact, value in values.items()))
    assert answer.status_code == 200, answer.text
    profile = await world.profile(family.mother, child)
    assert {fact: profile[fact]["value"] for fact in values} == values


async def test_a_change_without_if_match_is_428_and_a_stale_one_412(world):
    family = world.family()
    child = await world.child_of(family.mother)
    path, body = f"/mapping/v1/children/{child}/profile", {"facts": [known(CHILDS, True)]}
    missing = await world.call(family.mother, "PATCH", path, child=child, json=body)
    assert missing.status_code == 428
    assert (await world.tell(family.mother, child, known(CHILDS, True), version=1)).status_code == 200
    assert (await world.tell(family.father, child, known(CHILDS, False), version=1)).status_code == 412
    malformed = await world.call(family.mother, "PATCH", path, child=child, json=body, headers={"If-Match": "*"})
    assert malformed.status_code == 400


async def test_one_fault_and_nothing_is_stored(world):
    family = world.family()
    child = await world.child_of(family.mother)
    answer = await world.tell(
        family.mother,
        child,
        known(CHILDS, True),
        known("child_age", 9),
        known("unpaid_care_hours_per_week", 200),
        {"fact": "parent_employed", "subject": str(child), "state": "known", "value": True},
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    faults = {fault["field"]: (fault["code"], fault["expected"]) for fault in answer.json()["errors"]}
    assert set(faults) == {"facts.1.fact", "facts.2.value", "facts.3.subject"}
    assert faults["facts.2.value"] == ("out-of-range", "a number from 0 to 168 hours/week")
    assert await world.rows("select * from fact") == []
    assert await world.mapping.outbox("no.somlos.profile.updated.v1") != []
    assert [row["version"] for row in await world.rows("select version from profile")] == [1]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"facts": []},
        {"facts": [{"fact": CHILDS, "secret": 1}]},
        {"facts": [{"state": "known"}]},
        {"facts": [{"fact": CHILDS, "state": "sure"}]},
    ],
)
async def test_a_body_of_the_wrong_shape_is_422_and_names_the_field(world, body):
    family = world.family()
    child = await world.child_of(family.mother)
    path = f"/mapping/v1/children/{child}/profile"
    answer = await world.call(family.mother, "PATCH", path, child=child, json=body, headers={"If-Match": '"1"'})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].startswith("facts")


async def test_a_guardians_fact_serves_every_child_and_gives_each_a_version_and_an_event(world):
    family = world.family()
    sibling = world.register.add(date(2020, 8, 30), family.child.home)
    world.register.tie(sibling, family.mother)
    await world.enter(family.mother)
    caller = await world.enter(family.mother)
    children = sorted(child for child in caller.subjects if str(child) != caller.id)
    assert len(children) == 2
    answer = await world.tell(family.mother, children[0], known(MOTHERS, True), known(HOMES, True))
    assert answer.status_code == 200, answer.text
    versions = await world.rows("select child_id, version from profile order by child_id")
    assert [(row["child_id"], row["version"]) for row in versions] == [(child, 2) for child in children]
    told = [(e["aggregate_id"], e["version"]) for e in await world.mapping.outbox("no.somlos.profile.updated.v1")]
    assert sorted(told) == sorted((child, version) for child in children for version in (1, 2))
    for child in children:
        profile = await world.profile(family.mother, child)
        assert profile[MOTHERS]["value"] is True
        assert profile[HOMES]["value"] is True


async def test_a_relations_fact_is_about_one_child_only(world):
    family = world.family()
    sibling = world.register.add(date(2020, 8, 30), family.child.home)
    world.register.tie(sibling, family.mother)
    caller = await world.enter(family.mother)
    one, other = sorted(child for child in caller.subjects if str(child) != caller.id)
    await world.tell(family.mother, one, known(RELATION, True))
    assert (await world.profile(family.mother, one))[RELATION]["value"] is True
    assert RELATION not in await world.profile(family.mother, other)
    assert {row["child_id"]: row["version"] for row in await world.rows("select * from profile")} == {one: 2, other: 1}


async def test_two_who_tell_at_once_do_not_overwrite_each_other(world):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.enter(family.father)
    answers = await asyncio.gather(
        world.tell(family.mother, child, known(CHILDS, True), version=1),
        world.tell(family.father, child, known(CHILDS, False), version=1),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]


async def test_guardians_who_tell_of_themselves_at_once_through_two_children_both_get_through(world):
    family = world.family()
    sibling = world.register.add(date(2020, 8, 30), family.child.home)
    world.register.tie(sibling, family.mother)
    world.register.tie(sibling, family.father, "father")
    caller = await world.enter(family.mother)
    one, other = sorted(child for child in caller.subjects if str(child) != caller.id)
    await world.enter(family.father)
    for version in range(1, 11, 2):
        answers = await asyncio.gather(
            world.tell(family.mother, one, known(MOTHERS, True), version=version),
            world.tell(family.father, other, known(MOTHERS, True), version=version),
        )
        codes = sorted(answer.status_code for answer in answers)
        assert codes in ([200, 200], [200, 412])
        if codes == [200, 412]:
            assert (await world.tell(family.mother, one, known(MOTHERS, False))).status_code == 200


async def test_the_other_guardians_own_facts_are_never_shown(world):
    family = world.family()
    family.father.home = "elsewhere"
    child = await world.child_of(family.mother)
    await world.tell(family.father, child, known(MOTHERS, True), known(RELATION, True), known(HOMES, True))
    mothers = await world.profile(family.mother, child)
    assert not {MOTHERS, RELATION, HOMES} & set(mothers)
    assert {MOTHERS, RELATION, HOMES} <= set(await world.profile(family.father, child))


@pytest.mark.parametrize(
    ("language", "text"), [("nb", "Svarene er ulike"), ("nn", "Svara er ulike"), ("en", "The answers differ")]
)
async def test_answers_that_differ_are_shown_as_that_and_no_more(world, language, text):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.tell(family.mother, child, known(CHILDS, True))
    await world.tell(family.father, child, known(CHILDS, False))
    for person in (family.mother, family.father):
        path = f"/mapping/v1/children/{child}/profile"
        answer = await world.call(person, "GET", path, child=child, headers={"Accept-Language": language})
        (fact,) = [each for each in answer.json()["facts"] if each["fact"] == CHILDS]
        assert (fact["state"], fact["text"], fact["value"], fact["said_by"]) == ("conflict", text, None, None)


async def test_parents_in_one_home_are_heard_together_about_it(world):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.tell(family.mother, child, known(HOMES, True))
    assert (await world.profile(family.father, child))[HOMES]["value"] is True
    await world.tell(family.father, child, known(HOMES, False))
    assert (await world.profile(family.mother, child))[HOMES]["state"] == "conflict"


async def test_who_moves_begins_with_an_empty_home(world, clock):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.tell(family.mother, child, known(HOMES, True))
    family.mother.home = "a new one"
    clock.move_to(datetime(2026, 11, 25, 10, tzinfo=UTC))
    assert HOMES not in await world.profile(family.mother, child)


async def test_values_names_and_numbers_lie_sealed(world):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.tell(family.mother, child, known("diagnosis_groups", ["rare_disease"]))
    (fact,) = await world.rows("select value from fact")
    assert b"rare_disease" not in fact["value"]
    for row in await world.rows("select name, national_id, lookup from person"):
        for column in row.values():
            assert b"Pr\xc3\xb8ve" not in column
            assert family.child.number.encode() not in column


async def test_a_caller_whose_token_names_another_child_gets_404(world):
    family, other = world.family(), world.family()
    child, others = await world.child_of(family.mother), await world.child_of(other.mother)
    caller = await world.enter(family.mother, "profile.read", child)
    path = f"/mapping/v1/children/{others}/profile"
    assert (await world.mapping.get(path, caller)).status_code == 404
    assert (await world.mapping.get(path + "/history", caller)).status_code == 404
    assert (await world.mapping.get(path, citizen(children=[]))).status_code == 404
