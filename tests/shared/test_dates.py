"""The first day of an age agrees with the age on that day, whenever someone was born."""

from datetime import date, timedelta

import pytest

from shared.dates import age_on, birthday, day_lived, months_on

A_DAY = timedelta(days=1)
FOUR_YEARS = [date(2023, 1, 1) + timedelta(days=n) for n in range(4 * 366)]


def test_a_birthday_is_the_first_day_of_that_age():
    for birth in FOUR_YEARS:
        for age in (0, 1, 3, 4, 12, 18, 26):
            day = birthday(birth, age)
            assert (age_on(birth, day), age_on(birth, day - A_DAY)) == (age, age - 1), (birth, age)


def test_a_month_is_lived_on_the_first_day_that_counts_as_it():
    for birth in FOUR_YEARS:
        for months in (0, 1, 2, 3, 10, 13, 24, 30):
            day = day_lived(birth, months)
            assert (months_on(birth, day), months_on(birth, day - A_DAY)) == (months, months - 1), (birth, months)


@pytest.mark.parametrize(
    ("birth", "age", "day"),
    [
        (date(2008, 2, 29), 18, date(2026, 3, 1)),
        (date(2008, 2, 29), 20, date(2028, 2, 29)),
        (date(2008, 12, 31), 18, date(2026, 12, 31)),
    ],
)
def test_someone_born_on_29_february_is_older_on_1_march_in_a_common_year(birth, age, day):
    assert birthday(birth, age) == day
