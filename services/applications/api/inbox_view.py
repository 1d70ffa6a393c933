"""An application as the organisation it was sent to handles it: under the organisation's own pseudonym of the child."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from services.applications.api.application_view import FreeTextView, PartView, SnapshotView, view_of
from services.applications.api.attachment_view import AttachmentView, attachment_view
from services.applications.api.handling_view import DecisionView, DocumentationRequestView, ReceiptView
from services.applications.api.wording import Speech, Wording
from services.applications.domain.applicant import Relation
from services.applications.domain.application import Application, Status
from services.applications.domain.attachment import Attachment
from services.applications.domain.handling import Handling
from services.applications.domain.step import STAGES, Step
from services.applications.domain.viewer import Viewer
from shared.domain import NotFound

EXAMPLE: dict[str, JsonValue] = {
    "id": "0197c0de-0000-7000-8000-000000000001",
    "person": "b8851b7b-4296-4b98-bc86-10261f31360f",
    "right_id": "avlastning",
    "form_id": "avlastning",
    "status": "submitted",
    "due": "receipt",
    "submitted_at": "2026-11-24T10:00:00Z",
    "changed_at": "2026-11-24T10:00:00Z",
    "version": 1,
}


class InboxItem(BaseModel):
    """One application in the inbox."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    id: UUID
    person: str = Field(max_length=100, description="your own pseudonym of the child")
    right_id: str = Field(max_length=100)
    form_id: str = Field(max_length=100)
    status: Status
    due: Step | None = Field(description="the step that is next; an answer is the family's")
    submitted_at: datetime
    changed_at: datetime
    version: int = Field(description="what If-Match names")


class InboxApplication(InboxItem):
    """The whole application: what was sent, word for word, and all that has become of it. Of one that was withdrawn nothing is left to read."""

    title: Wording
    national_form: str | None = Field(max_length=100)
    applicant: Relation = Field(description="what the applicant is to the child")
    parts: list[PartView] = Field(max_length=30)
    free_text: FreeTextView
    snapshot: SnapshotView | None
    attachments: list[AttachmentView] = Field(max_length=100, description="fetched with somlos:applications.read")
    receipt: ReceiptView | None
    documentation_requests: list[DocumentationRequestView] = Field(max_length=200)
    decision: DecisionView | None


def item_of(application: Application) -> InboxItem:
    """The short view. Raises NotFound of what was never sent."""
    address = application.address
    if address is None or application.submitted_at is None:
        raise NotFound
    return InboxItem(
        id=application.id,
        person=address.child_alias,
        right_id=application.right_id,
        form_id=application.form_id,
        status=application.status,
        due=STAGES[application.status].due,
        submitted_at=application.submitted_at,
        changed_at=application.changed_at,
        version=application.version,
    )


def whole(
    application: Application, handling: Handling, attached: list[Attachment], viewer: Viewer, speech: Speech
) -> InboxApplication:
    """The whole view, from the frozen snapshot."""
    seen = view_of(application, None, viewer, speech, handling=handling)
    return InboxApplication(
        **item_of(application).model_dump(),
        title=seen.title,
        national_form=seen.national_form,
        applicant=application.relation,
        parts=seen.parts,
        free_text=seen.free_text,
        snapshot=seen.snapshot,
        attachments=[] if viewer.closed else [attachment_view(each) for each in attached],
        receipt=seen.receipt,
        documentation_requests=seen.documentation_requests,
        decision=seen.decision,
    )
