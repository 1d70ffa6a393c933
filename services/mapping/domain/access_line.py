"""A line of the access log (innsynslogg) as the family reads it."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One line: how often this reader read for this purpose through this service that day, and what."""

    day: date
    service: str
    reader_kind: str
    reader: str
    purpose: str
    denied: bool
    times: int
    last_at: datetime
    whats: tuple[str, ...]

    @property
    def place(self) -> tuple[str | int, ...]:
        """Where the next page begins after it."""
        return (self.day.isoformat(), self.service, self.reader_kind, self.reader, self.purpose, int(self.denied))
