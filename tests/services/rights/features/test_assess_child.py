"""A profile has a new version: what is kept, and when others are told."""

from datetime import date
from uuid import uuid4

import pytest

from services.rights.domain.profile import State, Stated
from services.rights.features.assess_child import assess_child
from services.rights.features.forget_child import forget_child
from services.rights.features.start_again import start_again
from services.rights.store import assessments
from shared.auth.principals import worker
from tests.services.rights.families import FATHERS_FACTS, MOTHERS_FACTS, profile

OUTBOX = "select type, topic, key, aggregate_id, version, data from outbox order by position"
ROWS = "select id, subject_id, applicant_id, version, profile_version from assessment order by applicant_id nulls first"


@pytest.fixture
async def database(opened):
    return await opened("rights")


async def assess(database, *profiles):
    for each in profiles:
        async with database.begin(worker("rights")) as tx:
            await assess_child(tx, each)


async def told(database):
    return await database.clone.rows(OUTBOX)


async def test_the_first_profile_is_kept_and_told_of_once_for_the_child_and_once_for_each_guardian(database):
    mother, father = uuid4(), uuid4()
    first = profile(guardians=[(mother, MOTHERS_FACTS), (father, FATHERS_FACTS)])
    await assess(database, first)
    rows = await database.clone.rows(ROWS)
    assert {row["applicant_id"] for row in rows} == {None, mother, father}
    assert {row["subject_id"] for row in rows} == {first.child_id}
    assert {(row["version"], row["profile_version"]) for row in rows} == {(1, 1)}
    events = await told(database)
    assert {event["aggregate_id"] for event in events} == {row["id"] for row in rows}
    assert {(e["type"], e["topic"], e["key"], e["version"]) for e in events} == {
        ("no.somlos.rights.changed.v1", "somlos.rights.assessment.v1", first.child_id, 1)
    }


async def test_an_event_says_nothing_of_which_rights(database):
    first = profile()
    await assess(database, first)
    [event] = await told(database)
    assert set(event["data"].replace('"', "").strip("{}").replace(",", ":").split(":")[::2]) == {
        "assessment_id",
        "child_id",
        "version",
    }


async def test_a_change_that_moves_no_verdict_is_kept_and_not_told(database):
    first = profile()
    await assess(database, first, profile(first.child_id, version=2, rare_diagnosis=None, extra_expense_types=[]))
    [row] = await database.clone.rows(ROWS)
    assert (row["version"], row["profile_version"]) == (1, 2)
    assert len(await told(database)) == 1


async def test_a_change_that_moves_a_verdict_is_told_with_the_next_version(database):
    first = profile()
    await assess(database, first, profile(first.child_id, version=2, blind_or_cannot_orient_by_sight=False))
    [row] = await database.clone.rows(ROWS)
    assert (row["version"], row["profile_version"]) == (2, 2)
    assert [event["version"] for event in await told(database)] == [1, 2]


async def test_what_one_guardian_tells_is_told_of_that_guardian_only(database):
    mother, father = uuid4(), uuid4()
    first = profile(guardians=[(mother, MOTHERS_FACTS), (father, FATHERS_FACTS)])
    changed = {**FATHERS_FACTS, "parent_employed": True}
    await assess(
        database, first, profile(first.child_id, version=2, guardians=[(mother, MOTHERS_FACTS), (father, changed)])
    )
    rows = {row["applicant_id"]: row["version"] for row in await database.clone.rows(ROWS)}
    assert rows == {None: 1, mother: 1, father: 2}


async def test_an_older_profile_changes_nothing(database):
    newer = profile(version=3)
    await assess(database, newer, profile(newer.child_id, version=2, blind_or_cannot_orient_by_sight=False))
    [row] = await database.clone.rows(ROWS)
    assert (row["version"], row["profile_version"]) == (1, 3)


async def test_a_guardian_who_is_one_no_more_is_forgotten(database):
    mother, father = uuid4(), uuid4()
    first = profile(guardians=[(mother, MOTHERS_FACTS), (father, FATHERS_FACTS)])
    await assess(database, first, profile(first.child_id, version=2, guardians=[(mother, MOTHERS_FACTS)]))
    assert {row["applicant_id"] for row in await database.clone.rows(ROWS)} == {None, mother}


async def test_a_guardian_who_comes_back_starts_anew(database):
    father = uuid4()
    first = profile(guardians=[(father, FATHERS_FACTS)])
    without, back = (
        profile(first.child_id, version=2),
        profile(first.child_id, version=3, guardians=[(father, FATHERS_FACTS)]),
    )
    await assess(database, first, without, back)
    assert [(row["applicant_id"], row["version"]) for row in await database.clone.rows(ROWS)] == [
        (None, 1),
        (father, 1),
    ]
    assert len({event["aggregate_id"] for event in await told(database)}) == 3


async def test_the_same_day_gives_the_same_answer_and_a_birthday_another(database, clock):
    first = profile(birth_date="2008-11-25")
    await assess(database, first)
    clock.move_to(clock.now().replace(day=25, hour=12))
    await assess(database, profile(first.child_id, version=2, birth_date="2008-11-25"))
    assert [event["version"] for event in await told(database)] == [1, 2]


async def test_what_was_judged_is_read_back_as_it_was_told(database):
    mother = uuid4()
    first = profile(guardians=[(mother, MOTHERS_FACTS)], extra_expense_types=["special_diet"])
    differs = {**first.facts, "care_need_level": Stated(State.CONFLICT)}
    await assess(database, type(first)(first.child_id, 1, first.as_of, differs, first.guardians))
    async with database.begin(worker("rights")) as tx:
        found = {each.applicant_id: each for each in await assessments.of_child(tx, first.child_id, applicant=mother)}
    assert found[None].statements.known["birth_date"] == date(2017, 4, 21)
    assert found[None].statements.known["extra_expense_types"] == frozenset({"special_diet"})
    assert found[None].statements.conflicts == {"care_need_level"}
    assert "parent_employed" not in found[None].statements.known
    assert found[mother].statements.known["parent_employed"] is True
    assert found[None].as_of == first.as_of


async def test_facts_are_sealed_each_with_the_key_of_whom_they_are_of(database):
    mother = uuid4()
    first = profile(guardians=[(mother, MOTHERS_FACTS)])
    await assess(database, first)
    rows = await database.clone.rows("select content from assessment")
    assert not [row for row in rows if b"parent_employed" in row["content"] or b"birth_date" in row["content"]]


async def test_a_forgotten_child_leaves_no_row_and_no_other_childs_rows_are_touched(database):
    one, other = profile(), profile()
    await assess(database, one, other)
    async with database.begin(worker("rights")) as tx:
        await forget_child(tx, one.child_id)
    assert [row["subject_id"] for row in await database.clone.rows(ROWS)] == [other.child_id]
    async with database.begin(worker("rights")) as tx:
        await start_again(tx, None)
    assert await database.clone.rows(ROWS) == []
