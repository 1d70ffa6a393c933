"""What a reader is told beside an application."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.applications.api.wording import Speech, Wording
from services.applications.domain.notice import SentAlready


class NoticeKind(StrEnum):
    """What it is about."""

    SENT_ALREADY = "sent-already"


class NoticeView(BaseModel):
    """Something to know, never a hindrance: another application for the same right and child is sent and not decided."""

    kind: NoticeKind
    text: Wording
    application_id: UUID
    submitted_at: datetime
    href: str = Field(max_length=200, description="the other application, as far as this reader may see it")


def notice_view(found: SentAlready, speech: Speech) -> NoticeView:
    """The notice in words."""
    return NoticeView(
        kind=NoticeKind.SENT_ALREADY,
        text=speech.sent_already(found),
        application_id=found.application_id,
        submitted_at=found.submitted_at,
        href=f"/applications/v1/applications/{found.application_id}",
    )
