"""Answers that a client may keep: a strong ETag from the content, and 304 when the client has it already."""

import hashlib
from typing import Annotated

from fastapi import Header, Response
from pydantic import BaseModel

from shared.texts import Lang

IfNoneMatch = Annotated[
    str | None, Header(max_length=1000, description="the ETag of your last read; 304 when nothing has changed")
]
_NOT_MODIFIED = 304


def conditional(view: BaseModel, lang: Lang, if_none_match: str | None) -> Response:
    """The view with its ETag, or 304. It is the caller's own: no shared cache may keep it."""
    body = view.model_dump_json().encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        "Vary": "Accept-Language",
        "Content-Language": lang.value,
    }
    if etag in _tags(if_none_match):
        return Response(status_code=_NOT_MODIFIED, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _tags(if_none_match: str | None) -> set[str]:
    """The tags of the header, compared weakly as RFC 9110 says for If-None-Match."""
    return {tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")}
