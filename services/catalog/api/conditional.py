"""Answers that anyone may keep: a strong ETag from the content, and 304 for whoever has it already."""

import hashlib
from dataclasses import dataclass
from typing import Annotated

from fastapi import Header, Response
from pydantic import BaseModel

from shared.texts import Lang

IfNoneMatch = Annotated[
    str | None, Header(max_length=1000, description="the ETag of your last read; 304 when nothing has changed")
]
_NOT_MODIFIED = 304
_ANY = "*"


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as bytes, with its ETag."""

    body: bytes
    etag: str

    @classmethod
    def of(cls, view: BaseModel) -> "Kept":
        """The view as it is sent."""
        body = view.model_dump_json().encode()
        return cls(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def conditional(kept: Kept, lang: Lang, if_none_match: str | None) -> Response:
    """The answer, or 304. It is the same for everyone and changes with the day (in Oslo) and the data, so it is asked for again each time."""
    headers = {
        "ETag": kept.etag,
        "Cache-Control": "public, no-cache",
        "Vary": "Accept-Language",
        "Content-Language": lang.value,
    }
    tags = {tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")}
    if kept.etag in tags or _ANY in tags:
        return Response(status_code=_NOT_MODIFIED, headers=headers)
    return Response(kept.body, media_type="application/json", headers=headers)
