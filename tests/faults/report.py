"""What a check looked at, and what it found."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.faults.history import History
from tests.faults.seen import Seen

Check = Callable[[History, Seen], Iterable[str | None]]
"""Gives one line for each thing that is wrong, and None for each that is right."""


@dataclass(slots=True)
class Report:
    """How many things of each kind were looked at, and one line for each fault."""

    checked: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """For people: what was checked, and every fault."""
        looked = [f"  {number:6} {what}" for what, number in self.checked.items()]
        found = [f"  FAULT  {fault}" for fault in self.faults] or ["  nothing lost, doubled or out of order"]
        return ["history checked:", *looked, *found]
