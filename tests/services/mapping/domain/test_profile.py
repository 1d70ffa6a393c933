"""What holds when several have spoken."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.mapping.domain.facts import FactSubject
from services.mapping.domain.profile import Held, Key, Outcome, Speaker, SpeakerKind, State, Statement, held, visible
from tests.services.mapping.domain.made import AT, CHILD, FATHER, MOTHER, ORG, TODAY

MUM, DAD = Speaker(SpeakerKind.GUARDIAN, MOTHER), Speaker(SpeakerKind.GUARDIAN, FATHER)
KID, SCHOOL = Speaker(SpeakerKind.CHILD, CHILD), Speaker(SpeakerKind.ORGANISATION, organisation=ORG)


def said(by: Speaker, value=None, state=State.KNOWN, *, minutes=0, shared=True, about=None) -> Statement:
    return Statement(
        id=uuid4(),
        key=about or Key("rare_diagnosis", FactSubject.CHILD, CHILD),
        speaker=by,
        state=state,
        value=value,
        valid_from=TODAY,
        said_at=AT + timedelta(minutes=minutes),
        shared=shared,
    )


NOT_KNOWN, WITHDRAWN = State.NOT_KNOWN, State.WITHDRAWN


@pytest.mark.parametrize(
    ("statements", "outcome", "value"),
    [
        ([said(MUM, True)], Outcome.KNOWN, True),
        ([said(MUM, True), said(DAD, True, minutes=1)], Outcome.KNOWN, True),
        ([said(MUM, True), said(DAD, False)], Outcome.CONFLICT, None),
        ([said(MUM, True), said(SCHOOL, False)], Outcome.CONFLICT, None),
        ([said(MUM, True), said(KID, True), said(SCHOOL, False)], Outcome.CONFLICT, None),
        ([said(MUM, True), said(DAD, state=NOT_KNOWN)], Outcome.KNOWN, True),
        ([said(MUM, True), said(DAD, state=WITHDRAWN)], Outcome.KNOWN, True),
        ([said(MUM, state=NOT_KNOWN), said(DAD, state=NOT_KNOWN)], Outcome.NOT_KNOWN, None),
        ([said(MUM, state=NOT_KNOWN), said(DAD, state=WITHDRAWN)], Outcome.NOT_KNOWN, None),
        ([said(MUM, 3), said(DAD, 3.0)], Outcome.KNOWN, 3),
        ([said(MUM, ("a", "b")), said(DAD, ("a",))], Outcome.CONFLICT, None),
    ],
)
def test_what_several_statements_come_to(statements, outcome, value):
    what = held(statements)
    assert what is not None
    assert (what.outcome, what.value) == (outcome, value)


@pytest.mark.parametrize("statements", [[], [said(MUM, state=WITHDRAWN)]])
def test_nothing_said_is_nothing_held(statements):
    assert held(statements) is None


def test_a_conflict_says_neither_who_nor_what():
    assert held([said(MUM, True), said(DAD, False)]) == Held(Outcome.CONFLICT)


def test_of_those_who_agree_the_last_is_named():
    what = held([said(DAD, True, minutes=5), said(MUM, True)])
    assert what is not None
    assert what.speaker == DAD


def test_what_a_child_keeps_to_itself_only_the_child_sees():
    kept, open_ = said(KID, True, shared=False), said(MUM, False)
    assert visible([kept, open_], MOTHER) == [open_]
    assert visible([kept, open_], None) == [open_]
    assert visible([kept, open_], CHILD) == [kept, open_]


def test_a_statement_about_a_home_is_sealed_for_the_guardian_who_is_named():
    home = UUID(int=9)
    assert (
        said(MUM, True, about=Key("housing_unsuitable", FactSubject.HOUSEHOLD, home, guardian=MOTHER)).about == MOTHER
    )
    assert said(MUM, True).about == CHILD


def test_a_statement_is_never_changed_but_made_anew():
    first = said(MUM, True)
    assert replace(first, value=False) is not first
    with pytest.raises(AttributeError):
        first.value = False  # type: ignore[misc]
