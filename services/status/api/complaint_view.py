"""A complaint as the family sees it."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from services.status.api.parts import AuthorityView, AwaitedView, OutlookView, RightView, outlook_of, right_of
from services.status.api.wording import Sentence, Speech, Wording
from services.status.domain.case import Awaited
from services.status.domain.complaint import Complaint, ComplaintStatus, ComplaintStep, Move, Outcome, Said
from services.status.domain.complaint_limits import further, limits
from services.status.domain.deadline import Deadline
from services.status.domain.outlook import Law
from shared.auth.principals import Principal, Subject

LONG = 10_000
OWN_WORDS = "free_text"
BRIEF: dict[str, JsonValue] = {
    "id": "0197c0de-0000-7000-8000-000000000005",
    "version": 1,
    "status": "filed",
    "status_text": {"text": "Klage sendt", "lang": "nb"},
    "open": True,
    "late": False,
    "filed_at": "2026-12-01T10:00:00Z",
    "changed_at": "2026-12-01T10:00:00Z",
    "awaited": {"from": "authority", "text": {"text": "Vi venter på at Nav ser på saken igjen.", "lang": "nb"}},
    "answer": [],
    "href": "/status/v1/complaints/0197c0de-0000-7000-8000-000000000005",
}
EXAMPLE: dict[str, JsonValue] = {
    **BRIEF,
    "case_id": "0197c0de-0000-7000-8000-000000000001",
    "child_id": "0197c0de-0000-7000-8000-000000000002",
    "right": {"id": "hjelpestonad", "name": {"text": "Hjelpestønad", "lang": "nb"}},
    "authority": {"kind": "nav", "name": {"text": "Nav", "lang": "nb"}},
    "body": {"kind": "nav_klageinstans", "name": {"text": "Nav klageinstans", "lang": "nb"}},
    "yours": True,
    "last_day": "2027-01-05",
    "about": "Vedtaket sier at hun sover om natten. Det gjør hun ikke.",
    "wish": "Hjelpestønad fra oktober.",
    "late_reason": None,
    "reassessment": None,
    "forwarding": None,
    "decision": None,
    "further": [],
    "timeline": [
        {
            "status": "filed",
            "outcome": None,
            "at": "2026-12-01T10:00:00Z",
            "text": {"text": "Klagen ble sendt til Nav.", "lang": "nb"},
        }
    ],
}


class ComplaintBrief(BaseModel):
    """A complaint in a list: where it stands and whose move it is."""

    model_config = ConfigDict(json_schema_extra={"example": BRIEF})

    id: UUID
    version: int = Field(ge=1, description="rises with every step; in quotes it is an If-Match")
    status: ComplaintStatus
    status_text: Wording
    open: bool = Field(description="whether anyone is still to do something with it")
    late: bool
    filed_at: datetime
    changed_at: datetime
    awaited: AwaitedView
    answer: list[OutlookView] = Field(max_length=20, description="what the law says about the step that is due")
    href: str = Field(max_length=200)


class ComplaintStepView(BaseModel):
    """One step of a complaint's timeline."""

    status: ComplaintStatus
    outcome: Outcome | None
    at: datetime
    text: Wording


class ReassessmentView(BaseModel):
    """What the authority made of it when it looked again."""

    outcome: Outcome
    reasons: str | None = Field(max_length=LONG)
    at: datetime


class ForwardingView(BaseModel):
    """When it went on, and what the authority said to the appeal body."""

    at: datetime
    statement: str | None = Field(max_length=LONG)


class ComplaintDecisionView(BaseModel):
    """What the appeal body decided."""

    outcome: Outcome
    reasons: str | None = Field(max_length=LONG)
    decided_at: date
    at: datetime


