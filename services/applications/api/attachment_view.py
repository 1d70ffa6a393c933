"""An attachment as its readers see it; its content is fetched on its own."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from services.applications.domain.attachment import Attachment

EXAMPLE: dict[str, JsonValue] = {
    "id": "0197c0de-0000-7000-8000-000000000003",
    "media_type": "application/pdf",
    "size": 48213,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "file_name": "beskrivelse.pdf",
    "documentation": "care-round-the-clock",
    "uploaded_at": "2026-11-24T10:00:00Z",
    "request_id": None,
    "sent": True,
}


class AttachmentView(BaseModel):
    """One attachment. Its content never changes."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    id: UUID
    media_type: str = Field(max_length=100, description="found in the content itself")
    size: int = Field(description="bytes")
    sha256: str = Field(max_length=64)
    file_name: str = Field(max_length=200)
    documentation: str | None = Field(max_length=100, description="which documentation of the form it answers")
    uploaded_at: datetime
    request_id: UUID | None = Field(description="which request for documentation it answers; null: none")
    sent: bool = Field(description="whether the authority has it")


def attachment_view(attachment: Attachment) -> AttachmentView:
    """The view of one attachment."""
    return AttachmentView(
        id=attachment.id,
        media_type=attachment.media_type,
        size=attachment.size,
        sha256=attachment.sha256,
        file_name=attachment.file_name,
        documentation=attachment.documentation,
        uploaded_at=attachment.uploaded_at,
        request_id=attachment.request_id,
        sent=attachment.is_sent,
    )
