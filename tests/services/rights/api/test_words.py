"""Every right can be put into words, in every language, for whatever a family has told."""

import random
import re
from datetime import date
from uuid import uuid4

import pytest

from services.rights.api.rights import right_view
from services.rights.api.speech import speech_in
from services.rights.domain.answer import answer
from services.rights.domain.answers import Answers, Reader
from services.rights.store.rulebook import rulebook
from shared.texts import Lang
from tests.services.rights.profiles import random_profile, situation_of

GUARDIAN, YOUTH = Reader(uuid4(), None, is_guardian=True), Reader(None, frozenset({"family"}), is_guardian=False)


def answers_on(day, rng):
    book = rulebook()
    told = situation_of(random_profile(rng), day)
    found = tuple(answer(rule, told, book.vocabulary) for rule in book.rules.values())
    conflicts = frozenset(rng.sample(sorted(book.facts), 20))
    return Answers(
        child_id=uuid4(),
        on=day,
        situation=told,
        profile_version=1,
        as_of=None,
        told=True,
        conflicts=conflicts,
        answers=found,
    )


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("reader", [GUARDIAN, YOUTH])
@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2020, 1, 1)])
def test_every_right_is_put_into_words(lang, reader, day):
    rng, speech = random.Random(f"{lang}{day}"), speech_in(lang, to_youth=reader.applicant is None)
    for _ in range(6):
        answers = answers_on(day, rng)
        for each in answers.answers:
            view = right_view(each, answers, reader, speech)
            said = view.model_dump_json()
            assert view.says
            assert all(view.says)
            assert "{" not in "".join(view.says)
            assert "{value}" not in said
            assert "{question}" not in said


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("reader", [GUARDIAN, YOUTH])
def test_a_sentence_is_one_of_our_files_and_never_half_in_one_language_and_half_in_another(lang, reader):
    speech = speech_in(lang, to_youth=reader.applicant is None)
    answers = answers_on(date(2026, 11, 24), random.Random(3))
    said = [reason for each in answers.answers for reason in right_view(each, answers, reader, speech).reasons]
    assert {reason.text.lang for reason in said} == {lang, Lang.NB}
    for reason in said:
        assert any(re.fullmatch(each, reason.text.text) for each in sentences(reason.fact, reason.text.lang)), reason


def sentences(fact_id, lang):
    """What may be said of the fact in that language, as patterns: the sentences of plain_facts.yaml, or a question or meaning in a frame."""
    book = rulebook()
    fact, plain, frames = book.facts[fact_id], book.plain_facts.get(fact_id), book.texts
    value = values(fact, lang)
    for text in (plain.yes_, plain.no_, plain.value, plain.youth, plain.youth_no) if plain else ():
        if text and text.has(lang):
            yield filled(text.in_(lang), value=value)
    for question in (fact.question, fact.question_youth):
        if question and question.has(lang):
            for frame in (frames.told_yes, frames.told_no, frames.told_value):
                yield filled(frame.in_(lang), question=re.escape(question.in_(lang)), value=value)
    if lang is Lang.NB:
        for frame in (frames.known_yes, frames.known_no, frames.known_value):
            yield filled(frame.nb, meaning=re.escape(fact.meaning), value=value)


def values(fact, lang):
    """A number, or the labels in that language, one or several."""
    if not fact.labels:
        return r"[^{}]+"
    texts = rulebook().texts
    one = "|".join(
        re.escape(label.in_(lang)) for label in (*fact.labels.values(), texts.none_chosen) if label.has(lang)
    )
    return rf"(?:{one})(?:(?:, |{re.escape(texts.and_.in_(lang))})(?:{one}))*"


def filled(frame, **parts):
    """The frame as a pattern, with patterns for what stands in it."""
    pattern = re.escape(frame)
    for name, part in parts.items():
        pattern = pattern.replace(re.escape("{" + name + "}"), f"(?:{part})")
    return pattern
