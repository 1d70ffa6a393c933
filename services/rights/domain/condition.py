"""What a leaf asks of a situation, shared by every rule that asks the same, so that it is asked once."""

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any, Protocol

from services.rights.domain.states import DOUBT, NO, OPEN, YES, State
from services.rights.domain.tree import HOLDS, Atom, Comparator, Comparison, Known, Node, RateRef, Rates, Value

_KEPT = 1 << 16  # conditions that rules share; a rule whose condition fell out merely asks on its own
_LIMITS = frozenset(
    HOLDS[each] for each in (Comparator.AT_LEAST, Comparator.ABOVE, Comparator.AT_MOST, Comparator.BELOW)
)
Holds = Callable[[Any, Any], bool]
_Key = tuple[Comparator, type, Value | RateRef]


class Facts(Protocol):
    """What a condition looks at."""

    @property
    def known(self) -> Known:
        """The facts that are known."""

    @property
    def rates(self) -> Rates:
        """The rates that have a value."""

    @property
    def siblings(self) -> tuple[Known, ...]:
        """What is known of each other child."""

    @property
    def is_whole(self) -> bool:
        """Whether no child is left out."""


class Asked(ABC):
    """Something that is asked of a situation."""

    __slots__ = ()

    @abstractmethod
    def state(self, facts: Facts) -> State:
        """How it stands."""


class Discretion(Asked):
    """What someone must judge: no fact settles it."""

    __slots__ = ()

    def state(self, facts: Facts) -> State:
        """Always in doubt."""
        return DOUBT


class Condition(Asked):
    """A fact held against its bounds. `rates`: those among the bounds."""

    __slots__ = ("fact", "rates", "tests")

    def __init__(self, fact: str, comparisons: tuple[Comparison, ...]) -> None:
        self.fact = fact
        self.rates = tuple(each.bound.id for each in comparisons if isinstance(each.bound, RateRef))
        self.tests: tuple[tuple[Holds, Value | RateRef], ...] = tuple(
            (HOLDS[each.comparator], each.bound) for each in comparisons
        )

    def state(self, facts: Facts) -> State:
        """Open while the fact is not known; in doubt when a rate is not, and no other bound says no."""
        value = facts.known.get(self.fact)
        if value is None:
            return OPEN
        state = YES
        for holds, bound in self.tests:
            if isinstance(bound, RateRef):
                rate = facts.rates.get(bound.id)
                if rate is None:
                    state = DOUBT
                    continue
                if not holds(value, rate):
                    return NO
            elif not holds(value, bound):
                return NO
        return state


class OfSiblings(Asked):
    """Whether every other child meets a condition, or any: settled by those that are known, open to doubt while one may be left out."""

    __slots__ = ("_every", "_part")

    def __init__(self, every: bool, part: Node) -> None:
        self._every = every
        self._part = part

    def state(self, facts: Facts) -> State:
        """A child that decides is enough; else every child must be known, and its facts."""
        truths = [self._part.truth(each, facts.rates) for each in facts.siblings]
        if (not self._every) in truths:
            return NO if self._every else YES
        if None in truths or not facts.is_whole:
            return DOUBT
        return YES if self._every else NO


class Settled(dict[Asked, State]):
    """What has been asked of one situation, each thing once."""

    __slots__ = ("_facts",)

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._facts = facts

    def __missing__(self, asked: Asked) -> State:
        state = self[asked] = asked.state(self._facts)
        return state


class Together:
    """Conditions on one fact, held against its value in one go: limits in the order of their bounds, those that are rates, and all
    others."""

    __slots__ = ("_bounds", "_limits", "_other", "_rated")

    def __init__(self, conditions: Iterable[Condition]) -> None:
        limits: list[tuple[int | float, Condition, Holds]] = []
        self._rated: list[tuple[str, Condition, Holds]] = []
        self._other: list[Condition] = []
        for condition in conditions:
            match condition.tests:
                case ((holds, (int() | float()) as bound),) if not isinstance(bound, bool) and holds in _LIMITS:
                    limits.append((bound, condition, holds))
                case ((holds, RateRef(rate)),):
                    self._rated.append((rate, condition, holds))
                case _:
                    self._other.append(condition)
        self._limits = sorted(limits, key=lambda limit: limit[0])
        self._bounds = [bound for bound, _, _ in self._limits]

    def states(self, facts: Facts, value: Value | None) -> Iterator[tuple[Asked, State]]:
        """How each stands; `value` is what is known of the fact."""
        if value is None:
            for condition in chain((each[1] for each in self._limits), (each[1] for each in self._rated), self._other):
                yield condition, OPEN
            return
        for bound, condition, holds in self._limits:
            yield condition, YES if holds(value, bound) else NO
        yield from self._unordered(facts, value)

    def moved(self, facts: Facts, was: Value | None, value: Value | None) -> Iterator[tuple[Asked, State]]:
        """How those stand that may stand otherwise than when the fact was `was`: of the limits, those between the two."""
        if not (isinstance(was, int | float) and isinstance(value, int | float)):
            yield from self.states(facts, value)
            return
        first, last = bisect_left(self._bounds, min(was, value)), bisect_right(self._bounds, max(was, value))
        for bound, condition, holds in self._limits[first:last]:
            yield condition, YES if holds(value, bound) else NO
        yield from self._unordered(facts, value)

    def _unordered(self, facts: Facts, value: Value) -> Iterator[tuple[Asked, State]]:
        rates = facts.rates
        for rate, condition, holds in self._rated:
            limit = rates.get(rate)
            yield condition, DOUBT if limit is None else YES if holds(value, limit) else NO
        for condition in self._other:
            yield condition, condition.state(facts)


def condition_of(atom: Atom) -> Condition:
    """The atom's condition: the same object for all that ask the same."""
    return _condition(atom.fact, tuple((each.comparator, type(each.bound), each.bound) for each in atom.comparisons))


@lru_cache(maxsize=_KEPT)
def _condition(fact: str, keys: tuple[_Key, ...]) -> Condition:
    return Condition(fact, tuple(Comparison(comparator, bound) for comparator, _, bound in keys))