class ComplaintView(ComplaintBrief):
    """A whole complaint. What people wrote is null for a reader who may not see it."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    case_id: UUID
    child_id: UUID
    right: RightView
    authority: AuthorityView
    body: AuthorityView = Field(description="who decides it if the authority does not change its decision")
    yours: bool = Field(description="whether you sent it; only whoever did can take it back")
    last_day: date | None
    about: str | None = Field(max_length=LONG)
    wish: str | None = Field(max_length=LONG)
    late_reason: str | None = Field(max_length=LONG)
    reassessment: ReassessmentView | None
    forwarding: ForwardingView | None
    decision: ComplaintDecisionView | None
    further: list[OutlookView] = Field(max_length=20, description="where the answer can be taken")
    timeline: list[ComplaintStepView] = Field(max_length=20, description="oldest first")


def brief_of(complaint: Complaint, law: Law, speech: Speech, *, today: date, protected: bool) -> ComplaintBrief:
    """The short view on that day."""
    who, body = names(complaint, speech, protected=protected)
    words, owing = speech.complaints, body if complaint.awaited is Awaited.APPEAL_BODY else who
    waiting = "forwarding" if complaint.due is Move.FORWARDING else complaint.awaited.value
    return ComplaintBrief(
        id=complaint.id,
        version=complaint.version,
        status=complaint.status,
        status_text=speech.of(words.statuses[complaint.status]),
        open=complaint.is_open,
        late=complaint.late,
        filed_at=complaint.filed_at,
        changed_at=complaint.last.at,
        awaited=AwaitedView(
            from_=complaint.awaited, text=speech.of(words.awaited[waiting], who=who.text, body=body.text)
        ),
        answer=[outlook_of(each, owing, speech, today) for each in limits(complaint, law)],
        href=f"/status/v1/complaints/{complaint.id}",
    )


def view_of(
    complaint: Complaint, reader: Principal, subject: Subject, law: Law, speech: Speech, *, today: date
) -> ComplaintView:
    """The whole view for that reader on that day."""
    who, body = names(complaint, speech, protected=subject.protected)
    said = complaint.said if _sees_words(complaint, reader, subject, law) else None
    return ComplaintView(
        **brief_of(complaint, law, speech, today=today, protected=subject.protected).model_dump(by_alias=True),
        case_id=complaint.case_id,
        child_id=complaint.child_id,
        right=right_of(complaint.right_id, law, speech),
        authority=AuthorityView(kind=complaint.authority_kind, name=who),
        body=AuthorityView(kind=complaint.body, name=body),
        yours=complaint.complainant == reader.person,
        last_day=complaint.last_day,
        about=said.about if said else None,
        wish=said.wish if said else None,
        late_reason=said.late_reason if said else None,
        reassessment=reassessment_of(complaint, said),
        forwarding=forwarding_of(complaint, said),
        decision=decision_of(complaint, said),
        further=[_further(each, speech) for each in further(complaint, law)],
        timeline=timeline_of(complaint, speech, who=who, body=body),
    )


def names(complaint: Complaint, speech: Speech, *, protected: bool) -> tuple[Wording, Wording]:
    """Who decided first, and who decides on the complaint; by its kind until it has it, and for a protected address."""
    appeal = complaint.appeal.orgnr if complaint.appeal else None
    return (
        speech.organisation(complaint.authority_kind, complaint.authority.orgnr, protected=protected),
        speech.organisation(complaint.body, appeal, protected=protected),
    )


def timeline_of(complaint: Complaint, speech: Speech, *, who: Wording, body: Wording) -> list[ComplaintStepView]:
    """Every step, oldest first."""
    return [
        ComplaintStepView(
            status=step.status,
            outcome=step.outcome,
            at=step.at,
            text=speech.all_of(_of_step(step, speech, {"who": who.text, "body": body.text})),
        )
        for step in complaint.steps
    ]


def reassessment_of(complaint: Complaint, said: Said | None) -> ReassessmentView | None:
    """The authority's second look, if it has had one."""
    step = next((s for s in complaint.steps if s.status in (ComplaintStatus.REASSESSED, ComplaintStatus.CLOSED)), None)
    if step is None or step.outcome is None:
        return None
    return ReassessmentView(outcome=step.outcome, reasons=said.reassessment if said else None, at=step.at)


def forwarding_of(complaint: Complaint, said: Said | None) -> ForwardingView | None:
    """The forwarding, if there was one."""
    at = complaint.forwarded_at
    return ForwardingView(at=at, statement=said.statement if said else None) if at else None


def decision_of(complaint: Complaint, said: Said | None) -> ComplaintDecisionView | None:
    """The appeal body's decision, if there is one."""
    last = complaint.last
    if complaint.decided_on is None or last.outcome is None:
        return None
    return ComplaintDecisionView(
        outcome=last.outcome, reasons=said.decision if said else None, decided_at=complaint.decided_on, at=last.at
    )


def _of_step(step: ComplaintStep, speech: Speech, filled: dict[str, str]) -> Iterable[Sentence]:
    yield speech.complaints.steps[step.status], filled
    if step.status is ComplaintStatus.DECIDED and step.outcome:
        yield speech.complaints.outcomes[step.outcome], filled


def _sees_words(complaint: Complaint, reader: Principal, subject: Subject, law: Law) -> bool:
    """Whoever complained; others only where the right is the child's own and the reader may see free text of it."""
    right = law.rights.get(complaint.right_id)
    of_the_child = right is not None and right.judged_for_child
    return complaint.complainant == reader.person or (of_the_child and subject.sees(OWN_WORDS))


def _further(deadline: Deadline, speech: Speech) -> OutlookView:
    words = speech.complaints
    said: list[Sentence] = [
        (words.deadlines[deadline.id], {}),
        (words.rights["after_answer"], {"length": speech.length(deadline)}),
        *speech.source(deadline),
    ]
    return OutlookView(
        deadline_id=deadline.id,
        kind=deadline.kind,
        last_day=None,
        approximate=False,
        days_left=None,
        text=speech.all_of(said),
        law=deadline.law,
        confidence=deadline.confidence,
    )
