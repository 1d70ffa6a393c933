"""An application as its readers see it."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from services.applications.api.handling_view import (
    DecisionView,
    DocumentationRequestView,
    ReceiptView,
    decision_view,
    receipt_view,
    request_view,
)
from services.applications.api.notice_view import NoticeView, notice_view
from services.applications.api.wording import Speech, Wording
from services.applications.domain.answer import SourceKind, State
from services.applications.domain.applicant import Relation
from services.applications.domain.application import Application, Status
from services.applications.domain.completeness import faults_of
from services.applications.domain.errors import FormRetired
from services.applications.domain.form import Form
from services.applications.domain.handling import NOTHING, Handling, shown_to
from services.applications.domain.notice import sent_already
from services.applications.domain.sheet import Line, Sheet, of_draft, of_snapshot, seen_by
from services.applications.domain.viewer import Role, Viewer
from shared.texts import Text

Answered = bool | int | float | str | list[str]
EXAMPLE: dict[str, JsonValue] = {
    "id": "0197c0de-0000-7000-8000-000000000001",
    "version": 1,
    "child_id": "0197c0de-0000-7000-8000-000000000002",
    "form_id": "hjelpestonad",
    "form_version": 1,
    "right_id": "hjelpestonad",
    "status": "draft",
    "status_text": {"text": "Ikke sendt", "lang": "nb"},
    "applicant": {"relation": "guardian", "you": True},
    "authority": {"kind": "nav", "name": {"text": "Nav", "lang": "nb"}},
    "created_at": "2026-11-24T10:00:00Z",
    "changed_at": "2026-11-24T10:00:00Z",
    "submitted_at": None,
}


class ApplicantView(BaseModel):
    """Who applies: what the applicant is to the child, and whether that is the reader."""

    relation: Relation
    you: bool


class AuthorityView(BaseModel):
    """Who decides. Before sending, and for a protected address, only the kind is named."""

    kind: str = Field(max_length=40)
    name: Wording


class ApplicationSummary(BaseModel):
    """One application in a list."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    id: UUID
    version: int = Field(
        ge=1,
        description="rises with every change; in quotes it is an If-Match. The inbox of an authority counts its own",
    )
    child_id: str = Field(max_length=100, description="the child; an organisation sees its own pseudonym")
    form_id: str = Field(max_length=100)
    form_version: int
    right_id: str = Field(max_length=100)
    status: Status
    status_text: Wording
    applicant: ApplicantView
    authority: AuthorityView
    created_at: datetime
    changed_at: datetime
    submitted_at: datetime | None


class SourceView(BaseModel):
    """Where an answer comes from, in words and for machines."""

    kind: SourceKind
    text: Wording
    said_at: datetime | None


class ChoiceView(BaseModel):
    """One value that may be chosen."""

    value: str = Field(max_length=100)
    label: Wording


class LineView(BaseModel):
    """One question with its answer, if there is one."""

    fact: str = Field(max_length=100)
    question: Wording
    type: str = Field(max_length=20)
    options: list[ChoiceView] = Field(max_length=100)
    unit: str | None = Field(max_length=40)
    min: float | None
    max: float | None
    required: bool
    editable: bool = Field(description="whether the applicant may answer it here")
    state: State | None = Field(description="null: not answered yet")
    state_text: Wording | None
    value: Answered | None
    source: SourceView | None


class PartView(BaseModel):
    """Questions that belong together."""

    id: str = Field(max_length=100)
    title: Wording
    lines: list[LineView] = Field(max_length=100)


class FreeTextView(BaseModel):
    """The applicant's own words."""

    label: Wording
    text: str | None = Field(max_length=20000)


class LackView(BaseModel):
    """What keeps a draft from being sent."""

    field: str = Field(max_length=200)
    code: str = Field(max_length=100)


class SnapshotView(BaseModel):
    """The frozen application: the same bytes for ever, as this digest shows."""

    sha256: str = Field(max_length=64)


