"""One walk over a rule's tree: the states it left behind give the verdict, what is missing, how sure it is, and why."""

from itertools import chain
from typing import NamedTuple

from services.rights.domain.because import Because, Outcome
from services.rights.domain.cause import Cause
from services.rights.domain.condition import Condition
from services.rights.domain.confidence import Confidence
from services.rights.domain.program import Program
from services.rights.domain.situation import Situation
from services.rights.domain.states import NO, OPEN, OPEN_READINGS, YES, State, truth_of
from services.rights.domain.tree import Assess, Atom, Branch, Not, Truth

_new = tuple.__new__  # what Because(...) comes to, without the way round
_OUTCOME = {YES: Outcome.TRUE, NO: Outcome.FALSE}


class Change(NamedTuple):
    """A condition that, with the others named beside it, would make the outcome another: what must come out `to`."""

    node: str
    fact: str
    to: bool


class Walk(NamedTuple):
    """A program, how each node stands, and what they stood against."""

    program: Program
    states: list[State]
    situation: Situation

    @property
    def truth(self) -> Truth:
        """How the tree came out."""
        return truth_of(self.states[-1])

    def truth_at(self, place: int) -> Truth:
        """How a node came out."""
        return truth_of(self.states[place])

    @property
    def confidence(self) -> Confidence | None:
        """How sure a settled outcome is: the least sure of what carries it, the best where there are alternatives."""
        state = self.states[-1]
        if state not in _OUTCOME:
            return None
        return self.program.sureness or self._sureness(self.program.top, state)

    def because(self) -> Because:
        """The deciding part of the tree."""
        state = self.states[-1]
        return self.carried(self.program.top, state) if state in _OUTCOME else self._open(self.program.top)

    def hanging(self) -> frozenset[str]:
        """The open facts that some answers to the others make the outcome differ with.

        Every open atom may come out true or false on its own; what no answer settles stays unknown, and is read as "no" and as "yes". In each
        reading an open atom decides with some answers to the others exactly when no branch above it is settled in that reading.
        """
        program, states, _ = self
        found, open_ones = set[str](), [(program.top, True, True)]
        while open_ones:
            place, low, high = open_ones.pop()
            here_low, here_high = OPEN_READINGS[states[place]]
            low, high = low and here_low, high and here_high
            if not low and not high:
                continue
            node, parts = program.nodes[place], program.parts[place]
            if isinstance(node, Not):
                open_ones.append((parts[0], high, low))
            elif parts:
                open_ones += [(part, low, high) for part in parts]
            elif isinstance(node, Atom):
                found.add(node.fact)
        return frozenset(found)

    def would_change(self) -> tuple[Change, ...]:
        """The fewest conditions that together would make a no a yes, a yes a no, or open a right that is undecided; what must be assessed is
        left to whoever assesses it."""
        return self._turned(self.program.top, not self.truth)

    def carried(self, place: int, state: State) -> Because:
        """What carries a node that is settled: so many of its parts as it takes, the surest first."""
        program, states, situation = self
        nodes, below = program.nodes, program.parts
        outcome = _OUTCOME[state]
        if not below[place]:
            return _new(Because, (nodes[place], outcome, None, (), situation))
        enough, settled = program.carry[place][state]
        carriers = below[place] if program.sureness else self._surest(place, settled)
        of_parts, found = outcome if settled == state else _OUTCOME[settled], []
        for part in carriers:
            if states[part] == settled:
                found.append(
                    self.carried(part, settled)
                    if below[part]
                    else _new(Because, (nodes[part], of_parts, None, (), situation))
                )
                if len(found) == enough:
                    break
        return _new(Because, (nodes[place], outcome, None, tuple(found), situation))

    def _surest(self, place: int, settled: State) -> list[int]:
        """The parts that stand so, the surest first."""
        agreeing = [part for part in self.program.parts[place] if self.states[part] == settled]
        return sorted(agreeing, key=lambda part: -self._sureness(part, settled))

    def _sureness(self, place: int, state: State) -> Confidence:
        """The least sure of what carries it."""
        node = self.program.nodes[place]
        if not isinstance(node, Branch | Not):
            return node.confidence
        enough, settled = self.program.carry[place][state]
        return min(self._sureness(part, settled) for part in self._surest(place, settled)[:enough])

    def _open(self, place: int) -> Because:
        program, states, situation = self
        node, parts = program.nodes[place], program.parts[place]
        if not parts:
            return _new(Because, (node, Outcome.UNKNOWN, self._cause(place), (), situation))
        found = [self._open(part) for part in parts if states[part] not in _OUTCOME]
        cause = found[0].cause
        for part in found:
            if part.cause is not cause:
                cause = None
        return _new(Because, (node, Outcome.UNKNOWN, cause, tuple(found), situation))

    def _cause(self, place: int) -> Cause:
        node, told = self.program.nodes[place], self.situation
        if isinstance(node, Atom):
            return _of_a_fact(node.fact, told) if self.states[place] == OPEN else self._of_a_rate(place)
        return Cause.DISCRETION if isinstance(node, Assess) else Cause.NOT_ASKED

    def _of_a_rate(self, place: int) -> Cause:
        asked = self.program.asked[place]
        assert isinstance(asked, Condition)
        return Cause.NOT_MODELLED if self.situation.ended.isdisjoint(asked.rates) else Cause.STALE

    def _turned(self, place: int, to: bool) -> tuple[Change, ...]:
        """The fewest conditions that would make the node come out so."""
        node, parts = self.program.nodes[place], self.program.parts[place]
        if self.states[place] == (YES if to else NO):
            return ()
        if not parts:
            return (Change(node.id, node.fact, to),) if isinstance(node, Atom) else ()
        if isinstance(node, Not):
            return self._turned(parts[0], not to)
        assert isinstance(node, Branch)
        ways = sorted((self._turned(part, to) for part in parts), key=len)
        return tuple(chain.from_iterable(ways[: node.need if to else node.spare + 1]))


def walked(program: Program, situation: Situation) -> Walk:
    """One walk over the program's tree."""
    return _new(Walk, (program, program.run(program.leaves(situation.settled)), situation))


def _of_a_fact(fact: str, told: Situation) -> Cause:
    if fact in told.conflicts:
        return Cause.CONFLICT
    if fact in told.not_known:
        return Cause.NOT_KNOWN
    return Cause.STALE if fact in told.expired else Cause.NOT_ASKED
