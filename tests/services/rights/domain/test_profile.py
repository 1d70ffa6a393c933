"""What of a fetched profile the rules can use."""

from datetime import UTC, date, datetime

import pytest

from services.rights.domain.profile import State, Stated, usable
from services.rights.domain.situation import Said
from services.rights.store.rulebook import rulebook


def used(**facts):
    return usable(facts, rulebook().vocabulary)


def known(value):
    return Stated(State.KNOWN, value)


def test_values_take_the_form_that_rules_compare():
    found = used(
        birth_date=known("2017-04-21"),
        extra_expense_types=known(["special_diet"]),
        care_need_level=known("some"),
        condition_permanent=known(False),
        documented_extra_expenses_nok_per_year=known(12000.5),
    )
    assert found.known == {
        "birth_date": date(2017, 4, 21),
        "extra_expense_types": frozenset({"special_diet"}),
        "care_need_level": "some",
        "condition_permanent": False,
        "documented_extra_expenses_nok_per_year": 12000.5,
    }


def test_who_said_it_and_when_goes_with_what_is_known():
    at, since = datetime(2026, 11, 24, 9, tzinfo=UTC), date(2026, 1, 1)
    found = used(
        condition_permanent=Stated(State.KNOWN, True, "guardian", at, since),
        care_need_level=Stated(State.CONFLICT, None, "told", at, since),
        rare_diagnosis=known(True),
    )
    assert found.said == {"condition_permanent": Said("guardian", at, since)}


def test_what_was_asked_and_is_not_known_is_remembered_as_that():
    found = used(condition_permanent=Stated(State.NOT_KNOWN), child_age=Stated(State.NOT_KNOWN))
    assert (found.known, found.conflicts, found.not_known) == ({}, frozenset(), {"condition_permanent"})


def test_a_disagreement_is_unknown_and_remembered_as_one():
    found = used(condition_permanent=Stated(State.CONFLICT))
    assert found.known == {}
    assert found.conflicts == {"condition_permanent"}


@pytest.mark.parametrize("fact", ["child_age", "no_such_fact"])
def test_derived_facts_and_facts_of_another_vocabulary_are_left_out(fact):
    assert used(**{fact: known(5)}).known == {}


def test_a_register_that_answered_without_a_date_of_death_told_of_none():
    assert used(date_of_death=known(None)).known == {}


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("condition_permanent", "yes"),
        ("hjelpestonad_rate", True),
        ("care_need_level", 2),
        ("birth_date", 2017),
        ("birth_date", "i fjor"),
    ],
)
def test_a_value_of_another_type_is_a_fault(fact, value):
    with pytest.raises(ValueError, match=r"not a|Invalid isoformat"):
        used(**{fact: known(value)})
