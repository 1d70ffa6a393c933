"""Reads the address of a request; refuses the tricks that make two readers see two addresses."""

import re
from urllib.parse import unquote_to_bytes

from gateway.edge.errors import BadPath, HeadersTooLarge, NationalIdInAddress

MAX_PATH_BYTES = 1024
MAX_QUERY_BYTES = 4096
_ENCODED_TRICK = re.compile(rb"%(2f|5c|00|25)", re.IGNORECASE)
_ODD_BYTE = re.compile(rb"[^\x21-\x7e]|[\\;]")
_ODD_QUERY_BYTE = re.compile(rb"[^\x21-\x7e]|%00")
_NATIONAL_ID = re.compile(r"\d{11}")
_NATIONAL_ID_IN_QUERY = re.compile(rb"(?:^|[=&,+])\d{11}(?:[&,+]|$)")


def segments(raw_path: bytes) -> list[str]:
    """The parts of a raw request path, decoded once. Raises BadPath or HeadersTooLarge."""
    if len(raw_path) > MAX_PATH_BYTES:
        raise HeadersTooLarge
    if _ENCODED_TRICK.search(raw_path):
        raise BadPath
    path = unquote_to_bytes(raw_path) if b"%" in raw_path else raw_path
    if not path.startswith(b"/") or b"//" in path or b"%" in path or _ODD_BYTE.search(path):
        raise BadPath
    parts = path[1:].decode("ascii").split("/")
    for part in parts:
        if part in {".", ".."}:
            raise BadPath
        if _NATIONAL_ID.fullmatch(part):
            raise NationalIdInAddress
    return parts


def checked_query(raw_query: bytes) -> bytes:
    """The query as it goes on to the service. Raises BadPath or HeadersTooLarge."""
    if len(raw_query) > MAX_QUERY_BYTES:
        raise HeadersTooLarge
    if _ODD_QUERY_BYTE.search(raw_query):
        raise BadPath
    if _NATIONAL_ID_IN_QUERY.search(raw_query):
        raise NationalIdInAddress
    return raw_query
