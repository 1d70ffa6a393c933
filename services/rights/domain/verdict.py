"""From the value of a tree to what a family is told."""

from dataclasses import dataclass
from enum import StrEnum

from services.rights.domain.confidence import Confidence
from services.rights.domain.fact import Origin, Vocabulary
from services.rights.domain.hanging import hanging
from services.rights.domain.reasons import carried
from services.rights.domain.rule import DEATH, Rule
from services.rights.domain.situation import Situation

_NONE: frozenset[str] = frozenset()


class Verdict(StrEnum):
    """What can be said about a right, in the order it is shown."""

    LIKELY = "likely"
    POSSIBLE = "possible_missing_facts"
    MUST_BE_ASSESSED = "must_be_assessed"
    UNLIKELY = "unlikely"
    NOT_RELEVANT = "not_relevant"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, the told facts it hangs on, what only a register (or the case) can answer, and how sure a settled outcome is."""

    verdict: Verdict
    missing: frozenset[str] = _NONE
    from_register: frozenset[str] = _NONE
    confidence: Confidence | None = None


def judge(rule: Rule, situation: Situation, vocabulary: Vocabulary) -> Judgement:
    """The rule applied to the situation."""
    known, rates = situation.known, situation.rates
    truth = rule.tree.truth(known, rates)
    confidence = None if truth is None else carried(rule.tree, known, rates, favours=truth).confidence
    if rule.needs_case and not situation.has_case:
        return Judgement(Verdict.NOT_RELEVANT, confidence=confidence)
    if rule.needs_death and _only_a_death_could_open(rule, situation):
        return Judgement(Verdict.NOT_RELEVANT, confidence=confidence)
    if truth is True:
        return Judgement(
            Verdict.LIKELY if rule.confidence is Confidence.SOURCED else Verdict.MUST_BE_ASSESSED, confidence=confidence
        )
    if truth is False:
        closed = rule.tree.truth(situation.by_itself, rates) is False
        return Judgement(Verdict.NOT_RELEVANT if closed else Verdict.UNLIKELY, confidence=confidence)
    return _undecided(rule, situation, vocabulary)


def _undecided(rule: Rule, situation: Situation, vocabulary: Vocabulary) -> Judgement:
    open_facts = hanging(rule.tree, situation.known, situation.rates)
    missing = frozenset(fact for fact in open_facts if vocabulary[fact].origin is Origin.TOLD)
    from_register = frozenset(
        source for fact in open_facts - missing for source in vocabulary[fact].derived_from or (fact,)
    )
    return Judgement(Verdict.POSSIBLE if open_facts else Verdict.MUST_BE_ASSESSED, missing, from_register)


def _only_a_death_could_open(rule: Rule, situation: Situation) -> bool:
    """The register has told of no death, and without one the right is closed."""
    alive = {**situation.known, DEATH: False}
    return DEATH not in situation.known and rule.tree.truth(alive, situation.rates) is False
