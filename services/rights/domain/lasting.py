"""How long what was told can be relied on. A fact that will not last is unknown from its end on; it is never carried forward."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.rights.domain.derived import SchoolStart
from services.rights.domain.month_rule import SchoolYear, year_after
from services.rights.domain.situation import Said
from services.rights.domain.tree import Known, Value
from shared.dates import add_months, birthday, oslo_day

_BIRTH = "birth_date"


class End(StrEnum):
    """What ends it: the child's start at school, its turning an age, a new year at school or in kindergarten, a new calendar year, some months
    or days. What is said of school before school begins lasts until then."""

    SCHOOL_START = "school_start"
    AGE = "age"
    SCHOOL_YEAR = "school_year"
    KINDERGARTEN_YEAR = "kindergarten_year"
    CALENDAR_YEAR = "calendar_year"
    MONTHS = "months"
    DAYS = "days"


_OF_A_LIFE = frozenset({End.SCHOOL_START, End.AGE})


@dataclass(frozen=True, slots=True)
class Limit:
    """One way in which a fact ends: `number` is the age, the months or the days. `values`: only while it has one of them."""

    end: End
    number: int | None = None
    values: frozenset[Value] = frozenset()

    def touches(self, value: Value) -> bool:
        """Whether the limit is one for this value."""
        found = value if isinstance(value, frozenset) else frozenset((value,))
        return not self.values or not self.values.isdisjoint(found)


@dataclass(frozen=True, slots=True)
class Lasting:
    """The limits of each fact, and the days of the calendar that they count with."""

    limits: Mapping[str, tuple[Limit, ...]]
    school_start: SchoolStart

    @property
    def school_year(self) -> SchoolYear:
        """A school year begins on the same day of the year as school does for a child."""
        return SchoolYear(self.school_start.month, self.school_start.day)

    def ends(self, known: Known, said: Mapping[str, Said], told_on: date) -> dict[str, date]:
        """The first day on which each known fact that will not last is unknown. `told_on`: for a fact of which nobody knows when it was said."""
        birth = known.get(_BIRTH)
        born = birth if isinstance(birth, date) else None
        ends = {fact: self._end(fact, known[fact], _told(said.get(fact), told_on), born) for fact in known}
        return {fact: end for fact, end in ends.items() if end is not None}

    def _end(self, fact: str, value: Value, told: date, born: date | None) -> date | None:
        ends = (_end(each, told, born, self) for each in self.limits.get(fact, ()) if each.touches(value))
        return min((end for end in ends if end is not None), default=None)


def lasting_on(known: Known, ends: Mapping[str, date], day: date) -> dict[str, Value]:
    """What is still known on the day."""
    return {fact: value for fact, value in known.items() if fact not in ends or day < ends[fact]}


def ended_by(facts: Iterable[str], ends: Mapping[str, date], day: date) -> frozenset[str]:
    """The facts that were told once and are not known on the day any more."""
    return frozenset(fact for fact in facts if fact in ends and ends[fact] <= day)


def _told(said: Said | None, told_on: date) -> date:
    """The day it was said last; it may have been so for long before."""
    return oslo_day(said.said_at) if said and said.said_at else told_on


def _end(limit: Limit, told: date, born: date | None, lasting: Lasting) -> date | None:
    """The first day after it was told on which the limit is reached; None when it never is, or was before."""
    if limit.end in _OF_A_LIFE:
        end = _in_a_life(limit, born, lasting) if born else None
    else:
        end = _on_the_calendar(limit, told, born, lasting)
    return end if end is not None and told < end else None


def _in_a_life(limit: Limit, born: date, lasting: Lasting) -> date:
    return lasting.school_start.of(born) if limit.end is End.SCHOOL_START else birthday(born, limit.number or 0)


def _on_the_calendar(limit: Limit, told: date, born: date | None, lasting: Lasting) -> date:
    number = limit.number or 0
    match limit.end:
        case End.SCHOOL_YEAR:
            return max(lasting.school_year.after(told), lasting.school_start.of(born) if born else told)
        case End.KINDERGARTEN_YEAR:
            return lasting.school_year.after(told)
        case End.CALENDAR_YEAR:
            return year_after(told)
        case End.MONTHS:
            return add_months(told, number)
        case _:
            return told + timedelta(days=number)
