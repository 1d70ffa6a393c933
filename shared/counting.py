"""The last day of a time limit: each way of counting that the law knows. Pure date arithmetic; every length comes in from data."""

import calendar
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from shared.dates import MONTHS_A_YEAR, add_months

A_DAY = date.resolution


class Counting(StrEnum):
    """How a length is counted. courts_act: domstolloven §§ 148 and 149; agency_regulation: forvaltningslovforskriften §§ 35-41."""

    COURTS_ACT = "courts_act"
    AGENCY_REGULATION = "agency_regulation"
    WORKING_DAYS = "working_days"
    CALENDAR = "calendar"
    NONE = "none"


class Unit(StrEnum):
    """What a length is measured in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


MOVED_TO_A_WORKING_DAY = frozenset({Counting.COURTS_ACT, Counting.AGENCY_REGULATION})


@dataclass(frozen=True, slots=True)
class Length:
    """How long."""

    value: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Counted:
    """Where a length ends, and how that was found. `moved_from`: the day it ended on before it was moved to a working day.
    `approximate`: the law does not say what a working day is."""

    last_day: date
    moved_from: date | None = None
    approximate: bool = False


def counted(
    length: Length | None,
    counting: Counting,
    starts: date,
    holidays: Container[date],
    *,
    paused: timedelta = timedelta(0),
) -> Counted | None:
    """The last day when it starts on that day; None where there is no length to count. `paused`: how long an agency's time limit stood still.
    `holidays`: public holidays; Saturdays and Sundays are known here."""
    if length is None or counting is Counting.NONE:
        return None
    if length.unit is Unit.WORKING_DAYS:
        return Counted(_working_days_after(starts, length.value, holidays), approximate=True)
    ends = _ends(starts, length)
    if counting is Counting.AGENCY_REGULATION:
        ends += paused
    last = next(_working_days_from(ends, holidays)) if counting in MOVED_TO_A_WORKING_DAY else ends
    return Counted(last, moved_from=None if last == ends else ends)


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Monday to Friday and no public holiday (helligdag or what equals one)."""
    return day.weekday() < calendar.SATURDAY and day not in holidays


def _ends(starts: date, length: Length) -> date:
    """Weeks, months and years end on the day that answers to the first one by name or number; in days the first is not counted."""
    match length.unit:
        case Unit.DAYS:
            return starts + timedelta(days=length.value)
        case Unit.WEEKS:
            return starts + timedelta(weeks=length.value)
        case Unit.MONTHS:
            return add_months(starts, length.value)
        case Unit.YEARS:
            return add_months(starts, length.value * MONTHS_A_YEAR)
        case Unit.WORKING_DAYS:
            raise ValueError("working days are counted one by one")


def _working_days_from(day: date, holidays: Container[date]) -> Iterator[date]:
    """The working days from that day on, itself among them."""
    while True:
        if is_working_day(day, holidays):
            yield day
        day += A_DAY


def _working_days_after(day: date, number: int, holidays: Container[date]) -> date:
    """The last of so many working days after the day."""
    return list(islice(_working_days_from(day + A_DAY, holidays), number))[-1]
