"""The last day of a legal time limit, and which date binds: the law's or the authority's."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

from services.status.domain.deadline import Deadline
from services.status.domain.errors import ShorterThanTheLaw
from shared.counting import counted


@dataclass(frozen=True, slots=True)
class Due:
    """When a time limit ends, and how that was found. `moved_from`: the day it ended on before it was moved to a working day.
    `approximate`: the law does not say what a working day is."""

    deadline: Deadline
    starts: date
    last_day: date
    moved_from: date | None = None
    approximate: bool = False

    def is_past(self, day: date) -> bool:
        """Whether the last day is over."""
        return day > self.last_day

    def days_left(self, day: date) -> int:
        """Days left, counted from the day to the last one; 0 when past."""
        return max((self.last_day - day).days, 0)


def count(
    deadline: Deadline, starts: date, holidays: Container[date], *, paused: timedelta = timedelta(0)
) -> Due | None:
    """The last day when it starts on that day; None where the law gives no length. `paused`: how long an agency's time limit stood still."""
    found = counted(deadline.length, deadline.counting, starts, holidays, paused=paused)
    return Due(deadline, starts, found.last_day, found.moved_from, found.approximate) if found else None


def binding(stated: date | None, lawful: Due | None) -> date | None:
    """The date that counts: the authority's own, which may be later than the law's and never earlier. Raises ShorterThanTheLaw naming both."""
    if stated is None or lawful is None:
        return stated or (lawful.last_day if lawful else None)
    if stated < lawful.last_day:
        raise ShorterThanTheLaw(stated, lawful.last_day, lawful.deadline.law)
    return stated
