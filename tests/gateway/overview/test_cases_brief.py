"""The cases on the start page: complaints, and where the time to complain runs."""

from datetime import UTC, date, datetime

import pytest

from gateway.overview import said
from gateway.overview.cases_brief import cases_brief
from shared.texts import Lang
from tests.gateway.overview.family import PRELIMINARY, case, decided, words

CHILD = said.Child(id="child", name="Blid", age=9, died=None, ground="guardian", profile_version=1)


def brief(*cases: dict):
    """The part of the page, of what status lists."""
    return cases_brief(CHILD, said.Cases.model_validate({"items": cases, "next": None}), Lang.NB)


def closed(**changed) -> dict:
    """A case that nobody waits for."""
    return case("case-1", "Hjelpestønad", "nobody", "Ferdig", **changed)


def test_a_complaint_that_is_being_handled_is_shown_on_its_case():
    complaints = [
        {
            "status_text": words("Klage sendt"),
            "open": is_open,
            "filed_at": f"2026-12-0{n + 1}T10:00:00Z",
            "answer": [PRELIMINARY],
            "href": f"/status/v1/complaints/{n}",
        }
        for n, is_open in enumerate((False, True))
    ]
    shown = brief(case("case-1", "BPA", "appeal-body", "Vi venter", complaints=complaints)).open[0]
    assert (shown.complaint.status.text, shown.complaint.href) == ("Klage sendt", "/status/v1/complaints/1")
    assert shown.complaint.filed_at == datetime(2026, 12, 2, 10, tzinfo=UTC)
    assert [each.last_day for each in shown.complaint.answer] == [date(2026, 12, 28)]


def test_two_applications_for_the_same_right_are_told_apart_by_when_they_were_sent():
    sent = [case(f"case-{n}", "BPA", "authority", "Vi venter", submitted_at=f"2026-11-0{n}T10:00:00Z") for n in (1, 2)]
    assert [each.submitted_at.day for each in brief(*sent).open] == [1, 2]


def test_an_open_case_says_what_the_law_says_about_the_answer_with_its_day():
    no_day = {**PRELIMINARY, "kind": "answer", "last_day": None, "days_left": None, "text": words("Ingen fast frist.")}
    shown = brief(case("case-1", "BPA", "authority", "Vi venter", answer=[no_day, PRELIMINARY])).open[0].answer
    assert [(each.kind, each.last_day, each.days_left, each.says.text) for each in shown] == [
        ("answer", None, None, "Ingen fast frist."),
        ("preliminary_answer", date(2026, 12, 28), 34, "Siste dag er 28. desember 2026."),
    ]


def test_what_awaits_the_family_says_which_application_it_is_about():
    task = brief(case("case-1", "BPA", "family", "Send mer")).awaits_me[0]
    assert task.submitted_at == datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize("outcome", ["refused", "partly"])
def test_a_decision_that_did_not_give_all_says_how_long_one_can_complain(outcome):
    found = brief(closed(**decided(outcome)))
    assert found.open == []
    assert [(each.case_id, each.says.text, each.deadline, each.days_left) for each in found.may_complain] == [
        ("case-1", "Du kan klage.", date(2027, 1, 5), 42)
    ]
    assert [(each.submitted_at.day, each.decided_at, each.deadline_says.text) for each in found.may_complain] == [
        (24, date(2026, 12, 1), "Siste dag er 5. januar 2027.")
    ]


def test_the_last_day_may_be_unknown():
    assert brief(closed(**decided("refused", deadline=None, days_left=None))).may_complain[0].deadline is None


@pytest.mark.parametrize("told", [decided("granted"), decided("refused", may=False), decided("refused", late=True), {}])
def test_otherwise_the_start_page_does_not_speak_of_complaining(told):
    assert brief(closed(**told)).may_complain == []


def test_more_open_cases_than_are_shown_are_counted_all_the_same():
    found = brief(*(case(f"case-{n}", "BPA", "authority", "Vi venter") for n in range(60)))
    assert (len(found.open), found.says, found.more) == (50, "Åpne saker: 60.", True)
