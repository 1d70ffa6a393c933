"""Rates (satser) and the base amount (grunnbeløpet, G) as dated intervals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.rights.domain.tree import Rates


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and the days it is for: `start` included, `end` not; no end is open."""

    start: date
    end: date | None
    value: int | float

    def covers(self, day: date) -> bool:
        """Whether the value is for that day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate through time, oldest first. A gap is a time whose value is not known."""

    id: str
    unit: str
    intervals: tuple[Interval, ...]

    def on(self, day: date) -> Interval | None:
        """The interval of the day; None when the value is not known."""
        return next((interval for interval in self.intervals if interval.covers(day)), None)

    def before(self, day: date) -> Interval | None:
        """The last one that ended by the day: history, never an answer."""
        ended = [interval for interval in self.intervals if interval.end is not None and interval.end <= day]
        return ended[-1] if ended else None


def rates_on(rates: Iterable[Rate], day: date) -> Rates:
    """The values of the rates that have one on the day."""
    found = ((rate.id, rate.on(day)) for rate in rates)
    return {rate_id: interval.value for rate_id, interval in found if interval is not None}
