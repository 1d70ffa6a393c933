"""The rules, each time with one fault: whether a case of the right notices. `make mutants`, or `python -m tests.services.rights.mutants [right …]`.

A fault that no situation can tell from the rule (a large random sample found none) is set aside and counted."""

import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from services.rights.domain.fact import Origin, Type
from services.rights.domain.rule import Rule, rule
from services.rights.domain.situation import Situation
from services.rights.domain.tree import (
    Assess,
    Atom,
    Branch,
    Comparator,
    Comparison,
    Node,
    Not,
    RateRef,
    Rates,
    Siblings,
    Value,
    atoms,
)
from services.rights.domain.verdict import judge
from services.rights.store.rulebook import Rulebook, rulebook
from tests.services.rights.cases import Case, all_cases

SITUATIONS = 3000
WANTED = 0.9
_FLIPPED = {
    Comparator.AT_LEAST: Comparator.ABOVE,
    Comparator.ABOVE: Comparator.AT_LEAST,
    Comparator.AT_MOST: Comparator.BELOW,
    Comparator.BELOW: Comparator.AT_MOST,
}
_DAY = date(2026, 11, 25)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A tree with one fault, where it is and what was done."""

    node: str
    fault: str
    tree: Node


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the mutants of a right."""

    killed: int
    equivalent: int
    survivors: tuple[Mutant, ...]

    @property
    def score(self) -> float:
        """The share that a case noticed, of those that any situation could notice."""
        all_of_them = self.killed + len(self.survivors)
        return self.killed / all_of_them if all_of_them else 1.0


def mutants(node: Node, rates: Rates) -> Iterator[Mutant]:
    """Every tree that differs from this one in one fault. `rates`: what a limit that is a rate is moved from."""
    match node:
        case Atom():
            yield from (Mutant(node.id, fault, faulty) for fault, faulty in _atoms(node, rates))
        case Not(part=part):
            yield Mutant(node.id, "not dropped", part)
            yield from (replace(each, tree=replace(node, part=each.tree)) for each in mutants(part, rates))
        case Branch():
            yield from _branches(node, rates)
        case Assess() | Siblings():
            return


def _branches(branch: Branch, rates: Rates) -> Iterator[Mutant]:
    parts = branch.parts
    if len(parts) > 1:
        for need in {1, len(parts), branch.need - 1, branch.need + 1} - {branch.need, 0, len(parts) + 1}:
            yield Mutant(branch.id, f"{branch.need} of {len(parts)} are needed, now {need}", replace(branch, need=need))
        for place, part in enumerate(parts):
            left = (*parts[:place], *parts[place + 1 :])
            need = branch.need - 1 if branch.need == len(parts) else branch.need
            what = "assess" if isinstance(part, Assess) else "branch"
            yield Mutant(part.id, f"{what} dropped", replace(branch, need=min(need, len(left)), parts=left))
    for place, part in enumerate(parts):
        for each in mutants(part, rates):
            with_it = (*parts[:place], each.tree, *parts[place + 1 :])
            yield replace(each, tree=replace(branch, parts=with_it))


def _atoms(atom: Atom, rates: Rates) -> Iterator[tuple[str, Node]]:
    if atom.comparisons[0].comparator is not Comparator.IS:
        yield "turned round", Not(atom, id=atom.id)
    for place, comparison in enumerate(atom.comparisons):
        for fault, faulty in _comparisons(comparison, rates):
            with_it = (*atom.comparisons[:place], faulty, *atom.comparisons[place + 1 :])
            yield fault, replace(atom, comparisons=with_it)


def _comparisons(comparison: Comparison, rates: Rates) -> Iterator[tuple[str, Comparison]]:
    comparator, bound = comparison.comparator, comparison.bound
    if isinstance(bound, RateRef):
        bound = rates.get(bound.id, "")
    if comparator in _FLIPPED:
        yield f"{comparator} is {_FLIPPED[comparator]}", replace(comparison, comparator=_FLIPPED[comparator])
    match bound:
        case bool():
            yield f"is {not bound}", replace(comparison, bound=not bound)
        case int() | float():
            yield from ((f"{bound} is {moved}", replace(comparison, bound=moved)) for moved in (bound - 1, bound + 1))
        case frozenset() if len(bound) > 1:
            yield from (
                (f"{each} dropped", replace(comparison, bound=bound - {each})) for each in sorted(bound, key=str)
            )


