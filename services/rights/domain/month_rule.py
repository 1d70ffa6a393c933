"""From what day a right counts, and until what day: the month or year rule (månedsregel) that each right owns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.dates import add_months, birthday

_FIRST = _ONE_ON = 1
_ONE_BACK = -1


class MonthRule(StrEnum):
    """When, within the month or the year, a right begins or ends."""

    ON_DAY = "on_day"
    SAME_MONTH = "same_month"
    NEXT_MONTH = "next_month"
    MONTH_BEFORE = "month_before"
    CALENDAR_YEAR = "calendar_year"
    SCHOOL_YEAR = "school_year"
    ON_APPLICATION = "on_application"
    ON_DECISION = "on_decision"
    BACK_PAYMENT = "back_payment"
    UNKNOWN = "unknown"


class Falls(StrEnum):
    """When, in the year in which someone turns so old, a change falls."""

    BIRTHDAY = "birthday"
    YEAR_START = "year_start"
    YEAR_END = "year_end"
    MONTH_END = "month_end"
    MONTH_BEFORE = "month_before"
    SCHOOL_START = "school_start"
    SCHOOL_YEAR = "school_year"


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """The day of the year on which a school year begins."""

    month: int
    day: int

    def of(self, year: int) -> date:
        """The day in that year."""
        return date(year, self.month, self.day)

    def from_day(self, day: date) -> date:
        """The first beginning on the day or later."""
        start = self.of(day.year)
        return start if day <= start else self.of(day.year + 1)

    def after(self, day: date) -> date:
        """The first beginning later than the day."""
        start = self.of(day.year)
        return start if day < start else self.of(day.year + 1)


def begins(rule: MonthRule, met: date, school_year: SchoolYear) -> date | None:
    """The first day a right counts from, when its conditions are met from the day `met` on; None when an application, a decision or
    something unknown decides."""
    match rule:
        case MonthRule.ON_DAY:
            return met
        case MonthRule.SAME_MONTH:
            return month_of(met)
        case MonthRule.NEXT_MONTH:
            return month_after(met)
        case MonthRule.MONTH_BEFORE:
            return add_months(month_of(met), _ONE_BACK)
        case MonthRule.CALENDAR_YEAR:
            return year_of(met)
        case MonthRule.SCHOOL_YEAR:
            return school_year.from_day(met)
        case _:
            return None


def ends(rule: MonthRule, lost: date, school_year: SchoolYear, *, whole: bool) -> date | None:
    """The first day a right no longer counts, when its conditions are met no more from the day `lost` on; None when nothing says so.

    The month, year or school year in which the day falls is the last one. `whole`: the change was itself one of the calendar (the year someone
    turns an age, a school start, a rate): when it falls on the first day of a period, the period before it was the last.
    """
    match rule:
        case MonthRule.ON_DAY:
            return lost
        case MonthRule.SAME_MONTH:
            return lost if whole and lost == month_of(lost) else month_after(lost)
        case MonthRule.NEXT_MONTH:
            return month_after(month_after(lost))
        case MonthRule.MONTH_BEFORE:
            return month_of(lost)
        case MonthRule.CALENDAR_YEAR:
            return lost if whole and lost == year_of(lost) else year_after(lost)
        case MonthRule.SCHOOL_YEAR:
            return lost if whole and lost == school_year.of(lost.year) else school_year.after(lost)
        case _:
            return None


def falls_on(falls: Falls, birth: date, age: int, school_year: SchoolYear) -> date:
    """The first day of what is new at that age."""
    return _FALLS[falls](birthday(birth, age), date(birth.year + age, _FIRST, _FIRST), school_year)


def month_of(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=_FIRST)


def month_after(day: date) -> date:
    """The first day of the next month."""
    return add_months(month_of(day), _ONE_ON)


def year_of(day: date) -> date:
    """1 January."""
    return day.replace(month=_FIRST, day=_FIRST)


def year_after(day: date) -> date:
    """1 January of the next year."""
    return date(day.year + 1, _FIRST, _FIRST)


_FALLS: Mapping[Falls, Callable[[date, date, SchoolYear], date]] = {
    Falls.BIRTHDAY: lambda turned, year, school: turned,
    Falls.YEAR_START: lambda turned, year, school: year,
    Falls.YEAR_END: lambda turned, year, school: year_after(year),
    Falls.MONTH_END: lambda turned, year, school: month_after(turned),
    Falls.MONTH_BEFORE: lambda turned, year, school: month_of(turned),
    Falls.SCHOOL_START: lambda turned, year, school: school.of(year.year),
    Falls.SCHOOL_YEAR: lambda turned, year, school: school.of(year.year),
}
