"""The frozen application: one and only one way to write it."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from services.applications.domain.answer import State
from services.applications.domain.application import Content
from services.applications.domain.attachment import Attachment
from services.applications.domain.authority import Organisation
from services.applications.domain.form import Field
from services.applications.domain.sheet import of_snapshot, seen_by
from services.applications.domain.snapshot import canonical, digest, freeze
from services.applications.domain.viewer import Role, Viewer
from services.applications.domain.vocabulary import FactType
from tests.services.applications.builders import AT, BURDEN, CHILD, HOURS, MOTHER, SERIOUS, draft, fact, form, told

HAMAR = Organisation("312482754", "municipality", {"nb": "Hamar"}, kommunenummer="3403")
KINDS = fact("kinds", FactType.SET, values=("car", "diet"), labels={"car": {"nb": "Bil"}, "diet": {"nb": "Kost"}})
FORM = form(Field(SERIOUS), Field(HOURS), Field(BURDEN), Field(KINDS))
ANSWERS = {
    "serious_condition": told("serious_condition", True),
    "hours": told("hours", None, State.NOT_KNOWN),
    "heavy_care_burden": told("heavy_care_burden", True),
    "kinds": told("kinds", ("diet",)),
}


def frozen(content=None):
    application = draft(content or Content(ANSWERS, {}, "Vi er oppe hver natt."))
    return application, freeze(application, FORM, HAMAR, [attached(application)], at=AT)


def attached(application):
    return Attachment(
        application.id, application.id, CHILD, MOTHER, AT, "application/pdf", 10, "00", "a.pdf", "care-work"
    )


def test_the_same_draft_gives_the_same_bytes():
    application, first = frozen()
    again = freeze(application, FORM, HAMAR, [attached(application)], at=AT)
    assert first == again
    assert digest(first) == digest(again)


def test_it_holds_every_question_as_asked_and_who_said_what_when():
    _, snapshot = frozen()
    document = json.loads(snapshot)
    [section] = document["sections"]
    assert [line["fact"] for line in section["answers"]] == ["serious_condition", "hours", "heavy_care_burden", "kinds"]
    assert section["answers"][0]["question"] == {"nb": "serious_condition?"}
    assert section["answers"][0]["source"] == {
        "kind": "told",
        "speaker": str(MOTHER),
        "organisation": None,
        "said_at": "2026-11-24T10:00:00.000000+00:00",
    }
    assert document["attachments"][0]["documentation"] == {"id": "care-work", "text": {"nb": "Omsorgsarbeidet"}}


def test_it_is_read_back_from_the_bytes_alone():
    _, snapshot = frozen()
    sheet = of_snapshot(snapshot)
    values = {line.fact: (line.state, line.value) for part in sheet.parts for line in part.lines}
    assert values == {
        "serious_condition": (State.KNOWN, True),
        "hours": (State.NOT_KNOWN, None),
        "heavy_care_burden": (State.KNOWN, True),
        "kinds": (State.KNOWN, ("diet",)),
    }
    assert sheet.free_text == "Vi er oppe hver natt."


def test_another_guardian_sees_neither_own_facts_nor_words():
    _, snapshot = frozen()
    sheet = seen_by(of_snapshot(snapshot), Viewer(Role.FAMILY, CHILD))
    assert [line.fact for part in sheet.parts for line in part.lines] == ["serious_condition", "hours", "kinds"]
    assert sheet.free_text is None


def test_groups_that_are_not_granted_are_left_out():
    _, snapshot = frozen()
    assert seen_by(of_snapshot(snapshot), Viewer(Role.FAMILY, CHILD, frozenset({"school"}))).parts == ()


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.text(),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        ),
    )
)
def test_canonical_json_survives_reading_and_writing(document):
    once = canonical(document)
    assert canonical(json.loads(once)) == once
