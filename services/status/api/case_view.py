"""A case as the family sees it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from services.status.api.complaint_view import ComplaintBrief, brief_of, names, timeline_of
from services.status.api.guidance import DecisionView, GuidanceView, decision_of, guidance_of
from services.status.api.parts import AuthorityView, AwaitedView, OutlookView, RightView, outlook_of, right_of
from services.status.api.wording import Speech, Wording
from services.status.domain.case import Case, CaseKind, CaseStatus
from services.status.domain.complaint import Complaint, ComplaintStatus
from services.status.domain.outlook import Law, outlooks
from shared.dates import oslo_day

EXAMPLE: dict[str, JsonValue] = {
    "id": "0197c0de-0000-7000-8000-000000000001",
    "child_id": "0197c0de-0000-7000-8000-000000000002",
    "kind": "application",
    "right": {"id": "hjelpestonad", "name": {"text": "Hjelpestønad", "lang": "nb"}},
    "authority": {"kind": "nav", "name": {"text": "Nav", "lang": "nb"}},
    "status": "submitted",
    "status_text": {"text": "Sendt", "lang": "nb"},
    "open": True,
    "submitted_at": "2026-11-24T10:00:00Z",
    "changed_at": "2026-11-24T10:00:00Z",
    "awaited": {"from": "authority", "text": {"text": "Vi venter på svar fra Nav.", "lang": "nb"}},
    "answer": [
        {
            "deadline_id": "nav-uten-ugrunnet-opphold",
            "kind": "answer",
            "last_day": None,
            "approximate": False,
            "days_left": None,
            "text": {
                "text": "Loven setter ingen fast frist. Nav skal avgjøre saken uten ugrunnet opphold. Etter folketrygdloven § 21-10.",
                "lang": "nb",
            },
            "law": "ftrl § 21-10",
            "confidence": "sourced",
        }
    ],
    "decision": None,
    "complaint": None,
    "complaints": [],
}


class CaseSummary(BaseModel):
    """One case of the overview."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    id: UUID
    child_id: UUID
    kind: CaseKind
    right: RightView
    authority: AuthorityView
    status: CaseStatus
    status_text: Wording
    open: bool = Field(description="whether anyone is still waiting for something")
    submitted_at: datetime
    changed_at: datetime
    awaited: AwaitedView
    answer: list[OutlookView] = Field(
        max_length=20, description="what the law says about the answer; empty once the case is closed"
    )
    decision: DecisionView | None = Field(description="null until it is decided")
    complaint: GuidanceView | None = Field(description="the right to complain, said with every decision")
    complaints: list[ComplaintBrief] = Field(max_length=100, description="newest first")


class StepView(BaseModel):
    """One step of the timeline: of the case itself, or of a complaint about it."""

    about: Literal["case", "complaint"]
    status: CaseStatus | ComplaintStatus
    at: datetime
    text: Wording
    complaint_id: UUID | None


class CaseView(CaseSummary):
    """A whole case."""

    timeline: list[StepView] = Field(max_length=500, description="oldest first")


class Followed(NamedTuple):
    """A case with its complaints, newest first."""

    case: Case
    complaints: Sequence[Complaint] = ()


def summary_of(followed: Followed, law: Law, speech: Speech, *, today: date, protected: bool) -> CaseSummary:
    """The short view, for that day."""
    case, complaints = followed
    who = speech.authority(case, protected=protected)
    briefs = [brief_of(each, law, speech, today=today, protected=protected) for each in complaints]
    running = next((each for each in briefs if each.open), None)
    return CaseSummary(
        id=case.id,
        child_id=case.child_id,
        kind=case.kind,
        right=right_of(case.right_id, law, speech),
        authority=AuthorityView(kind=case.authority_kind, name=who),
        status=case.status,
        status_text=speech.of(speech.sentences.statuses[case.status]),
        open=case.is_open or running is not None,
        submitted_at=case.submitted_at,
        changed_at=max(case.changed_at, *(each.changed_at for each in briefs)) if briefs else case.changed_at,
        awaited=running.awaited if running else AwaitedView(from_=case.awaited, text=speech.awaited(case, who)),
        answer=[outlook_of(each, who, speech, today) for each in outlooks(case, law, sent=oslo_day(case.submitted_at))],
        decision=decision_of(case.decision, complaints, speech) if case.decision else None,
        complaint=guidance_of(case, complaints, law, speech, today=today, protected=protected),
        complaints=briefs,
    )


def view_of(followed: Followed, law: Law, speech: Speech, *, today: date, protected: bool) -> CaseView:
    """The whole view, for that day."""
    summary = summary_of(followed, law, speech, today=today, protected=protected)
    steps = sorted(
        [*_steps(followed.case, speech, summary.authority.name), *_complained(followed, speech, protected)],
        key=lambda step: step.at,
    )
    return CaseView(**summary.model_dump(by_alias=True), timeline=steps)


def _steps(case: Case, speech: Speech, who: Wording) -> Iterator[StepView]:
    """Once it is decided, a later decision is the one that a complaint led to."""
    was_decided = False
    for step in case.steps:
        again = was_decided and step.status is CaseStatus.DECIDED
        text = speech.of(speech.complaints.decisions["superseded"]) if again else speech.step(step.status, who)
        yield StepView(about="case", status=step.status, at=step.at, text=text, complaint_id=None)
        was_decided = was_decided or step.status is CaseStatus.DECIDED


def _complained(followed: Followed, speech: Speech, protected: bool) -> Iterator[StepView]:
    for each in followed.complaints:
        who, body = names(each, speech, protected=protected)
        for step in timeline_of(each, speech, who=who, body=body):
            yield StepView(about="complaint", status=step.status, at=step.at, text=step.text, complaint_id=each.id)
