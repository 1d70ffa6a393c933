"""Who sees what: a guardian, the child itself, someone who sees some groups only."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from services.rights.domain.answer import answer, in_order
from services.rights.domain.answers import Answers, Reader
from services.rights.domain.assessment import Assessment
from services.rights.domain.profile import Statements
from services.rights.domain.rule import JudgedFor
from services.rights.store.rulebook import rulebook

DAY = date(2026, 11, 24)
CHILD, MOTHER = uuid4(), uuid4()
GUARDIAN = Reader(MOTHER, None, is_guardian=True)
YOUTH = Reader(None, None, is_guardian=False)
HEALTH_SHUT = Reader(MOTHER, frozenset({"family", "work"}), is_guardian=True)


def assessment(known, applicant=None, conflicts=()):
    at = datetime(2026, 11, 24, 10, tzinfo=UTC)
    return Assessment(
        id=uuid4(),
        child_id=CHILD,
        applicant_id=applicant,
        version=1,
        profile_version=1,
        as_of=at,
        statements=Statements(known, frozenset(conflicts)),
        digest="",
    )


def answers_for(reader, known):
    book = rulebook()
    told = book.situation(known, DAY)
    found = tuple(
        in_order(answer(rule, told, book.vocabulary) for rule in book.rules.values() if reader.is_shown(rule))
    )
    return Answers(
        child_id=CHILD,
        on=DAY,
        situation=told,
        profile_version=1,
        as_of=None,
        told=True,
        conflicts=frozenset(),
        answers=found,
    )


def test_a_guardian_is_answered_on_every_right():
    assert len(answers_for(GUARDIAN, {}).answers) == len(rulebook().rules)


def test_the_child_itself_is_answered_on_its_own_rights():
    shown = {each.rule.id for each in answers_for(YOUTH, {}).answers}
    assert shown == {name for name, rule in rulebook().rules.items() if rule.judged_for is JudgedFor.CHILD}


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        (GUARDIAN, {"condition_permanent", "lives_at_home", "parent_employed", "main_provider_income_in_g"}),
        (HEALTH_SHUT, {"lives_at_home", "parent_employed", "main_provider_income_in_g"}),
    ],
)
def test_only_what_is_open_to_the_reader_is_used(reader, seen):
    childs = assessment({"condition_permanent": True, "lives_at_home": True})
    own = assessment({"parent_employed": True, "main_provider_income_in_g": 3}, MOTHER)
    assert reader.may_use([childs, own], rulebook().vocabulary).keys() == seen


REGISTERED = {"birth_date": date(2017, 4, 21), "lives_in_norway": True}


@pytest.mark.parametrize(
    ("reader", "known", "conflicts", "told"),
    [
        (GUARDIAN, {}, (), False),
        (GUARDIAN, REGISTERED, (), False),
        (GUARDIAN, REGISTERED | {"condition_permanent": False}, (), True),
        (GUARDIAN, REGISTERED, ("condition_permanent",), True),
        (HEALTH_SHUT, REGISTERED | {"condition_permanent": True}, (), False),
    ],
)
def test_something_is_told_when_anybody_said_it_and_the_reader_may_know(reader, known, conflicts, told):
    assert reader.has_been_told([assessment(known, conflicts=conflicts)], rulebook().vocabulary) is told


def test_nobody_meets_a_right_that_waits_for_a_death_in_a_list():
    shown = {each.rule.id for each in answers_for(GUARDIAN, {"birth_date": date(2017, 4, 21)}).to_show()}
    assert "gravferdsstonad-barn" not in shown
    assert "foreldrepenger-syk-nyfodt" in shown
    assert len(shown) == len(rulebook().rules) - 1


def test_after_a_death_a_list_holds_what_a_death_touches_and_nothing_else():
    died = {"birth_date": date(2021, 1, 8), "date_of_death": date(2026, 6, 14)}
    answers = answers_for(GUARDIAN, died)
    assert answers.child_has_died
    assert {each.rule.id for each in answers.to_show()} == {"gravferdsstonad-barn", "foreldrepenger-syk-nyfodt"}
    assert len(answers.answers) == len(rulebook().rules)
