"""Every right of everyone: the same programs and the same verdicts as for one person (`domain/verdict.py`)."""

import operator
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import cast

import numpy as np

from services.rights.bulk.bits import Node, all_of, any_of, at_least, opposite, settled
from services.rights.bulk.columns import Bits, Column, People, Truths, packed
from services.rights.domain.condition import Asked, Condition, Discretion
from services.rights.domain.confidence import Confidence
from services.rights.domain.program import ALL, ANY, TURN, Program
from services.rights.domain.rule import DEATH, Rule
from services.rights.domain.tree import Atom, Comparator, Comparison, RateRef, Rates, Value
from services.rights.domain.verdict import Verdict

_ORDERED = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.ABOVE: operator.gt,
    Comparator.AT_MOST: operator.le,
    Comparator.BELOW: operator.lt,
}


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """One right of everyone: a mask for each verdict, and how every node of its program stands."""

    number: int
    masks: Mapping[Verdict, Bits]
    nodes: tuple[Node, ...]

    def count(self, verdict: Verdict) -> int:
        """How many have it."""
        return counted(self.masks[verdict], self.number)

    def of(self, person: int) -> Verdict:
        """The verdict of one."""
        byte, bit = divmod(person, 8)
        return next(verdict for verdict, mask in self.masks.items() if mask[byte] >> (7 - bit) & 1)


def counted(mask: Bits, number: int) -> int:
    """How many of so many people have their bit set."""
    return int(np.unpackbits(mask, count=number).sum())


class Crowd:
    """People, and what has been asked of them: each condition once, whichever rules ask it."""

    def __init__(self, people: People, rates: Rates) -> None:
        self.people, self.rates = people, rates
        nobody, everyone = people.nobody, people.everyone
        self._nobody, self._everyone = nobody, everyone
        self._open, self._doubt = settled(nobody, nobody, nobody), settled(nobody, everyone, everyone)
        self._no = settled(nobody, nobody, everyone)
        self._asked: dict[Asked, Node] = {}

    def verdicts(self, rules: Mapping[str, Rule]) -> dict[str, Found]:
        """Every rule applied to everyone."""
        return {right: self.judge(rule) for right, rule in rules.items()}

    def judge(self, rule: Rule) -> Found:
        """One rule applied to everyone."""
        program = rule.program
        leaves = [self._leaf(program, place) for place in range(len(program.asked))]
        nodes = _run(program, leaves)
        top, aside = nodes[-1], self._set_aside(rule, leaves)
        yes, maybe = top.yes & ~aside, top.maybe & ~aside
        closed = self._closed_by_itself(program, leaves) & ~top.maybe | aside
        open_to = top.open & ~aside
        settled_yes, left = (Verdict.LIKELY if rule.confidence is Confidence.SOURCED else None), maybe & ~yes & ~open_to
        nobody = self._nobody
        return Found(
            self.people.number,
            {
                Verdict.LIKELY: yes if settled_yes else nobody,
                Verdict.POSSIBLE: open_to,
                Verdict.MUST_BE_ASSESSED: left if settled_yes else left | yes,
                Verdict.UNLIKELY: ~(maybe | closed),
                Verdict.NOT_RELEVANT: closed,
            },
            tuple(nodes),
        )

    def _set_aside(self, rule: Rule, leaves: list[Node]) -> Bits:
        """Whom the right is not relevant for before it is judged: no case, or no death that it waits for."""
        aside = self._nobody
        if rule.needs_case:
            aside = aside | ~self.people.has_case
        if rule.needs_death:
            alive = [self._without_death(leaf, place, rule.program) for place, leaf in enumerate(leaves)]
            known = self.people.columns[DEATH].known if DEATH in self.people.columns else self._nobody
            aside = aside | (~_run(rule.program, alive)[-1].maybe & ~known)
        return aside

    def _without_death(self, leaf: Node, place: int, program: Program) -> Node:
        atom = program.nodes[place]
        if not isinstance(atom, Atom) or atom.fact != DEATH:
            return leaf
        return self._no if atom.truth({DEATH: False}, self.rates) is False else opposite(self._no)

    def _closed_by_itself(self, program: Program, leaves: list[Node]) -> Bits:
        """For whom the tree is false when nobody has told anything."""
        if len(program.gates) == len(program.own):  # what is known by itself stands right below an `all`, if anywhere
            return reduce(or_, (~leaves[gate].maybe for gate in program.gates), self._nobody)
        own = [self._open] * len(leaves)
        for place in program.own:
            own[place] = leaves[place]
        return ~_run(program, own)[-1].maybe

    def _leaf(self, program: Program, place: int) -> Node:
        asked = program.asked[place]
        found = self._asked.get(asked)
        if found is None:
            found = self._asked[asked] = self._stands(asked, program.nodes[place])
        return found

    def _stands(self, asked: Asked, node: object) -> Node:
        if isinstance(asked, Discretion) or not isinstance(asked, Condition) or not isinstance(node, Atom):
            return self._doubt  # of other children nothing is told here
        column = self.people.columns.get(node.fact)
        if column is None:
            return self._open
        low = high = self._everyone
        for comparison in node.comparisons:
            bound = comparison.bound
            limit = self.rates.get(bound.id) if isinstance(bound, RateRef) else bound
            if limit is None:
                low = self._nobody
                continue
            holds = packed(_holds(column, comparison, limit))
            low, high = (low & holds, high & holds) if low is not high else (both := low & holds, both)
        return settled(low, high, column.known)


def _holds(column: Column, comparison: Comparison, bound: Value) -> Truths:
    values, comparator = column.values, comparison.comparator
    if comparator in _ORDERED:
        return cast(Truths, _ORDERED[comparator](values, bound))
    if isinstance(bound, bool):
        return values if bound else ~values
    wanted = bound if isinstance(bound, frozenset) else frozenset((bound,))
    places = column.places(str(each) for each in wanted)
    if comparator is Comparator.OVERLAPS:
        return cast(Truths, (values & np.uint64(sum(1 << place for place in places))) != 0)
    return np.isin(values, np.array(places if column.choices else list(wanted)))


def _run(program: Program, leaves: list[Node]) -> list[Node]:
    """How every node stands, from its leaves on."""
    nodes = list(leaves)
    for shape, parts, need in program.steps:
        found = [nodes[part] for part in parts]
        if shape == ALL:
            nodes.append(all_of(found))
        elif shape == ANY:
            nodes.append(any_of(found))
        else:
            nodes.append(opposite(found[0]) if shape == TURN else at_least(need, found))
    return nodes
