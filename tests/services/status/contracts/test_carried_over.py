"""The carried-over files are what the facts say, and every deadline that a right names is there."""

import pytest
import yaml

from services.status.domain.deadline import DeadlineKind
from services.status.store import deadlines, rights, wordings
from services.status.store.files import DATA
from tests.services.status.carry_over import carried_over

DEADLINES = {each.id: each for each in deadlines.load()}


def test_the_files_are_what_the_facts_say(facts_folder):
    for name, content in carried_over(facts_folder).items():
        assert (DATA / name).read_bytes() == content, f"{name}: run python -m tests.services.status.carry_over"


def test_every_deadline_that_a_right_names_is_there_and_of_its_kind():
    named = [
        (kind, stated.deadline)
        for right in rights.load().values()
        for kind, stated in right.stated.items()
        if stated.deadline
    ]
    assert {(kind, DEADLINES[each].kind) for kind, each in named} == {
        (kind, kind) for kind in (DeadlineKind.ANSWER, DeadlineKind.PRELIMINARY_ANSWER, DeadlineKind.COMPLAINT)
    }


def test_every_deadline_that_a_case_shows_has_words_in_three_languages():
    shown = {
        stated.deadline
        for right in rights.load().values()
        for kind, stated in right.stated.items()
        if stated.deadline and kind is not DeadlineKind.COMPLAINT
    }
    words = wordings.load().deadlines
    assert shown == set(words)
    assert all(text.nn and text.en for text in words.values())


@pytest.mark.parametrize("part", ["statuses", "steps", "awaited", "arithmetic"])
def test_every_sentence_is_there_in_three_languages(part):
    document = yaml.safe_load((DATA / "words.yaml").read_text(encoding="utf-8"))
    assert all(set(text) == {"nb", "nn", "en"} for text in document.get(part, {}).values())
