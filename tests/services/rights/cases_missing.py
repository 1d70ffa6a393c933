"""What the cases of a right still lack: `python -m tests.services.rights.cases_missing [right …]`.

Every right has a clear yes (the best it can be), a clear no, an unknown, the day before, on and after each age limit, and one "don't know"."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from services.rights.domain.confidence import Confidence
from services.rights.domain.derived import SchoolStart
from services.rights.domain.rule import Rule
from services.rights.domain.tree import Assess, Atom, Branch, Comparator, Comparison, Known, Node, Not, RateRef, atoms
from services.rights.domain.verdict import Verdict
from services.rights.store.rulebook import rulebook
from shared.dates import MONTHS_A_YEAR, day_lived
from tests.services.rights.cases import Case, all_cases

_PAST = (
    Comparator.ABOVE,
    Comparator.AT_MOST,
)  # the day that matters is when one is a year (a month) older than the bound
_AGES = range(121)  # a right whose ages cover each other can close at none of them


def lacking(rule: Rule, cases: Sequence[Case], start: SchoolStart) -> Iterator[str]:
    """What the cases of the right lack, in words."""
    if not cases:
        yield "cases"
        return
    verdicts = {case.stated.verdict for case in cases}
    best = (
        Verdict.LIKELY
        if rule.confidence is Confidence.SOURCED and can_be(rule.tree, True)
        else Verdict.MUST_BE_ASSESSED
    )
    if best not in verdicts:
        yield f"a clear yes ({best})"
    closes = any(can_be(rule.tree, False, {"child_age": age}) for age in _AGES)
    if closes and verdicts.isdisjoint({Verdict.UNLIKELY, Verdict.NOT_RELEVANT}):
        yield "a clear no"
    if Verdict.POSSIBLE not in verdicts:
        yield "an unknown"
    if not any(case.stated.not_known for case in cases):
        yield 'a "don\'t know"'
    for limit in sorted({limit for atom in atoms(rule.tree) for limit in limits(atom)}):
        yield from _days_lacking(limit, cases, start)


def can_be(node: Node, truth: bool, known: Known = MappingProxyType({})) -> bool:
    """Whether facts alone may settle the node so beside what is known, what must be assessed left open."""
    match node:
        case Assess():
            return False
        case Not(part=part):
            return can_be(part, not truth, known)
        case Branch(parts=parts, need=need, spare=spare):
            return sum(can_be(part, truth, known) for part in parts) > (need - 1 if truth else spare)
        case Atom():
            return node.truth(known, {}) in (None, truth)
        case _:
            return True


def limits(atom: Atom) -> Iterator[tuple[str, float | str]]:
    """Each age at which the atom flips, with the fact; a bound that is a rate by its id."""
    if atom.fact == "kindergarten_age":
        yield atom.fact, 0
    elif atom.fact.startswith(("child_age", "parent_age", "age_at_death")):
        for each in atom.comparisons:
            yield from ((atom.fact, limit) for limit in _ages(each))


def _ages(comparison: Comparison) -> Iterator[float | str]:
    match comparison.bound:
        case RateRef(id=rate):
            yield rate
        case frozenset() as ages:
            yield from (age for age in {turn for each in ages for turn in (each, each + 1)})
        case bound:
            assert isinstance(bound, int)
            yield bound + 1 if comparison.comparator in _PAST else bound


def _days_lacking(limit: tuple[str, float | str], cases: Sequence[Case], start: SchoolStart) -> Iterator[str]:
    seen = set()
    for case in cases:
        turn, day = _turn(limit, case, start), _day(limit[0], case)
        if turn is not None and day is not None:
            seen.add(day - turn)
    for days, name in ((-1, "before"), (0, "of"), (1, "after")):
        if timedelta(days=days) not in seen:
            yield f"the day {name} {limit[0]} {limit[1]}"


def _day(fact: str, case: Case) -> date | None:
    return _known_date(case, "date_of_death") if fact == "age_at_death" else case.stated.on


def _turn(limit: tuple[str, float | str], case: Case, start: SchoolStart) -> date | None:
    fact, bound = limit
    age: Any = case.situation.rates.get(bound) if isinstance(bound, str) else bound
    birth = _known_date(case, "parent_birth_date" if fact.startswith("parent") else "birth_date")
    if birth is None or age is None:
        return None
    if fact == "kindergarten_age":
        return start.of(birth)
    if fact.endswith("_turning_this_year"):
        return date(birth.year + age, 1, 1)
    return day_lived(birth, age if fact.endswith("_months") else age * MONTHS_A_YEAR)


def _known_date(case: Case, fact: str) -> date | None:
    value = case.known.get(fact)
    return value if isinstance(value, date) else None


def all_lacking(*rights: str) -> dict[str, list[str]]:
    """The rights (every one) whose cases lack something, and what."""
    book, cases = rulebook(), all_cases()
    found = {
        right: list(lacking(book.rules[right], cases.get(right, ()), book.school_start))
        for right in rights or book.rules
    }
    return {right: lack for right, lack in found.items() if lack}


if __name__ == "__main__":
    for name, lack in all_lacking(*sys.argv[1:]).items():
        sys.stdout.write(f"{name}: {', '.join(lack)}\n")
