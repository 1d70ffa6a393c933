"""S50, a made-up catalogue of fifty rights, in our own form: a range of age, membership, a diagnosis or a level of function, and expenses over a
dated rate or need of care or reduced capacity for work; every third also not in an institution."""

import random
from datetime import date
from functools import cache
from typing import Any

from services.rights.domain.confidence import Confidence
from services.rights.domain.derived import SchoolStart, derive
from services.rights.domain.fact import Fact, Origin, Subject, Type, Vocabulary
from services.rights.domain.rate import Interval, Rate, intervals_on, rates_on, stale_on
from services.rights.domain.rule import JudgedFor, Rule, rule
from services.rights.domain.situation import Situation, situation
from services.rights.domain.tree import Atom, Branch, Comparator, Comparison, Known, Node, Not, RateRef, Value

RIGHTS = 50
_DERIVED = ("child_age", "child_age_months", "child_age_turning_this_year", "kindergarten_age", "deceased")
TOLD = {
    "membership": Type.BOOLEAN,
    "diagnosis": Type.BOOLEAN,
    "in_institution": Type.BOOLEAN,
    "lives_at_home": Type.BOOLEAN,
    "function_level": Type.INTEGER,
    "care_need": Type.INTEGER,
    "work_capacity": Type.INTEGER,
    "municipality": Type.INTEGER,
    "expenses": Type.NUMBER,
}
_START = SchoolStart(turning=6, month=8, day=1)
_OLD, _NOW, _CHECKED = date(2020, 1, 1), date(2026, 1, 1), date(2026, 12, 31)


def vocabulary() -> Vocabulary:
    """The facts of the catalogue."""
    facts = [Fact("birth_date", Subject.CHILD, Type.DATE, "family", Origin.REGISTER)]
    facts += [Fact(name, Subject.CHILD, Type.INTEGER, "family", Origin.DERIVED, ("birth_date",)) for name in _DERIVED]
    facts += [Fact(name, Subject.CHILD, kind, "health", Origin.TOLD) for name, kind in TOLD.items()]
    return {fact.id: fact for fact in facts}


VOCABULARY = vocabulary()
RATES = tuple(
    Rate(
        f"t{number:02d}",
        "NOK/year",
        (Interval(_OLD, _NOW, 8000 + 100 * number, _CHECKED), Interval(_NOW, None, 9000 + 100 * number, _CHECKED)),
    )
    for number in range(RIGHTS)
)


def rules() -> dict[str, Rule]:
    """The fifty."""
    return {
        f"r{number:02d}": rule(
            f"r{number:02d}",
            JudgedFor.CHILD,
            _tree(number),
            Confidence.SOURCED,
            relevant_when=(),
            vocabulary=VOCABULARY,
        )
        for number in range(RIGHTS)
    }


def someone(rng: random.Random) -> dict[str, Value]:
    """A made-up person, every fact known."""
    return {
        "birth_date": date(2004 + rng.randrange(20), rng.randint(1, 12), rng.randint(1, 28)),
        "membership": rng.random() < 0.9,
        "diagnosis": rng.random() < 0.5,
        "in_institution": rng.random() < 0.2,
        "lives_at_home": rng.random() < 0.9,
        "function_level": rng.randint(0, 5),
        "care_need": rng.randint(0, 4),
        "work_capacity": rng.randrange(0, 101, 5),
        "municipality": rng.randint(301, 5700),
        "expenses": float(rng.randrange(0, 20000, 250)),
    }


def situation_on(known: Known, day: date) -> Situation:
    """The person on the day, ages worked out."""
    complete = derive(known, day, vocabulary=VOCABULARY, school_start=_START)
    return situation(complete, day, vocabulary=VOCABULARY, **_rates(day))


@cache
def _rates(day: date) -> dict[str, Any]:
    """Looked up once a day, as OpenFisca does and as our rulebook does."""
    intervals = intervals_on(RATES, day)
    return {"rates": rates_on(RATES, day), "intervals": intervals, "stale": stale_on(intervals, day)}


def _tree(number: int) -> Node:
    low = number * 3 % 20
    conditions: list[Node] = [
        _atom("child_age", Comparator.AT_LEAST, low),
        _atom("child_age", Comparator.BELOW, low + 10 + number % 5 * 12),
        _atom("membership", Comparator.IS, True),
        _any(
            "illness",
            _atom("diagnosis", Comparator.IS, True),
            _atom("function_level", Comparator.AT_LEAST, 1 + number % 5),
        ),
        _any(
            "burden",
            _atom("expenses", Comparator.AT_LEAST, RateRef(f"t{number:02d}")),
            _atom("care_need", Comparator.ABOVE, number % 4),
            _atom("work_capacity", Comparator.AT_MOST, 30 + number % 9 * 5),
        ),
    ]
    if number % 3 == 0:
        conditions.append(Not(_atom("in_institution", Comparator.IS, True), "not-in-institution"))
    return Branch(len(conditions), tuple(conditions), "all")


def _any(node_id: str, *parts: Node) -> Node:
    return Branch(1, parts, node_id)


def _atom(fact: str, comparator: Comparator, bound: Value | RateRef) -> Atom:
    return Atom(fact, (Comparison(comparator, bound),), "none: made up", id=f"{fact}-{comparator.value}")
