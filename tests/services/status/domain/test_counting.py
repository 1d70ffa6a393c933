"""The arithmetic of time limits, each row worked out by hand with a calendar."""

from datetime import date, timedelta

import pytest

from services.status.domain.counting import binding, count
from services.status.domain.deadline import Deadline, DeadlineKind
from services.status.domain.errors import ShorterThanTheLaw
from shared.counting import Counting, Length, Unit, is_working_day
from shared.public_holidays import PublicHolidays

HOLIDAYS = PublicHolidays()
COURTS, AGENCY, WORKING, CALENDAR = (
    Counting.COURTS_ACT,
    Counting.AGENCY_REGULATION,
    Counting.WORKING_DAYS,
    Counting.CALENDAR,
)


def limit(counting, value=None, unit=None, **more):
    length = Length(value, Unit(unit)) if value is not None else None
    return Deadline(
        "x",
        DeadlineKind.COMPLAINT,
        "family",
        {"nb": "x"},
        "notified",
        length,
        counting,
        "fvl § 29",
        "sourced",
        frozenset({"nav"}),
        None,
        **more,
    )


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("value", "unit", "starts", "ends", "moved_from"),
    [
        # Three weeks end on the weekday they began on.
        (3, "weeks", "2026-11-24", "2026-12-15", None),  # a Tuesday
        (3, "weeks", "2026-12-04", "2026-12-28", "2026-12-25"),  # a Friday, Christmas Day; then Saturday and Sunday
        (3, "weeks", "2026-11-28", "2026-12-21", "2026-12-19"),  # a Saturday moves to Monday
        (3, "weeks", "2026-11-29", "2026-12-21", "2026-12-20"),  # a Sunday moves to Monday
        # Easter 2026: Maundy Thursday 2 April, Easter Monday 6 April; the next working day is Tuesday 7 April.
        (3, "weeks", "2026-03-12", "2026-04-07", "2026-04-02"),
        (3, "weeks", "2026-03-16", "2026-04-07", "2026-04-06"),
        (3, "weeks", "2026-03-11", "2026-04-01", None),  # Wednesday before Easter is a working day
        # Six weeks (Nav), four weeks (health services).
        (6, "weeks", "2026-11-24", "2027-01-05", None),
        (6, "weeks", "2026-11-20", "2027-01-04", "2027-01-01"),  # New Year's Day, a Friday
        (6, "weeks", "2026-04-03", "2026-05-15", None),  # the Friday after Ascension Day is a working day
        (6, "weeks", "2026-04-02", "2026-05-15", "2026-05-14"),  # Ascension Day, a Thursday
        (4, "weeks", "2026-04-03", "2026-05-04", "2026-05-01"),  # 1 May, a Friday
        # 17 May 2027 is Whit Monday too.
        (4, "weeks", "2027-04-19", "2027-05-18", "2027-05-17"),
        # 24 December and New Year's Eve are no public holidays.
        (1, "weeks", "2026-12-17", "2026-12-24", None),
        (1, "weeks", "2026-12-24", "2026-12-31", None),
        # A month ends on the same number; where there is none, on the last day.
        (1, "months", "2026-11-24", "2026-12-24", None),
        (1, "months", "2026-11-25", "2026-12-28", "2026-12-25"),
        (1, "months", "2027-01-31", "2027-03-01", "2027-02-28"),  # a Sunday
        (1, "months", "2028-01-31", "2028-02-29", None),  # a leap year
        (1, "months", "2026-03-31", "2026-04-30", None),
        (3, "months", "2026-11-30", "2027-03-01", "2027-02-28"),
        (6, "months", "2026-08-31", "2027-03-01", "2027-02-28"),
        (1, "months", "2026-12-31", "2027-02-01", "2027-01-31"),
        # A year; 29 February ends on the 28th.
        (1, "years", "2026-11-24", "2027-11-24", None),
        (1, "years", "2028-02-29", "2029-02-28", None),
        # In days the first day is not counted.
        (14, "days", "2026-11-24", "2026-12-08", None),
        (14, "days", "2026-12-11", "2026-12-28", "2026-12-25"),
        (0, "days", "2026-11-24", "2026-11-24", None),
    ],
)
def test_the_courts_act(value, unit, starts, ends, moved_from):
    due = count(limit(COURTS, value, unit), day(starts), HOLIDAYS)
    assert (due.last_day, due.moved_from) == (day(ends), day(moved_from) if moved_from else None)
    assert not due.approximate


