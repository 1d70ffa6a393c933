"""A complaint as the organisations that have it see it."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from services.status.api.complaint_view import (
    LONG,
    ComplaintDecisionView,
    ForwardingView,
    ReassessmentView,
    decision_of,
    forwarding_of,
    names,
    reassessment_of,
)
from services.status.api.parts import AuthorityView, OutlookView, outlook_of
from services.status.api.wording import Speech
from services.status.domain.appeal_body import appeal_bodies
from services.status.domain.case import Awaited
from services.status.domain.complaint import Complaint, ComplaintStatus, Move, Role
from services.status.domain.complaint_limits import limits
from services.status.domain.outlook import Law

BRIEF: dict[str, JsonValue] = {
    "id": "0197c0de-0000-7000-8000-000000000005",
    "application_id": "0197c0de-0000-7000-8000-000000000001",
    "person": "0197c0de-0000-4000-8000-000000000009",
    "right_id": "hjelpestonad",
    "roles": ["authority"],
    "status": "filed",
    "due": "receipt",
    "late": False,
    "filed_at": "2026-12-01T10:00:00Z",
    "changed_at": "2026-12-01T10:00:00Z",
    "version": 1,
}
EXAMPLE: dict[str, JsonValue] = {
    **BRIEF,
    "complainant": "guardian",
    "last_day": "2027-01-05",
    "about": "Vedtaket sier at hun sover om natten. Det gjør hun ikke.",
    "wish": "Hjelpestønad fra oktober.",
    "late_reason": None,
    "reassessment": None,
    "forwarding": None,
    "decision": None,
    "authority": {"kind": "nav", "name": {"text": "Nav", "lang": "nb"}},
    "body": {"kind": "nav_klageinstans", "name": {"text": "Nav klageinstans", "lang": "nb"}},
    "forward_to": ["312481383"],
    "limits": [],
}


class InboxItem(BaseModel):
    """A complaint in the list of what an organisation has."""

    model_config = ConfigDict(json_schema_extra={"example": BRIEF})

    id: UUID
    application_id: UUID
    person: str = Field(max_length=100, description="your organisation's own pseudonym of the child")
    right_id: str = Field(max_length=100)
    roles: list[Role] = Field(max_length=2, description="what you are to it")
    status: ComplaintStatus
    due: Move | None = Field(description="the step that is due; null when it has ended")
    late: bool
    filed_at: datetime
    changed_at: datetime
    version: int


class InboxComplaint(InboxItem):
    """A whole complaint. Once it is withdrawn only that is left to see."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    complainant: str = Field(max_length=40, description="guardian, self or grant: what the complainant is to the child")
    last_day: date | None
    about: str | None = Field(max_length=LONG)
    wish: str | None = Field(max_length=LONG)
    late_reason: str | None = Field(max_length=LONG)
    reassessment: ReassessmentView | None
    forwarding: ForwardingView | None
    decision: ComplaintDecisionView | None
    authority: AuthorityView = Field(description="who decided first")
    body: AuthorityView = Field(description="who decides on the complaint")
    forward_to: list[str] = Field(max_length=100, description="the organisations that the authority can send it on to")
    limits: list[OutlookView] = Field(max_length=20, description="what the law says about the step that is due")


def item_of(complaint: Complaint, organisation: str | None) -> InboxItem:
    """The short view for that organisation."""
    return InboxItem(
        id=complaint.id,
        application_id=complaint.case_id,
        person=complaint.alias_of(organisation) or "",
        right_id=complaint.right_id,
        roles=sorted(complaint.roles_of(organisation)),
        status=complaint.status,
        due=complaint.due,
        late=complaint.late,
        filed_at=complaint.filed_at,
        changed_at=complaint.last.at,
        version=complaint.version,
    )


def whole_of(
    complaint: Complaint, organisation: str | None, law: Law, speech: Speech, *, today: date
) -> InboxComplaint:
    """The whole view for that organisation on that day. It has the case, so an office is named whatever the address."""
    who, body = names(complaint, speech, protected=False)
    said = None if complaint.status is ComplaintStatus.WITHDRAWN else complaint.said
    owing = body if complaint.awaited is Awaited.APPEAL_BODY else who
    return InboxComplaint(
        **item_of(complaint, organisation).model_dump(),
        complainant=complaint.relation,
        last_day=complaint.last_day,
        about=said.about if said else None,
        wish=said.wish if said else None,
        late_reason=said.late_reason if said else None,
        reassessment=reassessment_of(complaint, said),
        forwarding=forwarding_of(complaint, said),
        decision=decision_of(complaint, said),
        authority=AuthorityView(kind=complaint.authority_kind, name=who),
        body=AuthorityView(kind=complaint.body, name=body),
        forward_to=list(bodies_for(complaint, law, speech)) if complaint.due is Move.FORWARDING else [],
        limits=[outlook_of(each, owing, speech, today) for each in limits(complaint, law)],
    )


def bodies_for(complaint: Complaint, law: Law, speech: Speech) -> tuple[str, ...]:
    """The organisations that may decide it."""
    organisations = speech.authorities.organisations
    return appeal_bodies(complaint.body, complaint.authority.orgnr, organisations, law.complaints.within)
