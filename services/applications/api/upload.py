"""An upload: what its headers say, and the file taken in piece by piece."""

import hashlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

import filetype
from fastapi import Header, Query, Request

from services.applications.domain.application import Application
from services.applications.domain.attachment import (
    SUFFIXES,
    Attachment,
    require_one_thing,
    require_size,
    require_type,
)
from services.applications.domain.errors import FileEmpty
from services.applications.store.attachment_files import AttachmentFiles, Stored
from shared.db.idempotency import IdempotencyKey
from shared.domain import DomainError
from shared.web import Slug

MAX_NAME = 120
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2066-\u2069<>:\"/\\|?*]+")
_KEY = r"^[\x21-\x7e]{8,100}$"


@dataclass(frozen=True, slots=True)
class Upload:
    """What came with the file: the client's key, which documentation it answers, and a name to show."""

    key: str
    documentation: str | None
    file_name: str | None

    def idempotency(self, request: Request, sha256: str) -> IdempotencyKey:
        """The client's key with the fingerprint of this very file."""
        place = f"{request.method} {request.url.path}?{self.documentation or ''}\n{sha256}"
        return IdempotencyKey(self.key, hashlib.sha256(place.encode()).digest())


async def upload(
    idempotency_key: Annotated[
        str,
        Header(
            pattern=_KEY, max_length=100, description="your own key for this file, 8 to 100 visible ASCII characters"
        ),
    ],
    documentation: Annotated[Slug | None, Query(description="which documentation of the form the file answers")] = None,
    content_disposition: Annotated[
        str | None, Header(max_length=500, description="attachment; filename*=UTF-8''…: a name to show")
    ] = None,
) -> Upload:
    """The headers of an upload."""
    return Upload(idempotency_key, documentation, _name_in(content_disposition))


async def take_in(
    files: AttachmentFiles,
    draft: Application,
    incoming: Upload,
    pieces: AsyncIterator[bytes],
    *,
    new: UUID,
    at: datetime,
) -> Attachment:
    """The attachment, its sealed file in place. Raises FileTooLarge, FileTypeRefused, FileIsMore or FileEmpty, and then leaves nothing."""
    stored = await files.write(draft.child_id, new, _within(pieces))
    try:
        media_type = _media_type(stored)
    except DomainError:
        await files.remove(new)
        raise
    return Attachment(
        id=new,
        application_id=draft.id,
        child_id=draft.child_id,
        uploaded_by=draft.applicant_id,
        uploaded_at=at,
        media_type=media_type,
        size=stored.size,
        sha256=stored.sha256,
        file_name=safe_name(incoming.file_name, media_type),
        documentation=incoming.documentation,
    )


def safe_name(name: str | None, media_type: str) -> str:
    """A name that is safe to save under, and that ends as its content does."""
    suffix = "." + SUFFIXES[media_type]
    plain = _UNSAFE.sub(" ", name or "").strip(" .")[:MAX_NAME].strip(" .") or "vedlegg"
    return plain if plain.lower().endswith(suffix) else plain + suffix


def disposition(file_name: str) -> str:
    """The Content-Disposition of a download; never shown inside a page."""
    return f"attachment; filename*=UTF-8''{quote(file_name, safe='')}"


def _name_in(content_disposition: str | None) -> str | None:
    if not content_disposition:
        return None
    header = Message()
    header["Content-Disposition"] = content_disposition
    return header.get_filename()


async def _within(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The pieces, stopped as soon as they are too many bytes."""
    size = 0
    async for piece in pieces:
        size += len(piece)
        require_size(size)
        yield piece


def _media_type(stored: Stored) -> str:
    if not stored.size:
        raise FileEmpty
    found = filetype.guess(stored.head)
    media_type = require_type(found.mime if found else None)
    require_one_thing(stored.head, stored.tail)
    return media_type
