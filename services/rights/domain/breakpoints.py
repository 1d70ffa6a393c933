"""Every day on which something that a rule looks at can be another than the day before: breakpoints."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date
from functools import lru_cache

from services.rights.domain.fact import Subject
from services.rights.domain.month_rule import year_of
from services.rights.domain.rate import Rate
from services.rights.domain.rule import Rule
from services.rights.domain.told import Law, Told
from services.rights.domain.tree import Atom, Comparison, RateRef, atoms
from shared.dates import birthday, day_lived

_KINDERGARTEN = "kindergarten_age"
_AGES = {"child_age": "birth_date", "parent_age": "parent_birth_date"}
_MONTHS = {"child_age_months": "birth_date"}
_YEARS = {"child_age_turning_this_year": "birth_date", "parent_age_turning_this_year": "parent_birth_date"}
_BIRTHS = {**_AGES, **_MONTHS, **_YEARS, _KINDERGARTEN: "birth_date"}
_RULES_KEPT = 2048


@dataclass(frozen=True, slots=True)
class Moved:
    """What may be another from a day on: facts that follow from the day, facts that were told and have ended, rates, the rule itself."""

    facts: frozenset[str] = frozenset()
    ended: frozenset[str] = frozenset()
    rates: frozenset[str] = frozenset()
    rule: bool = False

    def __or__(self, other: "Moved") -> "Moved":
        return Moved(
            self.facts | other.facts, self.ended | other.ended, self.rates | other.rates, self.rule or other.rule
        )

    @property
    def only_forgotten(self) -> bool:
        """Whether nothing happened but that something told has ended."""
        return bool(self.ended) and not (self.facts or self.rates or self.rule)

    @property
    def is_birthday(self) -> bool:
        """Whether someone became older on that very day."""
        return not self.facts.isdisjoint(_AGES.keys() | _MONTHS.keys())


@dataclass(frozen=True, slots=True)
class _Looks:
    """What a rule looks at: its facts, the conditions that the day itself can turn, and whether it waits for a case."""

    facts: frozenset[str]
    timed: tuple[Atom, ...]
    needs_case: bool


def breakpoints(right: str, law: Law, told: Told, ends: Mapping[str, date], until: date) -> dict[date, Moved]:
    """The days that matter to the right, up to and with `until`, in order. `ends`: the first day a fact is unknown."""
    found: defaultdict[date, Moved] = defaultdict(Moved)
    rules, begins = _versions(right, law, until)
    for day in begins:
        found[day] |= Moved(rule=True)
    for rule in rules:
        for day, moved in _of_rule(_looks(rule), law, told, ends, until):
            found[day] |= moved
    return {day: found[day] for day in sorted(found) if day <= until}


def _versions(right: str, law: Law, until: date) -> tuple[list[Rule], list[date]]:
    """Every version of the right, and the days on which another begins or none is left."""
    rules, begins = [law.rules_on(date.min).get(right)], []
    for day in law.version_days:
        if day <= until and (rule := law.rules_on(day).get(right)) is not rules[-1]:
            rules.append(rule)
            begins.append(day)
    return [rule for rule in rules if rule is not None], begins


@lru_cache(maxsize=_RULES_KEPT)
def _looks(rule: Rule) -> _Looks:
    all_atoms = tuple(atoms(rule.tree))
    timed = tuple(atom for atom in all_atoms if atom.fact in _BIRTHS or _rate_ids(atom))
    return _Looks(frozenset(atom.fact for atom in all_atoms), timed, rule.needs_case)


def _of_rule(
    looks: _Looks, law: Law, told: Told, ends: Mapping[str, date], until: date
) -> Iterator[tuple[date, Moved]]:
    for fact in looks.facts & ends.keys():
        yield ends[fact], Moved(ended=frozenset((fact,)))
    if looks.needs_case:  # it is judged as long as anything of a case is known
        for fact, end in ends.items():
            if law.vocabulary[fact].subject is Subject.CASE:
                yield end, Moved(ended=frozenset((fact,)))
    for atom in looks.timed:
        yield from _of_atom(atom, law, told, until)


def _of_atom(atom: Atom, law: Law, told: Told, until: date) -> Iterator[tuple[date, Moved]]:
    for rate in _rates(atom, law):
        for day in _days_of(rate):
            yield day, Moved(rates=frozenset((rate.id,)))
    for day in _days_of_fact(atom, law, told, until):
        yield day, Moved(facts=frozenset((atom.fact,)))


def _rate_ids(atom: Atom) -> list[str]:
    return [each.bound.id for each in atom.comparisons if isinstance(each.bound, RateRef)]


def _rates(atom: Atom, law: Law) -> list[Rate]:
    return [law.histories[rate_id] for rate_id in _rate_ids(atom) if rate_id in law.histories]


def _days_of(rate: Rate) -> Iterator[date]:
    for interval in rate.intervals:
        yield interval.start
        if interval.end is not None:
            yield interval.end


def _days_of_fact(atom: Atom, law: Law, told: Told, until: date) -> Iterator[date]:
    """The days on which a fact that follows from the day passes a bound."""
    birth = told.known.get(_BIRTHS.get(atom.fact, ""))
    if not isinstance(birth, date):
        return
    if atom.fact == _KINDERGARTEN:
        yield law.lasting.school_start.of(birth)
        return
    for number in {number for each in atom.comparisons for number in _numbers(each, law)}:
        for passed in (number, number + 1):
            if (day := _reached(atom.fact, birth, passed)) is not None and day <= until:
                yield day


def _numbers(comparison: Comparison, law: Law) -> Iterator[int]:
    """The whole numbers around which the comparison turns."""
    bound = comparison.bound
    if isinstance(bound, RateRef):
        rate = law.histories.get(bound.id)
        yield from (int(interval.value) for interval in (rate.intervals if rate else ()))
        return
    for each in bound if isinstance(bound, frozenset) else (bound,):
        if isinstance(each, int | float) and not isinstance(each, bool):
            yield int(each)


def _reached(fact: str, birth: date, number: int) -> date | None:
    """The first day on which the fact is as much as `number`; None when that is outside the calendar."""
    years = number if fact not in _MONTHS else 0
    if not 0 <= birth.year + years < MAXYEAR:
        return None
    if fact in _MONTHS:
        return day_lived(birth, number)
    return birthday(birth, number) if fact in _AGES else year_of(birthday(birth, number))
