"""What every endpoint shares: cursors, ETags, idempotency keys, the caller's language."""

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Header, Query, Request, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from shared.db.idempotency import IdempotencyKey as Key
from shared.db.transaction import Database
from shared.domain import FieldFault, StaleVersion
from shared.problems import Malformed, MissingPrecondition
from shared.texts import Lang, parse_language

T = TypeVar("T")
_ETAG = re.compile(r'"([1-9]\d{0,17})(\.[0-9a-f]{16})?"')  # a version, and after a read the digest of what was read
_KEY = re.compile(r"[\x21-\x7e]{8,100}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Embeddings, overrides and isolates. The marks of direction (U+200E, U+200F, U+061C) stay: names in Arabic and Hebrew need them.
_REORDERS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters and signs that show nothing
MAX_PAGE = 100
MAX_CURSOR = 500


class Page(BaseModel, Generic[T]):
    """One page of a list; `next` is the cursor of the next page, null on the last."""

    model_config = ConfigDict(frozen=True)

    items: list[T] = Field(max_length=MAX_PAGE)
    next: str | None = Field(default=None, description="send as `cursor` to get the next page", max_length=MAX_CURSOR)


PageLimit = Annotated[int, Query(alias="limit", ge=1, le=MAX_PAGE, description="how many items a page holds")]


def encode_cursor(*place: str | int) -> str:
    """An opaque cursor for the place after which the next page begins."""
    return base64.urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).rstrip(b"=").decode()


def decode_cursor(cursor: str, *types: Callable[[Any], Any]) -> tuple[Any, ...]:
    """The place, checked against the types it must hold. Raises Malformed naming `cursor`."""
    try:
        place = json.loads(
            base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        )
        if not isinstance(place, list) or len(place) != len(types):
            raise ValueError("wrong length")
        return tuple(
            convert(part) if _is_storable(part) else _refuse() for convert, part in zip(types, place, strict=True)
        )
    except (
        ValueError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as fault:  # UUID(1) is an AttributeError
        raise Malformed(FieldFault("cursor", "invalid-cursor", "the `next` of an earlier page, unchanged")) from fault


def moment(text: str) -> datetime:
    """A moment in a cursor, in UTC. Raises ValueError."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a moment without its zone")
    return at.astimezone(UTC)


def _is_storable(part: object) -> bool:
    """Whether PostgreSQL can compare with it: a text without a zero character, an integer of eight bytes."""
    match part:
        case str():
            return "\x00" not in part
        case int():
            return not isinstance(part, bool) and -(2**63) <= part < 2**63
        case _:
            return False


def _refuse() -> Any:
    raise ValueError("not a scalar")


async def _cursor(
    cursor: Annotated[str | None, Query(max_length=MAX_CURSOR, description="the `next` of the page before")] = None,
) -> str | None:
    return cursor


Cursor = Annotated[str | None, Depends(_cursor)]


def etag(version: int) -> str:
    """The strong ETag of a version."""
    return f'"{version}"'


def set_etag(response: Response, version: int) -> None:
    """Puts the version's ETag on the response."""
    response.headers["ETag"] = etag(version)


def check_match(expected: int, actual: int) -> None:
    """Raises StaleVersion when the caller's version is not the current one."""
    if expected != actual:
        raise StaleVersion(expected, actual)


async def _if_match(
    if_match: Annotated[
        str | None, Header(max_length=100, description='the ETag of your last read, or its `version` in quotes: "3"')
    ] = None,
) -> int:
    if if_match is None:
        raise MissingPrecondition
    found = _ETAG.fullmatch(if_match)
    if not found:
        raise Malformed(
            FieldFault("If-Match", "invalid-etag", 'one strong ETag as we sent it, or the version in quotes: "3"')
        )
    return int(found[1])


IfMatch = Annotated[int, Depends(_if_match)]


async def _idempotency_key(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            max_length=200,
            description="your own key for this request, 8 to 100 visible ASCII characters; the same key never creates twice",
        ),
    ] = None,
) -> Key:
    if idempotency_key is None or not _KEY.fullmatch(idempotency_key):
        raise Malformed(
            FieldFault(
                "Idempotency-Key",
                "missing-or-invalid-key",
                "a header of 8 to 100 visible ASCII characters, fresh for each new request",
            )
        )
    print_ = hashlib.sha256(f"{request.method} {request.url.path}\n".encode() + await request.body())
    return Key(idempotency_key, print_.digest())


IdempotencyKey = Annotated[Key, Depends(_idempotency_key)]


async def _language(
    accept_language: Annotated[str | None, Header(max_length=200, description="nb, nn or en")] = None,
) -> Lang:
    return parse_language(accept_language)


Language = Annotated[Lang, Depends(_language)]


async def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


Db = Annotated[Database, Depends(_database)]


def printable(value: str) -> str:
    """The text as it came. Raises ValueError for control characters, for those that make a text read as another one, and for nothing to see."""
    if _CONTROL.search(value):
        raise ValueError("control characters are not accepted")
    if _REORDERS.search(value):
        raise ValueError("characters that turn the order of others around are not accepted")
    if value and all(_is_unseen(character) for character in value):
        raise ValueError("a text that can be seen")
    return value


def _is_unseen(character: str) -> bool:
    return character in _BLANK or unicodedata.category(character) in {"Cf", "Zl", "Zp", "Zs", "Cc"}


FreeText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000), AfterValidator(printable)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,99}$")]


def acts(action: str) -> dict[str, Any]:
    """For `openapi_extra=`: the action that a caller's token must carry, as the gateway's route table names it."""
    return {"x-action": action}
