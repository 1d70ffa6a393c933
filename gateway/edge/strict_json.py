"""Reads a JSON body the one way that every reader agrees on, and refuses what two readers would read as two things (RFC 7493, I-JSON)."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from shared.domain import FieldFault
from shared.problems import Malformed

MAX_DEPTH = 32
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Odd:
    """Stands in the tree where something was read that readers disagree on; `name`: of the field, where it is one."""

    code: str
    expected: str
    name: str | None = None


_TOO_DEEP = _Odd("too-deep", f"at most {MAX_DEPTH} levels")
_NO_NUMBER = _Odd("not-a-number", "a finite number: JSON has no NaN and no Infinity")
_ZERO = _Odd("zero-character", "a text without U+0000: no database of ours can hold it")
_HALF = _Odd("lone-surrogate", "whole characters: half of a UTF-16 pair stands alone")


def check(body: bytes) -> None:
    """Raises Malformed naming the place of a name that stands twice, a number that is none, half a character,
    a zero character, too many levels or broken JSON."""
    found: list[_Odd] = []
    try:
        text = body.decode()
        value = _reader(found).decode(text)
    except RecursionError:
        _refuse("body", _TOO_DEEP)
    except ValueError as fault:  # also text that is not UTF-8, and an integer of thousands of digits
        raise Malformed(FieldFault("body", "json-invalid", "one JSON value in UTF-8")) from fault
    if found or "\\u" in text or text.count("[") + text.count("{") > MAX_DEPTH:
        for place, odd in _odd(value, "", 1):
            _refuse(place or "body", odd)


def _refuse(place: str, odd: _Odd) -> NoReturn:
    raise Malformed(FieldFault(place, odd.code, odd.expected))


def _reader(found: list[_Odd]) -> json.JSONDecoder:
    """Leaves what is odd in the tree, so that its place can be told, and in `found`."""

    def keep(odd: _Odd) -> _Odd:
        found.append(odd)
        return odd

    def number(text: str) -> float | _Odd:
        value = float(text)
        return value if math.isfinite(value) else keep(_NO_NUMBER)

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Odd:
        read = dict(pairs)
        if len(read) == len(pairs):
            return read
        names = [name for name, _ in pairs]
        twice = next(name for name in read if names.count(name) > 1)
        return keep(_Odd("name-twice", "each name once in an object", twice))

    return json.JSONDecoder(object_pairs_hook=members, parse_float=number, parse_constant=lambda _: keep(_NO_NUMBER))


def _odd(value: Any, place: str, depth: int) -> Iterator[tuple[str, _Odd]]:
    """What is odd, in the order of the text, with its dotted place."""
    match value:
        case _Odd():
            yield ".".join(part for part in (place, value.name) if part), value
        case str():
            if _LONE_SURROGATE.search(value):
                yield place, _HALF
            if "\x00" in value:
                yield place, _ZERO
        case dict() | list() if depth > MAX_DEPTH:
            yield place, _TOO_DEEP
        case dict() | list():
            for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
                yield from _odd(name, place, depth)
                yield from _odd(inner, f"{place}.{name}" if place else str(name), depth + 1)
