"""Reads that a client may keep: an ETag on the answer, and 304 without a body for whoever has that very answer already."""

import hashlib
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from fastapi import Header, Response
from pydantic import BaseModel

from shared.problems import responses
from shared.texts import Lang

IfNoneMatch = Annotated[
    str | None, Header(max_length=1000, description="the ETag of your last read; 304 when nothing has changed")
]
PRIVATE, PUBLIC = "private, no-cache", "public, no-cache"
_NOT_MODIFIED = 304
_ANY = "*"
_DIGITS = 16
_HEADER = {"ETag": {"description": "send it as `If-None-Match` next time", "schema": {"type": "string"}}}
_VERSIONED = {
    "ETag": {
        "description": "begins with the version; send it as `If-None-Match` next time, and as `If-Match` with a change",
        "schema": {"type": "string"},
    }
}


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as bytes, with its ETag."""

    body: bytes
    etag: str

    @classmethod
    def of(cls, view: BaseModel, *, version: int | None = None, exclude_none: bool = False) -> "Kept":
        """The view as it is sent. The ETag is of the content, since an answer also changes with the day, the language and
        what the caller may see; with a version that comes first, so that the same ETag serves as If-Match."""
        return cls._of(view.model_dump_json(by_alias=True, exclude_none=exclude_none).encode(), version)

    @classmethod
    def of_data(cls, data: Any) -> "Kept":
        """What is answered without a view of its own."""
        return cls._of(orjson.dumps(data), None)

    @classmethod
    def _of(cls, body: bytes, version: int | None) -> "Kept":
        digest = hashlib.sha256(body).hexdigest()[: 2 * _DIGITS if version is None else _DIGITS]
        return cls(body, f'"{digest}"' if version is None else f'"{version}.{digest}"')


def conditional(kept: Kept, lang: Lang, if_none_match: str | None, *, cache: str = PRIVATE) -> Response:
    """The answer, or 304. To be called when everything that a read does, the line in the access log too, is done."""
    headers = {"ETag": kept.etag, "Cache-Control": cache, "Vary": "Accept-Language", "Content-Language": lang.value}
    if is_known(kept.etag, if_none_match):
        return Response(status_code=_NOT_MODIFIED, headers=headers)
    return Response(kept.body, media_type="application/json", headers=headers)


def unkept(data: Any, lang: Lang) -> Response:
    """An answer that nobody may keep: data as it is, without an ETag."""
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Language", "Content-Language": lang.value}
    return Response(orjson.dumps(data), media_type="application/json", headers=headers)


def is_known(etag: str, if_none_match: str | None) -> bool:
    """Whether the client has it: compared weakly, as RFC 9110 § 13.1.2 says."""
    tags = {tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")}
    return etag in tags or _ANY in tags


def kept_responses(*statuses: int, versioned: bool = False) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI entries of a read with an ETag, and of the problems it may answer with."""
    headers = _VERSIONED if versioned else _HEADER
    not_modified = {"description": "Nothing has changed: no body, the same ETag", "headers": headers}
    return {200: {"headers": headers}, 304: not_modified, **responses(*statuses)}
