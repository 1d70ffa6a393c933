"""One right answered for one situation: the verdict and everything that explains it."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.rights.domain.fact import Origin, Vocabulary
from services.rights.domain.questions import to_ask
from services.rights.domain.reasons import Reason, reasons, undecided
from services.rights.domain.relevance import relevance
from services.rights.domain.rule import Rule
from services.rights.domain.situation import Situation
from services.rights.domain.tree import Assess, Atom, RateRef, atoms
from services.rights.domain.verdict import Judgement, judge


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person is told of one right. `rates` are those its tree compares with, known on the day or not. `told`: how many of the
    reasons that speak for it rest on what somebody told, and not on age or a register alone. `discreet`: every sign that it concerns
    them is sensitive and none is there, so nobody is met by it: end-of-life care, say, because a parent told of her work."""

    rule: Rule
    judgement: Judgement
    questions: tuple[str, ...]
    reasons: tuple[Reason, ...]
    told: int
    discreet: bool
    to_be_assessed: tuple[Assess, ...]
    rates: tuple[str, ...]
    relevance: int


def answer(rule: Rule, situation: Situation, vocabulary: Vocabulary) -> Answer:
    """The rule judged and explained."""
    judgement = judge(rule, situation, vocabulary)
    walk = judgement.walk
    assert walk is not None
    settled = reasons(walk)
    concerns = relevance(rule, situation)
    return Answer(
        rule=rule,
        judgement=judgement,
        questions=to_ask(judgement.missing, situation, vocabulary),
        reasons=settled,
        told=sum(each.favours and vocabulary[each.atom.fact].origin is Origin.TOLD for each in settled),
        discreet=is_discreet(rule, situation, vocabulary),
        to_be_assessed=tuple(leaf for leaf in undecided(walk) if isinstance(leaf, Assess)),
        rates=tuple(dict.fromkeys(rate for atom in atoms(rule.tree) for rate in _rates_of(atom))),
        relevance=concerns,
    )


def is_discreet(rule: Rule, situation: Situation, vocabulary: Vocabulary) -> bool:
    """Whether all that would show that the right concerns them is sensitive, and none of it is there."""
    return _is_sensitive(rule, vocabulary) and relevance(rule, situation) > 0


def in_order(answers: Iterable[Answer]) -> list[Answer]:
    """Likely ones first, the irrelevant last; within a verdict first what is open in more than rare ways, of that what the family has told
    about, and of that the nearest to an answer."""
    return sorted(answers, key=_place)


def _place(answer: Answer) -> tuple[int, bool, bool, int, int, str]:
    verdict = answer.judgement.verdict.place
    return verdict, answer.judgement.only_rare, not answer.told, len(answer.questions), answer.relevance, answer.rule.id


def _rates_of(atom: Atom) -> list[str]:
    return [comparison.bound.id for comparison in atom.comparisons if isinstance(comparison.bound, RateRef)]


def _is_sensitive(rule: Rule, vocabulary: Vocabulary) -> bool:
    signs = [vocabulary[atom.fact] for atom in rule.relevant_when]
    return bool(signs) and all(each.sensitive for each in signs)