class ApplicationView(ApplicationSummary):
    """A whole application. What the reader may not see is left out."""

    title: Wording
    national_form: str | None = Field(max_length=100)
    national_form_text: Wording | None
    parts: list[PartView] = Field(max_length=30)
    free_text: FreeTextView
    lacks: list[LackView] = Field(max_length=200, description="of a draft: what must be answered before it is sent")
    notices: list[NoticeView] = Field(
        max_length=20,
        description="for the applicant, until it is decided: what is under way for the same right already",
    )
    snapshot: SnapshotView | None
    receipt: ReceiptView | None = Field(description="null until the authority has acknowledged it")
    documentation_requests: list[DocumentationRequestView] = Field(
        max_length=200, description="what the authority has asked for, oldest first"
    )
    decision: DecisionView | None


def summary_of(application: Application, viewer: Viewer, speech: Speech, *, authority: str) -> ApplicationSummary:
    """The short view. `authority` is the kind that the form names; an organisation sees its pseudonym of the child."""
    address = application.address
    alias = address.child_alias if viewer.role is Role.AUTHORITY and address else str(application.child_id)
    return ApplicationSummary(
        id=application.id,
        version=application.revision,
        child_id=alias,
        form_id=application.form_id,
        form_version=application.form_version,
        right_id=application.right_id,
        status=application.status,
        status_text=speech.of(speech.sentences.statuses[application.status]),
        applicant=ApplicantView(relation=application.relation, you=viewer.role is Role.APPLICANT),
        authority=_authority(application, authority, speech),
        created_at=application.created_at,
        changed_at=application.changed_at,
        submitted_at=application.submitted_at,
    )


def view_of(
    application: Application, form: Form | None, viewer: Viewer, speech: Speech, *, handling: Handling = NOTHING
) -> ApplicationView:
    """The whole view: of a draft from its form, of what was sent from the frozen snapshot alone."""
    full = _sheet(application, form)
    sheet = seen_by(full, viewer)
    kind = application.address.kind if application.address else form.authority if form else "other"
    lacks = faults_of(form, application.content) if form and application.content else []
    seen = shown_to(handling, viewer, full.judged_for)
    return ApplicationView(
        **summary_of(application, viewer, speech, authority=kind).model_dump(),
        title=speech.of(sheet.title),
        national_form=sheet.national_form,
        national_form_text=None if sheet.national_form else speech.of(speech.sentences.no_national_form),
        parts=[
            PartView(
                id=part.id,
                title=speech.of(part.title),
                lines=[_line(line, application, viewer, speech) for line in part.lines],
            )
            for part in sheet.parts
        ],
        free_text=FreeTextView(label=speech.of(sheet.free_text_label), text=sheet.free_text),
        lacks=[LackView(field=fault.field, code=fault.code) for fault in lacks],
        notices=[
            notice_view(each, speech)
            for each in sent_already(application, seen.beside, full.judged_for, person=viewer.person)
        ],
        snapshot=SnapshotView(sha256=application.snapshot_sha256) if application.snapshot_sha256 else None,
        receipt=receipt_view(seen.receipt),
        documentation_requests=[request_view(each) for each in seen.requests],
        decision=decision_view(seen.decision, speech) if seen.decision else None,
    )


def _sheet(application: Application, form: Form | None) -> Sheet:
    if application.snapshot:
        return of_snapshot(application.snapshot)
    if form and application.content:
        return of_draft(form, application.content)
    if form:
        return Sheet(form.title, form.national_form, form.judged_for, (), form.free_text.label, None)
    raise FormRetired(application.form_id)


def _authority(application: Application, kind: str, speech: Speech) -> AuthorityView:
    address = application.address
    name = speech.organisation(address.orgnr) if address and not address.protected else None
    words = name or speech.sentences.authorities.get(kind) or Text(nb=kind)
    return AuthorityView(kind=kind, name=speech.of(words))


def _line(line: Line, application: Application, viewer: Viewer, speech: Speech) -> LineView:
    state = speech.sentences.states.get(line.state) if line.state else None
    source = line.source
    return LineView(
        fact=line.fact,
        question=speech.of(line.question),
        type=line.type,
        options=[ChoiceView(value=value, label=speech.of(label)) for value, label in line.labels.items()],
        unit=line.unit,
        min=line.minimum,
        max=line.maximum,
        required=line.required,
        editable=line.editable and viewer.role is Role.APPLICANT,
        state=line.state,
        state_text=speech.of(state) if state else None,
        value=list(line.value) if isinstance(line.value, tuple) else line.value,
        source=SourceView(kind=source.kind, text=speech.source(source, application, viewer), said_at=source.said_at)
        if source
        else None,
    )
