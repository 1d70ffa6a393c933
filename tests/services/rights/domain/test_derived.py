"""Facts that follow from others on the day in Oslo."""

from datetime import date

import pytest

from services.rights.store.rulebook import rulebook


def on(day, **known):
    return rulebook().situation(known, day).known


@pytest.mark.parametrize(
    ("birth", "day", "age", "turning", "months"),
    [
        (date(2008, 11, 25), date(2026, 11, 24), 17, 18, 215),
        (date(2008, 11, 25), date(2026, 11, 25), 18, 18, 216),
        (date(2008, 12, 31), date(2027, 1, 1), 18, 19, 216),
        (date(2024, 2, 29), date(2025, 2, 28), 0, 1, 11),
        (date(2024, 2, 29), date(2025, 3, 1), 1, 1, 12),
        (date(2026, 11, 10), date(2026, 11, 24), 0, 0, 0),
    ],
)
def test_ages_turn_on_the_birthday(birth, day, age, turning, months):
    known = on(day, birth_date=birth)
    assert (known["child_age"], known["child_age_turning_this_year"], known["child_age_months"]) == (
        age,
        turning,
        months,
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2025, 12, 31), True), (date(2026, 7, 31), True), (date(2026, 8, 1), False), (date(2026, 11, 24), False)],
)
def test_kindergarten_age_ends_on_1_august_of_the_year_the_child_turns_six(day, expected):
    assert on(day, birth_date=date(2020, 12, 30))["kindergarten_age"] is expected


def test_a_parents_age_follows_from_the_parents_birth_date():
    known = on(date(2026, 11, 24), parent_birth_date=date(1986, 12, 1))
    assert (known["parent_age"], known["parent_age_turning_this_year"]) == (39, 40)


def test_nothing_follows_from_nothing():
    assert on(date(2026, 11, 24)) == {}


@pytest.mark.parametrize(
    ("known", "deceased"),
    [
        ({}, None),
        ({"birth_date": date(2021, 1, 8)}, False),
        ({"birth_date": date(2021, 1, 8), "stillborn": False}, False),
        ({"birth_date": date(2021, 1, 8), "date_of_death": date(2026, 6, 14)}, True),
        ({"stillborn": True}, True),
        ({"date_of_death": date(2026, 6, 14)}, True),
    ],
)
def test_a_death_is_known_once_the_register_has_answered(known, deceased):
    assert on(date(2026, 11, 24), **known).get("deceased") is deceased


def test_the_age_at_death_follows_from_both_dates():
    known = on(date(2026, 11, 24), birth_date=date(2021, 1, 8), date_of_death=date(2026, 6, 14))
    assert known["age_at_death"] == 5


def test_a_derived_fact_that_came_along_is_replaced():
    assert on(date(2026, 11, 24), child_age=99) == {}
    assert on(date(2026, 11, 24), child_age=99, birth_date=date(2017, 4, 21))["child_age"] == 9
