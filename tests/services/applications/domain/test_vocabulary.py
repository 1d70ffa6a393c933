"""What can be an answer to a fact."""

import pytest

from services.applications.domain.vocabulary import Atom, FactType, holds, is_asked, misfit_of
from tests.services.applications.builders import HOURS, SERIOUS, THREATENING, fact

AGE = fact("age", FactType.INTEGER, minimum=0, maximum=120, unit="years")
LEVEL = fact("level", FactType.ENUM, values=("some", "much"))
KINDS = fact("kinds", FactType.SET, values=("car", "diet"))
DAY = fact("day", FactType.DATE)


@pytest.mark.parametrize(
    ("of", "value", "code"),
    [
        (SERIOUS, True, None),
        (SERIOUS, 1, "wrong-type"),
        (SERIOUS, "true", "wrong-type"),
        (AGE, 0, None),
        (AGE, 120, None),
        (AGE, 121, "too-large"),
        (AGE, -1, "too-small"),
        (AGE, 3.5, "wrong-type"),
        (AGE, True, "wrong-type"),
        (HOURS, 37.5, None),
        (HOURS, 168, None),
        (HOURS, 168.01, "too-large"),
        (HOURS, float("nan"), "wrong-type"),
        (HOURS, float("inf"), "wrong-type"),
        (LEVEL, "some", None),
        (LEVEL, "Some", "not-allowed"),
        (LEVEL, ["some"], "not-allowed"),
        (KINDS, ["car", "diet"], None),
        (KINDS, [], None),
        (KINDS, ["car", "car"], "not-allowed"),
        (KINDS, ["gold"], "not-allowed"),
        (KINDS, "car", "wrong-type"),
        (DAY, "2026-02-28", None),
        (DAY, "2026-02-29", "wrong-type"),
        (DAY, "20260228", "wrong-type"),
    ],
)
def test_a_value_fits_its_fact_or_is_told_why_not(of, value, code):
    found = misfit_of(of, value)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("comparator", "operand", "value", "expected"),
    [
        ("is", True, True, True),
        ("is", True, 1, False),
        ("is", "a", "a", True),
        ("in", ("a", "b"), "b", True),
        ("in", ("a", "b"), "c", False),
        ("overlaps", ("a", "b"), ("b", "c"), True),
        ("overlaps", ("a",), ("c",), False),
        ("at_least", 3, 3, True),
        ("above", 3, 3, False),
        ("at_most", 3, 3, True),
        ("below", 3, 3, False),
        ("below", 3, "x", False),
    ],
)
def test_a_condition_holds_or_not(comparator, operand, value, expected):
    assert holds(Atom("f", comparator, operand), value) is expected


def test_a_guarded_question_waits_for_its_guard():
    assert not is_asked(THREATENING, {})
    assert not is_asked(THREATENING, {"serious_condition": False})
    assert is_asked(THREATENING, {"serious_condition": True})
