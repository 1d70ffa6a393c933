"""The cases in brief: what is open, what awaits the caller, and where the time to complain runs."""

from collections.abc import Sequence

from gateway.overview import said, texts
from gateway.overview.sources import route_of
from gateway.overview.views import (
    MOST_CASES,
    AnswerBrief,
    CaseBrief,
    CasesBrief,
    ComplaintBrief,
    MayComplain,
    Task,
)
from shared.texts import Lang

CASE = route_of("GET", "/status/v1/cases/{case_id}")
CASES = route_of("GET", "/status/v1/children/{child_id}/overview")
ME, ALL_GIVEN = "family", "granted"


def cases_brief(child: said.Child, cases: said.Cases, lang: Lang) -> CasesBrief:
    """The part of one child."""
    still_open = [case for case in cases.items if case.open]
    more = cases.next is not None
    return CasesBrief(
        says=_says(len(still_open), more, lang),
        open=[_case(case) for case in still_open[:MOST_CASES]],
        awaits_me=[_task(child, case) for case in still_open if case.awaited.whom == ME][:MOST_CASES],
        may_complain=_may_complain(cases.items),
        more=more or len(still_open) > MOST_CASES,
        href=CASES.path({"child_id": child.id}),
    )


def _says(still_open: int, more: bool, lang: Lang) -> str:
    if more:
        return texts.MORE_CASES.in_(lang).format(open=still_open)
    return texts.OPEN_CASES.in_(lang).format(open=still_open) if still_open else texts.NO_CASES.in_(lang)


def _case(case: said.Case) -> CaseBrief:
    running = next((complaint for complaint in case.complaints if complaint.open), None)
    return CaseBrief(
        id=case.id,
        title=case.right.name,
        status=case.status_text,
        authority=case.authority.name,
        submitted_at=case.submitted_at,
        next=case.awaited.text,
        answer=_answers(case.answer),
        complaint=_complaint(running) if running else None,
        href=CASE.path({"case_id": case.id}),
    )


def _answers(duties: Sequence[said.Outlook]) -> list[AnswerBrief]:
    return [
        AnswerBrief(
            kind=duty.kind,
            last_day=duty.last_day,
            approximate=duty.approximate,
            days_left=duty.days_left,
            says=duty.text,
        )
        for duty in duties
    ]


def _complaint(running: said.Complaint) -> ComplaintBrief:
    return ComplaintBrief(
        status=running.status_text, filed_at=running.filed_at, answer=_answers(running.answer), href=running.href
    )


def _task(child: said.Child, case: said.Case) -> Task:
    return Task(
        child_id=child.id,
        case_id=case.id,
        title=case.right.name,
        says=case.awaited.text,
        submitted_at=case.submitted_at,
        href=CASE.path({"case_id": case.id}),
    )


def _may_complain(cases: Sequence[said.Case]) -> list[MayComplain]:
    """Decisions that did not give all, as long as a complaint comes in time."""
    return [
        MayComplain(
            case_id=case.id,
            title=case.right.name,
            says=case.complaint.text,
            submitted_at=case.submitted_at,
            decided_at=case.decision.decided_at,
            deadline=case.complaint.deadline,
            deadline_says=case.complaint.deadline_text,
            days_left=case.complaint.days_left,
            href=CASE.path({"case_id": case.id}),
        )
        for case in cases
        if case.complaint and case.complaint.may and not case.complaint.late
        if case.decision and case.decision.outcome != ALL_GIVEN
    ][:MOST_CASES]