def outcome(right: Rule, cases: Sequence[Case], book: Rulebook, faults: Sequence[Mutant] | None = None) -> Outcome:
    """Which of the mutants (every one) the cases notice."""
    killed, equivalent = 0, 0
    survivors = []
    sample: list[tuple[Situation, object]] = []
    for mutant in every(right, book) if faults is None else faults:
        faulty = rebuilt(right, mutant.tree, book)
        if any(case.got(faulty, book) for case in cases):
            killed += 1
            continue
        sample = sample or [(each, _judged(right, each, book)) for each in situations(right, book)]
        if all(_judged(faulty, each, book) == was for each, was in sample):
            equivalent += 1
        else:
            survivors.append(mutant)
    return Outcome(killed, equivalent, tuple(survivors))


def every(right: Rule, book: Rulebook) -> list[Mutant]:
    """Every mutant of the right."""
    return list(mutants(right.tree, book.situation({}, _DAY).rates))


def rebuilt(right: Rule, tree: Node, book: Rulebook) -> Rule:
    """The right with another tree."""
    return rule(
        right.id,
        right.judged_for,
        tree,
        right.confidence,
        relevant_when=right.relevant_when,
        vocabulary=book.vocabulary,
    )


def _judged(right: Rule, situation: Situation, book: Rulebook) -> object:
    judgement = judge(right, situation, book.vocabulary)
    return judgement.verdict, judgement.missing, judgement.from_register


def situations(right: Rule, book: Rulebook, count: int = SITUATIONS) -> Iterator[Situation]:
    """Situations that lie on both sides of everything that the right asks, the same ones each time."""
    chance = random.Random(right.id)
    asked = list(atoms(right.tree))
    known_share = (0.95, 0.8, 0.5)
    for turn in range(count):
        known: dict[str, Value] = {}
        for atom in asked:
            if chance.random() < known_share[turn % len(known_share)]:
                known |= _told(atom, book, chance)
        yield book.situation(known, _DAY)


def _told(atom: Atom, book: Rulebook, chance: random.Random) -> Mapping[str, Value]:
    fact, file = book.vocabulary[atom.fact], book.facts[atom.fact]
    comparison = chance.choice(atom.comparisons)
    bound: Any = comparison.bound
    if isinstance(bound, RateRef):
        rate = book.histories[bound.id].on(_DAY)
        bound = rate.value if rate else 0
    if fact.origin is Origin.DERIVED:
        return _source(atom.fact, bound, chance)
    match fact.type:
        case Type.BOOLEAN:
            return {atom.fact: chance.random() < 0.5}
        case Type.ENUM:
            return {atom.fact: chance.choice(file.values)}
        case Type.SET:
            return {atom.fact: frozenset(each for each in file.values if chance.random() < 0.4)}
        case Type.DATE:
            return {atom.fact: _DAY - timedelta(days=chance.randrange(9000))}
        case _:
            return {
                atom.fact: max((bound if isinstance(bound, int | float) else 5) + chance.choice((-2, -1, 0, 1, 2)), 0)
            }


def _source(fact: str, bound: Any, chance: random.Random) -> Mapping[str, Value]:
    """What a derived fact follows from, so that it comes out near the bound."""
    age = max(
        (bound if isinstance(bound, int) and not isinstance(bound, bool) else 6) + chance.choice((-2, -1, 0, 1)), 0
    )
    if fact == "age_at_death":
        death = _DAY - timedelta(days=30)
        return {"date_of_death": death, "birth_date": death.replace(year=death.year - age)}
    if fact == "deceased":
        return {"birth_date": date(2020, 3, 1)} | ({"date_of_death": _DAY} if chance.random() < 0.6 else {})
    person = "parent_birth_date" if fact.startswith("parent") else "birth_date"
    if fact == "child_age_months":
        month = _DAY.year * 12 + _DAY.month - 1 - age
        return {person: date(month // 12, month % 12 + 1, chance.randrange(1, 28))}
    return {person: date(_DAY.year - age, chance.randrange(1, 13), chance.randrange(1, 28))}


def main(names: Sequence[str]) -> int:
    """Prints the score of each right and every survivor; fails below the wanted share."""
    began, book, cases = time.monotonic(), rulebook(), all_cases()
    found = {name: outcome(book.rules[name], cases.get(name, ()), book) for name in names or sorted(book.rules)}
    for name, each in found.items():
        total = each.killed + len(each.survivors)
        sys.stdout.write(f"{name:60} {each.killed:4} of {total:4}  {each.score:6.1%}  (equivalent {each.equivalent})\n")
        for mutant in each.survivors:
            sys.stdout.write(f"    {name}.yaml {mutant.node}: {mutant.fault}\n")
    killed = sum(each.killed for each in found.values())
    total = killed + sum(len(each.survivors) for each in found.values())
    equivalent = sum(each.equivalent for each in found.values())
    share = killed / total if total else 0.0
    sys.stdout.write(
        f"{killed} of {total} mutants noticed, {share:.1%} (wanted {WANTED:.0%}); {equivalent} equivalent; "
        f"{len(found)} rights, {time.monotonic() - began:.0f} s\n"
    )
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
