"""The data of complaints: every id is there, every sentence in three languages, every place in a sentence filled."""

import re

import pytest
import yaml

from services.status.domain.case import DecisionOutcome
from services.status.domain.complaint import ComplaintStatus, Outcome
from services.status.domain.deadline import DeadlineKind
from services.status.store import complaint_rules, complaint_words, deadlines, rights, wordings
from services.status.store.files import DATA
from shared.events import complaints as events

RULES, WORDS = complaint_rules.load(), complaint_words.load()
DEADLINES = {each.id: each for each in deadlines.load()}
DOCUMENT = yaml.safe_load((DATA / "complaint_words.yaml").read_text(encoding="utf-8"))
FILLED = {
    "statuses": set(),
    "steps": {"who", "body"},
    "outcomes": {"who", "body"},
    "awaited": {"who", "body"},
    "decisions": set(),
    "rights": {"who", "body", "date", "length"},
    "deadlines": {"who"},
    "faults": {"date"},
}


def test_every_time_limit_and_right_that_is_named_is_there():
    assert {each.deadline for each in RULES.appeal} | {RULES.latest} <= set(DEADLINES)
    assert {each for rule in RULES.appeal for each in rule.only_after or ()} <= set(DEADLINES)
    assert set(rights.load()[RULES.right].stated) == {
        DeadlineKind.ANSWER,
        DeadlineKind.PRELIMINARY_ANSWER,
        DeadlineKind.COMPLAINT,
    }


def test_boards_within_an_authority_are_kinds_of_organisations():
    kinds = {each["id"] for each in yaml.safe_load((DATA / "organisations.yaml").read_text())["organisations"]}
    assert {*RULES.within, *RULES.within.values()} <= kinds


def test_every_right_that_is_applied_for_and_complained_about_names_who_decides():
    for right in rights.load().values():
        stated = right.stated.get(DeadlineKind.COMPLAINT)
        if stated and stated.deadline:
            assert right.complaint_body, right.id


@pytest.mark.parametrize("part", FILLED)
def test_every_sentence_is_there_in_three_languages_and_says_the_same(part):
    for name, text in DOCUMENT[part].items():
        assert set(text) == {"nb", "nn", "en"}, name
        places = [set(re.findall(r"\{(\w+)\}", words)) for words in text.values()]
        assert places[0] == places[1] == places[2], name
        assert places[0] <= FILLED[part], name


def test_every_value_of_a_closed_set_has_its_sentence():
    assert set(WORDS.statuses) == set(WORDS.steps) == set(ComplaintStatus)
    assert set(WORDS.outcomes) == set(Outcome)
    assert set(WORDS.decisions) == {*DecisionOutcome, "superseded"}


def test_every_time_limit_of_a_complaint_has_words_in_three_languages():
    appeals = {each.id for each in DEADLINES.values() if each.kind is DeadlineKind.APPEAL and each.rights is not None}
    assert set(WORDS.deadlines) | set(wordings.load().deadlines) >= {each.deadline for each in RULES.appeal} | appeals
    assert set(WORDS.deadlines) <= set(DEADLINES)


def test_the_published_language_has_the_same_words():
    assert set(map(str, events.ComplaintStatus)) == set(map(str, ComplaintStatus))
    assert set(map(str, events.ComplaintOutcome)) == set(map(str, Outcome))
