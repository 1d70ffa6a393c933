"""Whether a right's conditions leave it open at an age. What a person has told is not looked at: this orders a list, it decides nothing."""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shared.dates import MONTHS_A_YEAR

Truth = bool | None
Number = int | float

_HOLDS: Mapping[str, Callable[[Number, Number], bool]] = {
    "is": operator.eq,
    "at_least": operator.ge,
    "above": operator.gt,
    "at_most": operator.le,
    "below": operator.lt,
}


@dataclass(frozen=True, slots=True)
class Bound:
    """One limit of one fact: an age in years (`child_age`), the age reached this year, or an age in months."""

    fact: str
    comparator: str
    value: Number

    def truth(self, age: int) -> Truth:
        """Whether it holds throughout the year at that age, never, or in a part of it (None)."""
        first, last = _range(self.fact, age)
        holds = _HOLDS[self.comparator]
        at_first, at_last = holds(first, self.value), holds(last, self.value)
        return at_first if at_first is at_last else None


@dataclass(frozen=True, slots=True)
class Open:
    """Anything that an age does not settle."""

    def truth(self, age: int) -> Truth:
        """Always unknown."""
        return None


@dataclass(frozen=True, slots=True)
class AtLeast:
    """True when at least `need` parts are (`all` needs each, `any` needs one)."""

    need: int
    parts: Sequence["Condition"]

    def truth(self, age: int) -> Truth:
        """Strong Kleene logic."""
        truths = [part.truth(age) for part in self.parts]
        if truths.count(True) >= self.need:
            return True
        return False if len(truths) - truths.count(False) < self.need else None


@dataclass(frozen=True, slots=True)
class Opposite:
    """Not."""

    part: "Condition"

    def truth(self, age: int) -> Truth:
        """True and false change places."""
        truth = self.part.truth(age)
        return None if truth is None else not truth


Condition = Bound | Open | AtLeast | Opposite
AGES = ("child_age", "child_age_turning_this_year", "child_age_months")


def open_at(condition: Condition, age: int) -> bool:
    """Whether somebody of that age may come to have the right."""
    return condition.truth(age) is not False


def _range(fact: str, lived: int) -> tuple[int, int]:
    """The least and the greatest value that the fact has while someone has lived so many whole years."""
    if fact == "child_age_months":
        months = range(lived * MONTHS_A_YEAR, (lived + 1) * MONTHS_A_YEAR)
        return months[0], months[-1]
    return (lived, lived + 1) if fact == "child_age_turning_this_year" else (lived, lived)
