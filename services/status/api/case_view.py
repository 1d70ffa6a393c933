"""A case as the family sees it."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from services.status.api.wording import Speech, Wording
from services.status.domain.case import Awaited, Case, CaseKind, CaseStatus
from services.status.domain.deadline import DeadlineKind
from services.status.domain.outlook import Law, Outlook, outlooks
from shared.dates import oslo_day
from shared.texts import Text

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
                "text": "Loven setter ingen fast frist. Nav skal avgjøre saken uten ugrunnet opphold. Etter ftrl § 21-10.",
                "lang": "nb",
            },
            "law": "ftrl § 21-10",
            "confidence": "sourced",
        }
    ],
}


class RightView(BaseModel):
    """What was applied for."""

    id: str = Field(max_length=100)
    name: Wording


class AuthorityView(BaseModel):
    """Who has the case. For a protected address only the kind is named."""

    kind: str = Field(max_length=40)
    name: Wording


class AwaitedView(BaseModel):
    """Whose move it is."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Awaited = Field(alias="from")
    text: Wording


class OutlookView(BaseModel):
    """One duty of the authority about its answer. `last_day` is null where the law gives no length: then the law's words are all there is."""

    deadline_id: str = Field(max_length=100)
    kind: DeadlineKind
    last_day: date | None
    approximate: bool
    days_left: int | None = Field(description="0 when it has passed")
    text: Wording
    law: str = Field(max_length=400)
    confidence: str = Field(max_length=20)


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


class StepView(BaseModel):
    """One step of the timeline."""

    status: CaseStatus
    at: datetime
    text: Wording


class CaseView(CaseSummary):
    """A whole case."""

    timeline: list[StepView] = Field(max_length=500, description="oldest first")


def summary_of(case: Case, law: Law, speech: Speech, *, today: date, protected: bool) -> CaseSummary:
    """The short view, for that day."""
    who = speech.authority(case, protected=protected)
    right = law.rights.get(case.right_id)
    return CaseSummary(
        id=case.id,
        child_id=case.child_id,
        kind=case.kind,
        right=RightView(id=case.right_id, name=speech.of(right.name if right else Text(nb=case.right_id))),
        authority=AuthorityView(kind=case.authority_kind, name=who),
        status=case.status,
        status_text=speech.of(speech.sentences.statuses[case.status]),
        open=case.is_open,
        submitted_at=case.submitted_at,
        changed_at=case.changed_at,
        awaited=AwaitedView(from_=case.awaited, text=speech.awaited(case, who)),
        answer=[_outlook(each, who, speech, today) for each in outlooks(case, law, sent=oslo_day(case.submitted_at))],
    )


def view_of(case: Case, law: Law, speech: Speech, *, today: date, protected: bool) -> CaseView:
    """The whole view, for that day."""
    summary = summary_of(case, law, speech, today=today, protected=protected)
    steps = [
        StepView(status=step.status, at=step.at, text=speech.step(step.status, summary.authority.name))
        for step in case.steps
    ]
    return CaseView(**summary.model_dump(by_alias=True), timeline=steps)


def _outlook(outlook: Outlook, who: Wording, speech: Speech, today: date) -> OutlookView:
    deadline, due = outlook.deadline, outlook.due
    return OutlookView(
        deadline_id=deadline.id,
        kind=deadline.kind,
        last_day=due.last_day if due else None,
        approximate=bool(due and due.approximate),
        days_left=due.days_left(today) if due else None,
        text=speech.outlook(outlook, who, today),
        law=deadline.law,
        confidence=deadline.confidence,
    )
