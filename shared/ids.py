"""Identifiers that sort by the time they were made."""

import hashlib
from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

_VERSION, _VARIANT = 7 << 76, 2 << 62
_TIME_BITS, _NO_MARKS = 48, (1 << 80) - 1 - (15 << 76) - (3 << 62)


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562)."""
    return uuid7()


def id_of(at: datetime, *what: object) -> UUID:
    """The UUIDv7 of something that happened then: its random part is a digest of `what`, so that told again it has the same id."""
    digest = hashlib.sha256("\0".join(map(str, (at.isoformat(), *what))).encode()).digest()
    milliseconds = int(at.timestamp() * 1000) & ((1 << _TIME_BITS) - 1)
    rest = int.from_bytes(digest[:10], "big") & _NO_MARKS
    return UUID(int=milliseconds << 80 | _VERSION | _VARIANT | rest)
