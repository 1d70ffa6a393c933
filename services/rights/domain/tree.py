"""The condition tree of a right. Three values, strong Kleene logic: True, False and None, which is unknown.

Every node has an `id`, stable and unique within its right, and says whether it is `rare`: an alternative or exception few ever meet."""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from services.rights.domain.confidence import Confidence

Value = bool | int | float | str | date | frozenset[str]
Known = Mapping[str, Value]
Rates = Mapping[str, int | float]  # what has a value on the day
Truth = bool | None


class Comparator(StrEnum):
    """How a fact is compared."""

    IS = "is"
    IN = "in"
    OVERLAPS = "overlaps"
    AT_LEAST = "at_least"
    ABOVE = "above"
    AT_MOST = "at_most"
    BELOW = "below"


def _is(value: Any, bound: Any) -> bool:
    return type(value) is type(bound) and bool(value == bound)


def _among(value: Any, bound: Any) -> bool:
    return value in bound


def _overlaps(value: Any, bound: Any) -> bool:
    return not bound.isdisjoint(value)


HOLDS: Mapping[Comparator, Callable[[Any, Any], bool]] = {
    Comparator.IS: _is,
    Comparator.IN: _among,
    Comparator.OVERLAPS: _overlaps,
    Comparator.AT_LEAST: operator.ge,
    Comparator.ABOVE: operator.gt,
    Comparator.AT_MOST: operator.le,
    Comparator.BELOW: operator.lt,
}


@dataclass(frozen=True, slots=True)
class RateRef:
    """A bound that is a rate: its value on the day of evaluation."""

    id: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One bound that a fact is held against."""

    comparator: Comparator
    bound: Value | RateRef

    def truth(self, value: Value, rates: Rates) -> Truth:
        """Whether the value is within the bound; unknown when the bound is a rate without a value on the day."""
        bound = rates.get(self.bound.id) if isinstance(self.bound, RateRef) else self.bound
        return None if bound is None else HOLDS[self.comparator](value, bound)


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """One fact held against one bound, or a lower and an upper one. `confidence` is the lowest on the way down to it."""

    fact: str
    comparisons: tuple[Comparison, ...]
    law: str = ""
    note: str | None = None
    confidence: Confidence = Confidence.SOURCED
    id: str = ""
    rare: bool = False

    def truth(self, known: Known, rates: Rates) -> Truth:
        """Unknown when the fact is not known, or when a rate is."""
        if self.fact not in known:
            return None
        truth: Truth = True
        for comparison in self.comparisons:
            holds = comparison.truth(known[self.fact], rates)
            if holds is False:
                return False
            truth = truth and holds
        return truth


@dataclass(frozen=True, slots=True, eq=False)
class Assess:
    """Discretion (skjønn): no fact decides it, someone must judge."""

    what: str
    by: str
    law: str = ""
    note: str | None = None
    confidence: Confidence = Confidence.SOURCED
    id: str = ""
    rare: bool = False

    def truth(self, known: Known, rates: Rates) -> Truth:
        """Always unknown."""
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Siblings:
    """The other children of the family: whether the part holds for `every` one of them, or for any."""

    every: bool
    part: "Node"
    law: str = ""
    note: str | None = None
    confidence: Confidence = Confidence.SOURCED
    id: str = ""
    rare: bool = False

    def truth(self, known: Known, rates: Rates) -> Truth:
        """Unknown to whoever sees one child's facts only; a situation that holds the others' settles it (`condition.py`)."""
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """True when at least `need` of its parts are. `all` needs every one, `any` needs one."""

    need: int
    parts: tuple["Node", ...]
    id: str = ""
    rare: bool = False
    law: str = ""
    note: str | None = None

    @property
    def spare(self) -> int:
        """How many parts may be false before the branch is."""
        return len(self.parts) - self.need

    def truth(self, known: Known, rates: Rates) -> Truth:
        """Settled as soon as enough parts are true, or too many are false."""
        true = false = 0
        for part in self.parts:
            truth = part.truth(known, rates)
            if truth:
                true += 1
                if true >= self.need:
                    return True
            elif truth is False:
                false += 1
                if false > self.spare:
                    return False
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Not:
    """The opposite of its part; the opposite of unknown is unknown."""

    part: "Node"
    id: str = ""
    rare: bool = False
    law: str = ""
    note: str | None = None

    def truth(self, known: Known, rates: Rates) -> Truth:
        """True and false change places."""
        return opposite(self.part.truth(known, rates))


Leaf = Atom | Assess | Siblings
Node = Leaf | Branch | Not


def opposite(truth: Truth) -> Truth:
    """Strong Kleene negation."""
    return None if truth is None else not truth


def leaves(node: Node) -> Iterator[Leaf]:
    """Every atom, assessment and look at the siblings, in the tree's order."""
    match node:
        case Branch(parts=parts):
            for part in parts:
                yield from leaves(part)
        case Not(part=part):
            yield from leaves(part)
        case _:
            yield node


def atoms(node: Node) -> Iterator[Atom]:
    """Every atom of the tree that is about this child."""
    return (leaf for leaf in leaves(node) if isinstance(leaf, Atom))
