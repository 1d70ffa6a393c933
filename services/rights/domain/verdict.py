"""From one walk over a tree to what a family is told."""

from enum import StrEnum
from typing import NamedTuple

from services.rights.domain.because import Because
from services.rights.domain.condition import Condition
from services.rights.domain.confidence import Confidence
from services.rights.domain.fact import Origin, Vocabulary
from services.rights.domain.rule import DEATH, Rule
from services.rights.domain.situation import Situation
from services.rights.domain.states import DOUBT, NO, YES
from services.rights.domain.walk import Change, Walk, walked

_NONE: frozenset[str] = frozenset()
_new = tuple.__new__  # what Judgement(...) comes to, without the way round


class Verdict(StrEnum):
    """What can be said about a right, in the order it is shown."""

    LIKELY = "likely"
    POSSIBLE = "possible_missing_facts"
    MUST_BE_ASSESSED = "must_be_assessed"
    UNLIKELY = "unlikely"
    NOT_RELEVANT = "not_relevant"

    @property
    def place(self) -> int:
        """Where it stands in that order, from 0."""
        return _PLACES[self]


_PLACES = {verdict: place for place, verdict in enumerate(Verdict)}


class Judgement(NamedTuple):
    """The verdict, the told facts it hangs on, what only a register (or the case) can answer, and how sure a settled outcome is.

    `only_rare`: every common way is closed, and only what few ever meet is open. `stale`: the rates it rests on that were not verified for
    the day. `walk`: how every node stood; why is read from it, so that the verdict and the explanation cannot differ."""

    verdict: Verdict
    missing: frozenset[str] = _NONE
    from_register: frozenset[str] = _NONE
    confidence: Confidence | None = None
    only_rare: bool = False
    stale: frozenset[str] = _NONE
    walk: Walk | None = None

    @property
    def because(self) -> Because:
        """The deciding part of the tree."""
        if self.walk is None:
            raise ValueError("a judgement that was not reached by a walk has no reason")
        return self.walk.because()

    @property
    def would_change(self) -> tuple[Change, ...]:
        """The fewest conditions that together would turn the outcome, or open an undecided right."""
        return () if self.walk is None else self.walk.would_change()


def judge(rule: Rule, situation: Situation, vocabulary: Vocabulary) -> Judgement:
    """The rule applied to the situation."""
    program = rule.program
    walk = walked(program, situation)
    verdict = _settled(rule, walk)
    if verdict is None:
        found = _undecided(walk, vocabulary)
    else:
        found = _new(Judgement, (verdict, _NONE, _NONE, walk.confidence, False, _NONE, walk))
    if program.rated and situation.stale and (stale := _stale(walk)):
        return found._replace(stale=stale)
    return found


def _settled(rule: Rule, walk: Walk) -> Verdict | None:
    """The verdict, unless it hangs on what is open."""
    program, states, situation = walk
    state = states[-1]
    if rule.needs_case and not situation.has_case:
        return Verdict.NOT_RELEVANT
    if rule.needs_death and _only_a_death_could_open(walk):
        return Verdict.NOT_RELEVANT
    if state == YES:
        return Verdict.LIKELY if rule.confidence is Confidence.SOURCED else Verdict.MUST_BE_ASSESSED
    if state == NO:
        return Verdict.NOT_RELEVANT if program.is_closed_by_itself(states) else Verdict.UNLIKELY
    return None


def _undecided(walk: Walk, vocabulary: Vocabulary) -> Judgement:
    open_facts, common = walk.hanging(), walk.program.common
    missing = frozenset(fact for fact in open_facts if vocabulary[fact].origin is Origin.TOLD)
    from_register = (
        _NONE
        if len(missing) == len(open_facts)
        else frozenset(source for fact in open_facts - missing for source in vocabulary[fact].derived_from or (fact,))
    )
    return Judgement(
        Verdict.POSSIBLE if open_facts else Verdict.MUST_BE_ASSESSED,
        missing,
        from_register,
        only_rare=common is not None and walked(common, walk.situation).truth is False,
        walk=walk,
    )


def _only_a_death_could_open(walk: Walk) -> bool:
    """The register has told of no death, and without one the right is closed."""
    if DEATH in walk.situation.known:
        return False
    alive = Situation(walk.situation.on, {DEATH: False}, walk.situation.rates, has_case=False)
    forced = {
        place: asked.state(alive)
        for place, asked in enumerate(walk.program.asked)
        if isinstance(asked, Condition) and asked.fact == DEATH
    }
    return walk.program.run_with(walk.states, forced) == NO


def _stale(walk: Walk) -> frozenset[str]:
    """The rates whose value the outcome rests on though nobody has verified it for the day: without them it would stand otherwise."""
    program, stale, states = walk.program, walk.situation.stale, walk.states
    for bar in program.bars:
        if states[bar] == NO:
            return _NONE
    using = {
        place: rates
        for place, asked in program.rated
        if states[place] in (YES, NO) and (rates := stale.intersection(asked))
    }
    if not using or program.run_with(states, dict.fromkeys(using, DOUBT)) == states[-1]:
        return _NONE
    if len(using) == 1:
        return _NONE.union(*using.values())
    alone = [place for place in using if program.run_with(states, {place: DOUBT}) != states[-1]]
    return _NONE.union(*(using[place] for place in alone or using))
