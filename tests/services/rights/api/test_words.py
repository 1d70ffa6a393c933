"""Every right can be put into words, in every language, for whatever a family has told."""

import random
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
        child_id=uuid4(), on=day, situation=told, profile_version=1, as_of=None, conflicts=conflicts, answers=found
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


def test_a_sentence_is_never_half_in_one_language_and_half_in_another():
    speech = speech_in(Lang.EN)
    answers = answers_on(date(2026, 11, 24), random.Random(3))
    for each in answers.answers:
        for reason in right_view(each, answers, GUARDIAN, speech).reasons:
            english = reason.text.text.startswith(
                ("The answer is", "Yes:", "No:", "The child", "By its age", "You", "This is")
            )
            assert english is (reason.text.lang is Lang.EN)
