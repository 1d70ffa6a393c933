"""An attachment (vedlegg): what may be attached, and how much."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.applications.domain.application import Application, Status, touched
from services.applications.domain.errors import FileIsMore, FileTooLarge, FileTypeRefused, NotADraft, TooManyAttachments

MAX_BYTES = 10 * 1024 * 1024
MAX_IN_DRAFT = 20
MAX_COUNT = 100
SNIFFED = 1445  # bytes that a browser looks at (whatwg.org, MIME Sniffing)
# The end of a ZIP's directory: Office documents with macros, JAR, APK. A comment may come after it.
ARCHIVE_MARK, ARCHIVE_END = b"PK\x05\x06", 22 + 64 * 1024
_PAGE = re.compile(rb"<\s*(!doctype|html|script|svg|iframe|body|\?php)", re.IGNORECASE)
SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/heic": "heic"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of an application; its content lies sealed outside the database under its id. `is_sent`: the authority has it.

    `request_id`: the request for documentation that it answers; None for what was sent with the application."""

    id: UUID
    application_id: UUID
    child_id: UUID
    uploaded_by: UUID
    uploaded_at: datetime
    media_type: str
    size: int
    sha256: str
    file_name: str
    documentation: str | None = None
    request_id: UUID | None = None
    is_sent: bool = False


def attach(application: Application, person: UUID, count: int, *, at: datetime) -> Application:
    """The person's own application, which holds `count` files, with one more: a draft, or one for which documentation is asked.

    Raises NotTheApplicant, NotADraft or TooManyAttachments."""
    _require_open(application, person)
    limit = MAX_IN_DRAFT if application.status is Status.DRAFT else MAX_COUNT
    if count >= limit:
        raise TooManyAttachments(limit)
    return touched(application, at=at)


def detach(application: Application, attachment: Attachment, person: UUID, *, at: datetime) -> Application:
    """The person's own application without the file, which the authority has not got. Raises NotTheApplicant or NotADraft."""
    _require_open(application, person)
    if attachment.is_sent:
        raise NotADraft(application.status)
    return touched(application, at=at)


def _require_open(application: Application, person: UUID) -> None:
    application.require_applicant(person)
    if application.status is not Status.DOCUMENTATION_REQUESTED:
        application.require_draft()


def require_size(size: int) -> None:
    """`size` bytes are not too many. Raises FileTooLarge."""
    if size > MAX_BYTES:
        raise FileTooLarge(MAX_BYTES)


def require_one_thing(head: bytes, tail: bytes) -> None:
    """The content is nothing else as well: no page for whoever reads its beginning, no archive for whoever reads its end. Raises FileIsMore.

    `head`: the first `SNIFFED` bytes at least. `tail`: the last `ARCHIVE_END`, which is how far from the end an archive's directory may end."""
    if ARCHIVE_MARK in tail or _PAGE.search(head[:SNIFFED]):
        raise FileIsMore


def require_type(media_type: str | None) -> str:
    """The media type, as found in the content itself. Raises FileTypeRefused."""
    if media_type not in SUFFIXES:
        raise FileTypeRefused
    return media_type
