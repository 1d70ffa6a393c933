"""Everything a rule may look at when it is judged: one person's facts on one day."""

from dataclasses import dataclass
from datetime import date

from services.rights.domain.fact import Origin, Subject, Vocabulary
from services.rights.domain.tree import Known, Rates

_BY_ITSELF = frozenset({Origin.DERIVED, Origin.REGISTER})


@dataclass(frozen=True, slots=True)
class Situation:
    """Facts with what follows from them, the rates of the day, and the part that nobody had to tell."""

    on: date
    known: Known
    rates: Rates
    by_itself: Known
    has_case: bool


def situation(known: Known, on: date, *, rates: Rates, vocabulary: Vocabulary) -> Situation:
    """The situation on the day; `known` holds derived facts too."""
    return Situation(
        on=on,
        known=known,
        rates=rates,
        by_itself={fact: value for fact, value in known.items() if vocabulary[fact].origin in _BY_ITSELF},
        has_case=any(vocabulary[fact].subject is Subject.CASE for fact in known),
    )
