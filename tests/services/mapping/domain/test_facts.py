"""Which values a fact takes."""

import math

import pytest

from services.mapping.domain.facts import BadValue, Fact, FactSubject, FactType, Origin, checked
from services.mapping.store.vocabulary import vocabulary


def fact(type_: FactType, **more) -> Fact:
    return Fact(id="f", subject=FactSubject.CHILD, type=type_, group="health", origin=Origin.TOLD, **more)


BOOLEAN = fact(FactType.BOOLEAN)
WHOLE = fact(FactType.INTEGER, minimum=0, maximum=20, unit="years")
NUMBER = fact(FactType.NUMBER, minimum=0, maximum=168, unit="hours/week")
ENUM = fact(FactType.ENUM, values=("none", "some"))
SET = fact(FactType.SET, values=("b", "a", "c"))
DATE = fact(FactType.DATE)


@pytest.mark.parametrize(
    ("of", "value", "kept"),
    [
        (BOOLEAN, True, True),
        (BOOLEAN, False, False),
        (WHOLE, 0, 0),
        (WHOLE, 20, 20),
        (NUMBER, 0, 0),
        (NUMBER, 168.0, 168.0),
        (NUMBER, 12.5, 12.5),
        (ENUM, "some", "some"),
        (SET, [], ()),
        (SET, ["a", "b"], ("b", "a")),
    ],
)
def test_a_right_value_is_kept(of, value, kept):
    answer = checked(of, value)
    assert answer == kept
    assert type(answer) is type(kept)


@pytest.mark.parametrize(
    ("of", "value", "code"),
    [
        (BOOLEAN, 1, "wrong-type"),
        (BOOLEAN, "true", "wrong-type"),
        (BOOLEAN, None, "wrong-type"),
        (WHOLE, True, "wrong-type"),
        (WHOLE, 1.0, "wrong-type"),
        (WHOLE, "1", "wrong-type"),
        (WHOLE, -1, "out-of-range"),
        (WHOLE, 21, "out-of-range"),
        (WHOLE, 10**400, "out-of-range"),
        (NUMBER, False, "wrong-type"),
        (NUMBER, math.nan, "out-of-range"),
        (NUMBER, math.inf, "out-of-range"),
        (NUMBER, 168.5, "out-of-range"),
        (ENUM, "much", "not-in-values"),
        (ENUM, ["some"], "not-in-values"),
        (ENUM, None, "not-in-values"),
        (SET, "a", "wrong-type"),
        (SET, {"a": 1}, "wrong-type"),
        (SET, ["a", "a"], "not-in-values"),
        (SET, ["d"], "not-in-values"),
        (SET, [["a"]], "not-in-values"),
        (SET, [1], "not-in-values"),
        (DATE, "2026-11-24", "not-told"),
    ],
)
def test_a_wrong_value_is_named(of, value, code):
    answer = checked(of, value)
    assert isinstance(answer, BadValue)
    assert answer.code == code
    assert answer.expected


def test_what_is_expected_names_the_bounds_and_unit():
    assert checked(NUMBER, 200) == BadValue("out-of-range", "a number from 0 to 168 hours/week")


@pytest.mark.parametrize("fact_id", vocabulary())
def test_each_fact_of_the_vocabulary_can_be_told_or_not(fact_id):
    entry = vocabulary()[fact_id]
    told = entry.origin is Origin.TOLD and entry.subject is not FactSubject.CASE
    assert entry.can_be_told is told
    if told:
        assert entry.type is not FactType.DATE


def test_derived_register_and_case_facts_cannot_be_told():
    words = vocabulary()
    refused = ("child_age", "birth_date", "parent_age", "decision_received", "disagrees_with_decision", "stillborn")
    assert not any(words[fact_id].can_be_told for fact_id in refused)
