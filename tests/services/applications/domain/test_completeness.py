"""What keeps a draft from being sent."""

import pytest

from services.applications.domain.answer import State
from services.applications.domain.application import Content
from services.applications.domain.completeness import faults_of
from services.applications.domain.form import Field
from tests.services.applications.builders import HOURS, SERIOUS, THREATENING, form, told

FORM = form(Field(SERIOUS, required=True), Field(THREATENING, required=True), Field(HOURS))


@pytest.mark.parametrize(
    ("answers", "faults"),
    [
        ({}, [("answers.serious_condition", "missing")]),
        ({"serious_condition": told("serious_condition", False)}, []),
        ({"serious_condition": told("serious_condition", None, State.NOT_KNOWN)}, []),
        ({"serious_condition": told("serious_condition", True)}, [("answers.life_threatening", "missing")]),
        (
            {"serious_condition": told("serious_condition", None, State.CONFLICT)},
            [("answers.serious_condition", "conflict")],
        ),
        (
            {"serious_condition": told("serious_condition", False), "hours": told("hours", 400)},
            [("answers.hours", "too-large")],
        ),
        ({"serious_condition": told("serious_condition", False), "hours": told("hours", None, State.CONFLICT)}, []),
    ],
)
def test_each_field_at_fault_is_named(answers, faults):
    assert [(each.field, each.code) for each in faults_of(FORM, Content(answers))] == faults


def test_the_free_text_has_an_end():
    content = Content({"serious_condition": told("serious_condition", False)}, {}, "x" * 21)
    assert [each.field for each in faults_of(FORM, content)] == ["free_text"]


def test_the_applicants_own_answer_counts_before_the_one_filled_in():
    content = Content(
        {"serious_condition": told("serious_condition", None, State.CONFLICT)},
        {"serious_condition": told("serious_condition", False)},
    )
    assert faults_of(FORM, content) == []
