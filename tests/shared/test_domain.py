"""Days, ages and identifiers."""

from datetime import UTC, date, datetime

import pytest

from shared.dates import add_months, age_on, months_on, oslo_day
from shared.domain import NationalId, OrganisationNumber
from tests.support.builders import national_id, numbers_of, orgnr


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 24, 22, 59, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 23, 0, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), date(2026, 6, 30)),
    ],
)
def test_a_day_begins_at_midnight_in_oslo(at, day):
    assert oslo_day(at) == day


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 11, 24), date(2026, 11, 23), 17),
        (date(2008, 11, 24), date(2026, 11, 24), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 11, 24), date(2026, 11, 24), 0),
    ],
)
def test_a_child_is_a_year_older_on_its_birthday(born, day, age):
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("born", "day", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 31), 2),
        (date(2025, 11, 24), date(2026, 11, 24), 12),
    ],
)
def test_months_are_whole(born, day, months):
    assert months_on(born, day) == months


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 24), 12, date(2027, 11, 24)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_so_many_months_on_is_the_same_day_or_the_months_last(day, months, end):
    assert add_months(day, months) == end


@pytest.mark.parametrize("born", [date(1988, 3, 14), date(2017, 4, 21), date(1999, 12, 31), date(2000, 1, 1)])
def test_a_synthetic_number_is_known_as_one_and_carries_its_day(born):
    number = NationalId(national_id(born))
    assert number.is_synthetic
    assert number.birth_date == born


def test_a_number_that_may_be_someones_is_not_synthetic():
    assert not NationalId(numbers_of(date(1988, 3, 14), added_to_month=0)[0]).is_synthetic


@pytest.mark.parametrize(
    "number",
    [
        "",
        "1",
        "14838836046",
        "1483883604",
        "148388360470",
        "14838836O47",
        "00000000000",
        " 14838836047",
        "１４８３８８３６０４７",
    ],
)
def test_what_cannot_be_a_number_is_refused(number):
    with pytest.raises(ValueError, match="national identity number"):
        NationalId(number)


def test_a_number_is_never_shown():
    number = NationalId(national_id(date(1988, 3, 14)))
    assert number.value not in f"{number} {number!r} {[number]}"


def test_an_organisation_number_has_its_control_digit():
    assert str(OrganisationNumber("312480018")) == "312480018"
    assert OrganisationNumber(orgnr())
    for wrong in ("312480019", "31248001", "", "3124800181", "31248001x"):
        with pytest.raises(ValueError, match="organisation number"):
            OrganisationNumber(wrong)
