"""One right through time: old law still decides old days."""

from dataclasses import dataclass
from datetime import date

from services.rights.domain.month_rule import MonthRule
from services.rights.domain.rule import Rule


@dataclass(frozen=True, slots=True)
class Version:
    """A rule and the days it is in force: `start` included, `end` not; None is open. `begins`, `ends`: its month rules, where they are known."""

    start: date | None
    end: date | None
    rule: Rule
    begins: MonthRule | None
    ends: MonthRule | None

    def covers(self, day: date) -> bool:
        """Whether it is in force on the day."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)
