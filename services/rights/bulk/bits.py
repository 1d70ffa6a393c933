"""A node of everyone in two masks: for whom it is true, and for whom it is not false. Who is in the second only is open.

As in `domain/states.py` there are two readings of what no answer settles, as "no" and as "yes"; a node without such doubt has one pair of
masks for both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from services.rights.bulk.columns import Bits


@dataclass(frozen=True, slots=True, eq=False)
class Masks:
    """One reading: `true`, and `possible`, which is true or open."""

    true: Bits
    possible: Bits


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One node of everyone, doubt read as "no" (`low`) and as "yes" (`high`)."""

    low: Masks
    high: Masks

    @property
    def yes(self) -> Bits:
        """Who it is true for, however doubt is read."""
        return self.low.true & self.high.true

    @property
    def maybe(self) -> Bits:
        """Who it is not false for in one reading at least."""
        return self.low.possible | self.high.possible

    @property
    def open(self) -> Bits:
        """Who an answer may still settle it for."""
        low, high = self.low, self.high
        return (low.possible & ~low.true) | (high.possible & ~high.true)

    def differs(self, other: "Node") -> Bits:
        """Who it stands otherwise for in another tree."""
        pairs = ((self.low, other.low), (self.high, other.high))
        return reduce(or_, ((one.true ^ two.true) | (one.possible ^ two.possible) for one, two in pairs))


def all_of(parts: Sequence[Node]) -> Node:
    """True for whom every part is."""
    return _each(parts, _all)


def any_of(parts: Sequence[Node]) -> Node:
    """True for whom one part is."""
    return _each(parts, _any)


def at_least(need: int, parts: Sequence[Node]) -> Node:
    """True for whom so many parts are."""
    return _each(
        parts, lambda masks: Masks(_count(need, [m.true for m in masks]), _count(need, [m.possible for m in masks]))
    )


def opposite(part: Node) -> Node:
    """True and false change places, and what was read as "no" is read as "yes"."""
    low = _turned(part.high)
    return Node(low, low if part.low is part.high else _turned(part.low))


def settled(low: Bits, high: Bits, known: Bits) -> Node:
    """A condition: how it comes out, doubt read as "no" and as "yes", for whom it is known; open for the others."""
    open_to = ~known
    reading = _known_or_open(low & known, open_to)
    return Node(reading, reading if low is high else _known_or_open(high & known, open_to))


def _known_or_open(true: Bits, open_to: Bits) -> Masks:
    return Masks(true, true | open_to)


def _each(parts: Sequence[Node], how: Callable[[Sequence[Masks]], Masks]) -> Node:
    low = how([part.low for part in parts])
    return Node(low, low if all(part.low is part.high for part in parts) else how([part.high for part in parts]))


def _all(masks: Sequence[Masks]) -> Masks:
    return Masks(reduce(and_, (each.true for each in masks)), reduce(and_, (each.possible for each in masks)))


def _any(masks: Sequence[Masks]) -> Masks:
    return Masks(reduce(or_, (each.true for each in masks)), reduce(or_, (each.possible for each in masks)))


def _turned(masks: Masks) -> Masks:
    return Masks(~masks.possible, ~masks.true)


def _count(need: int, masks: Sequence[Bits]) -> Bits:
    """In `reached[n]` is who has had n + 1 of the masks so far."""
    nobody = masks[0] & ~masks[0]
    reached = [nobody] * need
    for mask in masks:
        for place in range(need - 1, 0, -1):
            reached[place] = reached[place] | (reached[place - 1] & mask)
        reached[0] = reached[0] | mask
    return reached[-1]
