"""Everything a rule may look at when it is judged: one person's facts on one day."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

from services.rights.domain.condition import Settled
from services.rights.domain.fact import Subject, Vocabulary
from services.rights.domain.rate import Interval
from services.rights.domain.tree import Known, Rates, Value

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """Where a fact comes from: who said it, when, and from which day it has been so."""

    source: str
    said_at: datetime | None = None
    valid_from: date | None = None


_NOTHING: Mapping[str, Said] = MappingProxyType({})
_NO_RATES: Mapping[str, Interval] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Situation:
    """Facts with what follows from them, and the rates of the day.

    `not_known`: asked, and answered "I don't know". `conflicts`: the answers differ. `expired`: told once, and not for this day.
    `intervals`: the rates of the day with the days they are for; `ended`: rates that had a value, and have none on the day; `stale`: rates
    whose value was not verified for the day.
    `siblings`: what is known of each other child of the family, `is_whole` when no child is left out.
    `settled`: conditions already held against these facts, kept for the next rule that asks.
    """

    on: date
    known: Known
    rates: Rates
    has_case: bool
    not_known: frozenset[str] = _NONE
    conflicts: frozenset[str] = _NONE
    expired: frozenset[str] = _NONE
    said: Mapping[str, Said] = field(default_factory=dict)
    intervals: Mapping[str, Interval] = field(default_factory=dict)
    ended: frozenset[str] = _NONE
    stale: frozenset[str] = _NONE
    siblings: tuple[Known, ...] = ()
    is_whole: bool = False
    settled: Settled = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "settled", Settled(self))

    def knowing(self, fact: str, value: Value) -> "Situation":
        """The same, had this fact been told as well."""
        return replace(self, known={**self.known, fact: value})


def situation(  # noqa: PLR0913
    known: Known,
    on: date,
    *,
    rates: Rates,
    vocabulary: Vocabulary,
    not_known: Set[str] = _NONE,
    conflicts: Set[str] = _NONE,
    expired: Set[str] = _NONE,
    said: Mapping[str, Said] = _NOTHING,
    intervals: Mapping[str, Interval] = _NO_RATES,
    ended: Set[str] = _NONE,
    stale: Set[str] = _NONE,
    siblings: tuple[Known, ...] = (),
    is_whole: bool = False,
) -> Situation:
    """The situation on the day; `known` holds derived facts too. What follows from a fact that is unknown is unknown for the same cause."""
    return Situation(
        on=on,
        known=known,
        rates=rates,
        has_case=Subject.CASE in {vocabulary[fact].subject for fact in known},
        not_known=_with_what_follows(not_known, vocabulary),
        conflicts=_with_what_follows(conflicts, vocabulary),
        expired=_with_what_follows(expired, vocabulary),
        said=said,
        intervals=intervals,
        ended=frozenset(ended),
        stale=frozenset(stale),
        siblings=siblings,
        is_whole=is_whole,
    )


def _with_what_follows(facts: Set[str], vocabulary: Vocabulary) -> frozenset[str]:
    if not facts:
        return _NONE
    return frozenset(facts).union(each.id for each in vocabulary.values() if not facts.isdisjoint(each.derived_from))
