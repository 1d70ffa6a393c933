"""From what day a right counts and until what day, at the edges of months, years and school years."""

from datetime import date, timedelta

import pytest

from services.rights.domain.month_rule import Falls, MonthRule, SchoolYear, begins, ends, falls_on

AUGUST = SchoolYear(8, 1)
NOT_BY_THE_CALENDAR = (MonthRule.ON_APPLICATION, MonthRule.ON_DECISION, MonthRule.BACK_PAYMENT, MonthRule.UNKNOWN)
A_DAY = timedelta(days=1)


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("rule", "met", "counts"),
    [
        ("on_day", "2027-03-15", "2027-03-15"),
        ("same_month", "2027-03-01", "2027-03-01"),
        ("same_month", "2027-03-31", "2027-03-01"),
        ("next_month", "2027-03-01", "2027-04-01"),
        ("next_month", "2027-03-31", "2027-04-01"),
        ("next_month", "2027-12-31", "2028-01-01"),
        ("month_before", "2027-01-31", "2026-12-01"),
        ("calendar_year", "2027-01-01", "2027-01-01"),
        ("calendar_year", "2027-12-31", "2027-01-01"),
        ("school_year", "2027-07-31", "2027-08-01"),
        ("school_year", "2027-08-01", "2027-08-01"),
        ("school_year", "2027-08-02", "2028-08-01"),
        ("school_year", "2028-02-29", "2028-08-01"),
    ],
)
def test_a_right_begins_by_its_own_rule(rule, met, counts):
    assert begins(MonthRule(rule), day(met), AUGUST) == day(counts)


@pytest.mark.parametrize(
    ("rule", "lost", "whole", "counts"),
    [
        ("on_day", "2027-03-15", False, "2027-03-15"),
        ("same_month", "2027-03-15", False, "2027-04-01"),
        ("same_month", "2027-03-01", False, "2027-04-01"),
        ("same_month", "2027-03-01", True, "2027-03-01"),
        ("same_month", "2027-12-31", False, "2028-01-01"),
        ("next_month", "2027-03-15", False, "2027-05-01"),
        ("next_month", "2027-12-01", False, "2028-02-01"),
        ("month_before", "2027-03-01", False, "2027-03-01"),
        ("month_before", "2027-03-31", False, "2027-03-01"),
        ("calendar_year", "2027-01-01", True, "2027-01-01"),
        ("calendar_year", "2027-01-01", False, "2028-01-01"),
        ("calendar_year", "2027-12-31", False, "2028-01-01"),
        ("calendar_year", "2027-06-30", True, "2028-01-01"),
        ("school_year", "2027-08-01", True, "2027-08-01"),
        ("school_year", "2027-08-01", False, "2028-08-01"),
        ("school_year", "2027-07-31", False, "2027-08-01"),
        ("school_year", "2027-01-01", True, "2027-08-01"),
    ],
)
def test_a_right_ends_by_its_own_rule_and_a_birthday_counts_in_its_month_and_year(rule, lost, whole, counts):
    assert ends(MonthRule(rule), day(lost), AUGUST, whole=whole) == day(counts)


@pytest.mark.parametrize("rule", NOT_BY_THE_CALENDAR)
def test_what_an_application_or_a_decision_decides_has_no_day(rule):
    assert begins(rule, date(2027, 3, 1), AUGUST) is None
    assert ends(rule, date(2027, 3, 1), AUGUST, whole=False) is None


@pytest.mark.parametrize("rule", sorted(set(MonthRule) - set(NOT_BY_THE_CALENDAR)))
def test_on_every_day_of_four_years_a_right_ends_on_the_first_of_its_period(rule):
    for shift in range(4 * 366):
        lost = date(2026, 1, 1) + timedelta(days=shift)
        met, over = begins(rule, lost, AUGUST), ends(rule, lost, AUGUST, whole=False)
        if rule is MonthRule.ON_DAY:
            assert (met, over) == (lost, lost)
            continue
        assert (met.day, over.day) == (1, 1)
        assert (over > lost) is (rule is not MonthRule.MONTH_BEFORE)
        if rule is MonthRule.SCHOOL_YEAR:
            assert (met.month, over.month) == (8, 8)
            assert met - A_DAY * 366 < lost <= met
        if rule is MonthRule.CALENDAR_YEAR:
            assert (met, over) == (date(lost.year, 1, 1), date(lost.year + 1, 1, 1))


@pytest.mark.parametrize(
    ("falls", "birth", "age", "on"),
    [
        ("birthday", "2008-02-29", 18, "2026-03-01"),
        ("birthday", "2008-11-25", 18, "2026-11-25"),
        ("year_start", "2008-12-31", 18, "2026-01-01"),
        ("year_end", "2008-01-01", 18, "2027-01-01"),
        ("month_end", "2008-11-01", 18, "2026-12-01"),
        ("month_end", "2008-02-29", 18, "2026-04-01"),
        ("month_end", "2008-12-31", 18, "2027-01-01"),
        ("month_before", "2008-11-01", 18, "2026-11-01"),
        ("month_before", "2008-11-30", 18, "2026-11-01"),
        ("school_start", "2020-12-30", 6, "2026-08-01"),
        ("school_year", "2020-01-01", 10, "2030-08-01"),
    ],
)
def test_a_change_at_an_age_falls_on_the_first_day_of_what_is_new(falls, birth, age, on):
    assert falls_on(Falls(falls), day(birth), age, AUGUST) == day(on)
