"""Why: the conditions that are settled, what must be judged, and by whom."""

from datetime import date
from functools import cache, lru_cache
from typing import Literal

from pydantic import Field

from services.rights.api.speech import BodyView, LawView, Speech, View, Words
from services.rights.domain.answer import Answer
from services.rights.domain.fact import Origin
from services.rights.domain.reasons import Reason
from services.rights.domain.situation import Situation
from services.rights.domain.tree import Assess, Atom, RateRef, Value
from services.rights.store.facts import FactFile
from shared.texts import Lang, Text

_KEPT = 4096
Sureness = Literal["sourced", "uncertain", "memory"]


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
    fact = speech.book.facts[atom.fact]
    return ReasonView(
        fact=atom.fact,
        favours=reason.favours,
        text=_plain(atom.fact, value, speech) or _known(fact, value, speech),
        requirement=None if isinstance(value, bool) else _requirement(atom, fact, day, speech),
        law=speech.law(atom.law),
        confidence=atom.confidence.label,
        note=speech.norwegian(atom.note),
    )


@cache
def _assessment(assess: Assess, speech: Speech) -> AssessmentView:
    return AssessmentView(
        what=speech.norwegian(assess.what),
        by=speech.body(assess.by),
        law=speech.law(assess.law),
        confidence=assess.confidence.label,
        note=speech.norwegian(assess.note),
    )


def _plain(fact_id: str, value: Value, speech: Speech) -> Words | None:
    """What a register or the calendar tells, as a sentence about the child or the reader; None where there is none."""
    sentence = speech.book.plain_facts.get(fact_id)
    text = sentence.of(value, to_youth=speech.to_youth) if sentence else None
    if text is None:
        return None
    lang = speech.in_common(text)
    return speech.marked(text.in_(lang).format(value=speech.value(speech.book.facts[fact_id], value, lang)), lang)


def _known(fact: FactFile, value: Value, speech: Speech) -> Words:
    """What is known, in the words of the question that was answered, or else of what the fact means."""
    asked = speech.question(fact) or fact.question
    texts, told = speech.texts, asked is not None
    about = asked or Text(nb=fact.meaning)
    lang = speech.in_common(about, *_labels(fact))
    if isinstance(value, bool):
        sentence = (
            (texts.told_yes if told else texts.known_yes) if value else (texts.told_no if told else texts.known_no)
        )
    else:
        sentence = texts.told_value if told else texts.known_value
    said = sentence.in_(lang).format(
        question=about.in_(lang), meaning=about.in_(lang), value=speech.value(fact, value, lang)
    )
    return speech.marked(said, lang)


def _requirement(atom: Atom, fact: FactFile, day: date, speech: Speech) -> Words:
    lang = speech.in_common(*_labels(fact))
    bounds = [_bound(comparison.bound, fact, day, speech, lang) for comparison in atom.comparisons]
    said = [
        speech.texts.bounds[comparison.comparator].in_(lang).format(bound=bound)
        for comparison, bound in zip(atom.comparisons, bounds, strict=True)
    ]
    return speech.marked(speech.texts.requirement.in_(lang).format(bounds=speech.listed(said, lang)), lang)


def _bound(bound: Value | RateRef, fact: FactFile, day: date, speech: Speech, lang: Lang) -> str:
    if isinstance(bound, RateRef):
        now = speech.book.histories[bound.id].on(day)
        return speech.texts.amount(now.value, fact.unit, lang) if now else "–"
    if isinstance(bound, frozenset):
        return speech.texts.or_.in_(lang).join(speech.value(fact, each, lang) for each in sorted(bound, key=str))
    return speech.value(fact, bound, lang)


def _labels(fact: FactFile) -> list[Text]:
    return list(fact.labels.values())
