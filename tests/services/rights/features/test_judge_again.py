"""Judged again by the clock: on a day that changes something, 90 days before it, and by new rules."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from services.rights.domain.assessment import Ahead, judged, told_by, week_of
from services.rights.domain.profile import usable
from services.rights.features.assess_child import assess_child
from services.rights.store import packs
from services.rights.store.rulebook import rulebook
from services.rights.worker import judge_again
from shared.auth.principals import worker
from tests.services.rights.families import MOTHERS_FACTS, profile

TOLD = "select version from outbox order by position"
ROWS = "select applicant_id, version, profile_version, pack, judged_on, wakes_on from assessment order by applicant_id nulls first"
BORN = "2009-03-02"
EIGHTEEN = datetime(2027, 3, 2, 12, tzinfo=UTC)
AHEAD = Ahead(timedelta(days=90), timedelta(days=366))
A_DAY = timedelta(days=1)


@pytest.fixture
async def database(opened):
    return await opened("rights")


async def assess(database, given):
    async with database.begin(worker("rights")) as tx:
        await assess_child(tx, given)
    return given.child_id


async def versions(database):
    return [row["version"] for row in await database.clone.rows(TOLD)]


async def night(database, clock, at):
    """What the worker does when it is that time."""
    clock.move_to(at)
    return await judge_again(database)


async def test_a_child_turns_18_by_the_clock_alone_and_it_is_told_once_90_days_before_and_once_on_the_day(
    database, clock
):
    await assess(database, profile(birth_date=BORN))
    assert await versions(database) == [1]
    soon = EIGHTEEN - timedelta(days=90)
    for at in (soon - A_DAY, soon, soon + A_DAY, EIGHTEEN - A_DAY):
        await night(database, clock, at)
        await judge_again(database)
    assert await versions(database) == [1, 2]
    await night(database, clock, EIGHTEEN)
    assert await versions(database) == [1, 2, 3]
    await night(database, clock, EIGHTEEN + A_DAY)
    assert await versions(database) == [1, 2, 3]
    [row] = await database.clone.rows(ROWS)
    assert (row["version"], row["profile_version"]) == (3, 1)


async def test_nobody_is_judged_again_before_there_may_be_something_new(database, clock):
    await assess(database, profile(birth_date=BORN))
    [row] = await database.clone.rows(ROWS)
    assert row["wakes_on"] == week_of((EIGHTEEN - timedelta(days=90)).date())
    assert await night(database, clock, datetime(2026, 11, 29, 12, tzinfo=UTC)) == 0
    assert await night(database, clock, datetime(2026, 11, 30, 12, tzinfo=UTC)) == 1
    assert await judge_again(database) == 0


async def test_the_row_names_a_monday_and_never_a_birthday(database):
    for day in range(2, 9):
        await assess(database, profile(birth_date=f"2009-03-0{day}"))
    rows = await database.clone.rows(ROWS)
    assert {row["wakes_on"].isoweekday() for row in rows} == {1}
    assert len({row["wakes_on"] for row in rows}) <= 2


async def test_a_day_that_changes_one_familys_answers_leaves_the_others_alone(database, clock):
    await assess(database, profile(birth_date=BORN))
    young = await assess(database, profile(birth_date="2020-06-15"))
    before = await database.clone.rows("select judged_on from assessment where subject_id = :child", child=young)
    await night(database, clock, EIGHTEEN - timedelta(days=90))
    after = await database.clone.rows("select judged_on from assessment where subject_id = :child", child=young)
    assert before == after
    assert sorted(await versions(database)) == [1, 1, 2]


async def test_new_rules_judge_everyone_again_and_only_a_changed_answer_is_told(database):
    mother = uuid4()
    child = await assess(database, profile(guardians=[(mother, MOTHERS_FACTS)]))
    other = await assess(database, profile(blind_or_cannot_orient_by_sight=False))
    await database.clone.rows("update assessment set pack = 'older'")
    assert await judge_again(database) == 2
    assert await versions(database) == [1, 1, 1]
    assert {row["pack"] for row in await database.clone.rows(ROWS)} == {rulebook().digest}
    assert await judge_again(database) == 0
    assert child != other


async def test_a_guardians_own_answers_are_judged_again_with_the_childs(database, clock):
    mother = uuid4()
    await assess(database, profile(birth_date=BORN, guardians=[(mother, MOTHERS_FACTS)]))
    await night(database, clock, EIGHTEEN)
    rows = await database.clone.rows(ROWS)
    assert {row["applicant_id"] for row in rows} == {None, mother}
    assert {row["version"] for row in rows} == {2}
    assert {row["judged_on"] for row in rows} == {date(2027, 3, 2)}


async def test_what_was_broken_off_goes_on_where_it_was(database):
    children = sorted([await assess(database, profile()) for _ in range(3)])
    await database.clone.rows("update assessment set pack = ''")
    async with database.begin(worker("rights")) as tx:
        await assess_child(tx, children[0])
    assert await judge_again(database) == 2


async def test_a_child_of_whom_nothing_was_told_is_not_judged(database):
    await assess_nobody(database)
    assert await database.clone.rows(ROWS) == []


async def assess_nobody(database):
    async with database.begin(worker("rights")) as tx:
        await assess_child(tx, uuid4())


async def test_the_rules_are_kept_once(database):
    for _ in range(2):
        await assess(database, profile())
        async with database.begin(worker("rights")) as tx:
            await packs.keep(tx, rulebook().digest)
    assert [row["digest"] for row in await database.clone.rows("select digest from rules_pack")] == [rulebook().digest]


def test_an_answer_that_will_be_asked_again_is_not_told_of_ahead():
    book, given = rulebook(), profile(birth_date="2016-05-05", in_school=False, uses_sfo=True)
    told = told_by([usable(given.facts, book.vocabulary)], date(2027, 6, 1))
    far = judged(book, told, of_guardian=False, on=date(2027, 6, 1), ahead=replace(AHEAD, told=timedelta()))
    near = judged(book, told, of_guardian=False, on=date(2027, 6, 1), ahead=AHEAD)
    assert far.digest == near.digest
    after = judged(book, told, of_guardian=False, on=date(2027, 8, 1), ahead=AHEAD)
    assert after.digest != near.digest