@pytest.mark.parametrize(
    ("value", "starts", "ends"),
    [
        (10, "2026-11-24", "2026-12-08"),
        (1, "2026-11-27", "2026-11-30"),  # Friday to Monday
        (10, "2026-12-18", "2027-01-05"),  # Christmas Day and New Year's Day are Fridays and fall out
        (5, "2026-03-27", "2026-04-08"),  # Maundy Thursday, Good Friday and Easter Monday fall out
        (65, "2026-11-24", "2027-02-25"),
    ],
)
def test_working_days_are_counted_and_the_date_is_approximate(value, starts, ends):
    due = count(limit(WORKING, value, "working_days"), day(starts), HOLIDAYS)
    assert (due.last_day, due.approximate) == (day(ends), True)


@pytest.mark.parametrize(
    ("value", "unit", "starts", "ends"),
    [
        (3, "months", "2026-09-25", "2026-12-25"),
        (1, "weeks", "2026-11-28", "2026-12-05"),
        (14, "days", "2026-12-12", "2026-12-26"),
        (11, "years", "2026-05-17", "2037-05-17"),
    ],
)
def test_the_calendar_knows_no_holidays(value, unit, starts, ends):
    due = count(limit(CALENDAR, value, unit), day(starts), HOLIDAYS)
    assert (due.last_day, due.moved_from) == (day(ends), None)


@pytest.mark.parametrize(
    ("paused", "ends"),
    [(0, "2026-12-24"), (1, "2026-12-28"), (10, "2027-01-04")],  # the 25th is Christmas Day; 3 January is a Sunday
)
def test_an_agencys_time_limit_stands_still_while_it_is_paused(paused, ends):
    due = count(limit(AGENCY, 1, "months"), day("2026-11-24"), HOLIDAYS, paused=timedelta(days=paused))
    assert due.last_day == day(ends)


@pytest.mark.parametrize(
    "deadline", [limit(Counting.NONE), limit(COURTS), limit(CALENDAR), limit(Counting.NONE, 3, "weeks")]
)
def test_without_a_length_there_is_no_date(deadline):
    assert count(deadline, day("2026-11-24"), HOLIDAYS) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-24", True),
        ("2026-11-28", False),
        ("2026-11-29", False),
        ("2026-05-01", False),
        ("2026-12-24", True),
        ("2026-12-25", False),
        ("2026-05-14", False),
    ],
)
def test_working_days(text, expected):
    assert is_working_day(day(text), HOLIDAYS) is expected


def test_days_left_end_at_zero():
    due = count(limit(COURTS, 3, "weeks"), day("2026-11-24"), HOLIDAYS)
    assert [due.days_left(day(each)) for each in ("2026-11-24", "2026-12-14", "2026-12-15", "2027-01-01")] == [
        21,
        1,
        0,
        0,
    ]
    assert [due.is_past(day(each)) for each in ("2026-12-15", "2026-12-16")] == [False, True]


def test_the_authoritys_own_date_counts_when_it_is_not_shorter_than_the_laws():
    lawful = count(limit(COURTS, 3, "weeks"), day("2026-11-24"), HOLIDAYS)
    assert binding(None, lawful) == day("2026-12-15")
    assert binding(day("2026-12-15"), lawful) == day("2026-12-15")
    assert binding(day("2027-01-15"), lawful) == day("2027-01-15")
    assert binding(day("2027-01-15"), None) == day("2027-01-15")
    assert binding(None, None) is None


def test_a_shorter_one_is_refused_and_both_are_named():
    lawful = count(limit(COURTS, 3, "weeks"), day("2026-11-24"), HOLIDAYS)
    with pytest.raises(ShorterThanTheLaw) as refused:
        binding(day("2026-12-14"), lawful)
    assert (refused.value.stated, refused.value.lawful, refused.value.law) == (
        day("2026-12-14"),
        day("2026-12-15"),
        "fvl § 29",
    )
