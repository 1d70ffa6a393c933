"""Rates (satser) and the base amount (grunnbeløpet, G) as dated intervals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from services.rights.domain.tree import Rates


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and the days it is for: `start` included, `end` not; no end is open. `verified_until`: the last day it was checked for."""

    start: date
    end: date | None
    value: int | float
    verified_until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the value is for that day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate through time, oldest first. A gap is a time whose value is not known. `source`: where its values were read."""

    id: str
    unit: str
    intervals: tuple[Interval, ...]
    source: str = ""

    def on(self, day: date) -> Interval | None:
        """The interval of the day; None when the value is not known."""
        return next((interval for interval in self.intervals if interval.covers(day)), None)

    def before(self, day: date) -> Interval | None:
        """The last one that ended by the day: history, never an answer."""
        ended = [interval for interval in self.intervals if interval.end is not None and interval.end <= day]
        return ended[-1] if ended else None


def rates_on(rates: Iterable[Rate], day: date) -> Rates:
    """The values of the rates that have one on the day."""
    return {rate_id: interval.value for rate_id, interval in intervals_on(rates, day).items()}


def intervals_on(rates: Iterable[Rate], day: date) -> Mapping[str, Interval]:
    """The rates that have a value on the day, with the days it is for."""
    found = ((rate.id, rate.on(day)) for rate in rates)
    return {rate_id: interval for rate_id, interval in found if interval is not None}


def ended_on(rates: Iterable[Rate], day: date) -> frozenset[str]:
    """The rates that had a value before the day and have none on it."""
    return frozenset(rate.id for rate in rates if rate.on(day) is None and rate.before(day) is not None)


def stale_on(intervals: Mapping[str, Interval], day: date) -> frozenset[str]:
    """The rates whose value nobody has verified for the day: past what it was verified for, or never."""
    return frozenset(
        rate for rate, interval in intervals.items() if interval.verified_until is None or interval.verified_until < day
    )
