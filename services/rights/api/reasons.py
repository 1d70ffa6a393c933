"""Why: the conditions that are settled, what must be judged, and by whom."""

from datetime import date
from functools import cache, lru_cache

from pydantic import Field

from services.rights.api.conditions import requirement
from services.rights.api.right_words import to_assess
from services.rights.api.sentences import told_sentence
from services.rights.api.speech import BodyView, LawView, Speech, Sureness, View, Words
from services.rights.domain.answer import Answer
from services.rights.domain.fact import Origin
from services.rights.domain.reasons import Reason
from services.rights.domain.situation import Situation
from services.rights.domain.tree import Assess, Value

_KEPT = 4096


class ReasonView(View):
    """One condition that is settled: the fact it looked at, what is known of it, and what the rule says."""

    fact: str = Field(max_length=100)
    favours: bool = Field(description="whether this speaks for the right")
    text: Words
    requirement: Words | None = None
    law: tuple[LawView, ...] = Field(max_length=20)
    confidence: Sureness
    note: Words | None = None


class AssessmentView(View):
    """What no fact decides: someone must judge it."""

    what: Words | None
    by: BodyView
    law: tuple[LawView, ...] = Field(max_length=20)
    confidence: Sureness
    note: Words | None = None


def reasons(answer: Answer, situation: Situation, speech: Speech) -> list[ReasonView]:
    """What decided, or what is settled so far."""
    named = [each for each in answer.reasons if _may_be_named(each, speech)]
    return [_reason(each, situation.known[each.atom.fact], situation.on, speech) for each in named]


def first_for(answer: Answer, situation: Situation, speech: Speech) -> Words | None:
    """The first reason that speaks for the right, in words: a told one before age and registers."""
    facts = speech.book.vocabulary
    for_it = [each for each in answer.reasons if each.favours and _may_be_named(each, speech)]
    told = (each for each in for_it if facts[each.atom.fact].origin is Origin.TOLD)
    first = next(told, for_it[0] if for_it else None)
    return _reason(first, situation.known[first.atom.fact], situation.on, speech).text if first else None


def to_be_assessed(answer: Answer, speech: Speech) -> list[AssessmentView]:
    """What is left to judge."""
    return [_assessment(each, speech) for each in answer.to_be_assessed]


def _may_be_named(reason: Reason, speech: Speech) -> bool:
    """That a register knows of nothing sad is not spelled out."""
    fact = speech.book.vocabulary[reason.atom.fact]
    return reason.holds or not fact.sensitive or fact.origin is Origin.TOLD


@lru_cache(maxsize=_KEPT)
def _reason(reason: Reason, value: Value, day: date, speech: Speech) -> ReasonView:
    atom = reason.atom
    return ReasonView(
        fact=atom.fact,
        favours=reason.favours,
        text=told_sentence(atom.fact, value, speech),
        requirement=None if isinstance(value, bool) else requirement(atom, day, speech),
        law=speech.law(atom.law),
        confidence=atom.confidence.label,
        note=speech.norwegian(atom.note),
    )


@cache
def _assessment(assess: Assess, speech: Speech) -> AssessmentView:
    return AssessmentView(
        what=to_assess(assess, speech),
        by=speech.body(assess.by),
        law=speech.law(assess.law),
        confidence=assess.confidence.label,
        note=speech.norwegian(assess.note),
    )
