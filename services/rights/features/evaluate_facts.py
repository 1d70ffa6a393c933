"""Every right for facts that somebody tells once: nothing is read, nothing is kept."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import date

from services.rights.domain.answer import is_discreet
from services.rights.domain.fact import Fact
from services.rights.domain.next_question import NextQuestion, next_questions
from services.rights.domain.rule import Rule
from services.rights.domain.situation import Situation
from services.rights.domain.tree import Value
from services.rights.domain.verdict import Judgement, judge
from services.rights.store.questions import weights
from services.rights.store.rulebook import rulebook

MOST_QUESTIONS = 10


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Each right that is in force on the day with its judgement, the likely ones first, and what is best asked next. `discreet`: of the rights
    that hang on those questions, the ones that nobody is met by."""

    situation: Situation
    judged: tuple[tuple[Rule, Judgement], ...]
    ask: tuple[NextQuestion, ...]
    discreet: frozenset[str]


def evaluate_facts(
    known: Mapping[str, Value],
    on: date,
    *,
    not_known: Set[str],
    only: Set[str] = frozenset(),
    may_answer: Callable[[Fact], bool] = lambda _: True,
) -> Evaluation:
    """The rights that the facts give on the day (in Europe/Oslo). `only` these rights, all when none is named; `may_answer`: whether whoever
    asks is the one to ask for the fact."""
    book = rulebook()
    situation = book.situation(known, on, not_known=not_known)
    rules = [rule for rule in book.rules_on(on).values() if not only or rule.id in only]
    judged = [(rule, judge(rule, situation, book.vocabulary)) for rule in rules]
    ask = next_questions(judged, situation, book.vocabulary, weights(), limit=MOST_QUESTIONS, may_answer=may_answer)
    named = {right for each in ask for right in each.rights}
    discreet = {rule.id for rule, _ in judged if rule.id in named and is_discreet(rule, situation, book.vocabulary)}
    return Evaluation(situation, tuple(sorted(judged, key=_place)), ask, frozenset(discreet))


def _place(judged: tuple[Rule, Judgement]) -> tuple[int, bool, int, str]:
    rule, judgement = judged
    return judgement.verdict.place, judgement.only_rare, len(judgement.missing), rule.id
