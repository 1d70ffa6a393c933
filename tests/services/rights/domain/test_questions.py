"""What is asked, and in which order."""

from datetime import date

import pytest

from services.rights.domain.questions import to_ask
from services.rights.store.rulebook import rulebook

DAY = date(2026, 11, 24)


def asked(*missing, **known):
    book = rulebook()
    return to_ask(missing, book.situation(known, DAY), book.vocabulary)


def test_a_question_whose_guard_is_false_is_neither_asked_nor_named():
    assert asked("life_threatening", "rare_diagnosis", serious_condition=False) == ("rare_diagnosis",)


def test_while_a_guard_is_open_its_fact_comes_first():
    assert asked("travel_distance_km_one_way") == ("travels_to_health_service", "travel_distance_km_one_way")
    assert asked("life_threatening") == ("serious_condition", "life_threatening")


def test_a_guard_that_holds_is_not_asked_again():
    assert asked("travel_distance_km_one_way", travels_to_health_service=True) == ("travel_distance_km_one_way",)


def test_a_guard_that_the_register_answers_is_not_asked():
    assert asked("in_school") == ("in_school",)


@pytest.mark.parametrize(
    ("birth", "expected"), [(date(2023, 2, 17), ("in_kindergarten",)), (date(2010, 7, 12), ("in_school",))]
)
def test_what_does_not_concern_the_age_is_not_asked(birth, expected):
    assert asked("in_school", "in_kindergarten", birth_date=birth) == expected


def test_a_sensitive_question_is_never_the_first():
    assert asked("intellectual_disability", "rare_diagnosis", "long_term")[-1] == "intellectual_disability"


def test_a_question_stands_once():
    assert asked("serious_condition", "life_threatening", "end_of_life_care") == (
        "serious_condition",
        "end_of_life_care",
        "life_threatening",
    )
