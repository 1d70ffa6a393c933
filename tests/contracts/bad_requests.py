"""Bad requests, made of a good one and what the OpenAPI says of the route: each with the statuses that it may be refused with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from tests.contracts.walk import Document, Operation
from tests.support.callers import citizen, machine, public, worker
from tests.support.good_requests import Asked

MARK = "zzqxj"
UNKNOWN_SLUG = f"no-such-{MARK}"
CALLERS = {"citizen": citizen(), "machine": machine("312480018"), "worker": worker("status"), "public": public()}
LET_IN = {"citizen": {"citizen"}, "machine": {"machine"}, "both": {"citizen", "machine"}}


@dataclass(frozen=True)
class Bad:
    """What is wrong with it, the request, and how it may be refused."""

    why: str
    asked: Asked
    statuses: frozenset[int]


def bad_requests(operation: Operation, good: Asked) -> Iterator[Bad]:
    """Every bad variant of the good request."""
    for make in (_callers, _values, _queries, _headers, _bodies):
        for why, asked, *statuses in make(operation, good):
            yield Bad(why, asked, frozenset(statuses))


def _callers(operation: Operation, good: Asked) -> Iterator[tuple[Any, ...]]:
    if operation.is_open:
        return
    yield "no token", replace(good, caller=None), 401
    for kind, caller in CALLERS.items():
        if kind not in LET_IN[operation.spec["x-access"]]:
            yield f"a {kind}", replace(good, caller=caller), 403


def _values(operation: Operation, good: Asked) -> Iterator[tuple[Any, ...]]:
    for name, parameter in operation.parameters("path").items():
        wrong = (
            ["not-an-id", str(uuid4())]
            if operation.resolve(parameter["schema"]).get("format") == "uuid"
            else [UNKNOWN_SLUG]
        )
        for value in wrong:
            yield f"{name} is {value}", replace(good, values={**good.values, name: value}), 404


def _queries(operation: Operation, good: Asked) -> Iterator[tuple[Any, ...]]:
    for name, parameter in operation.parameters("query").items():
        for value in _wrong_texts(operation.resolve(parameter["schema"])):
            yield f"{name}={value[:20]}", replace(good, params={**good.params, name: value}), 400, 422
        if name == "cursor":
            yield "a made-up cursor", replace(good, params={**good.params, name: MARK}), 400


def _wrong_texts(schema: Document) -> Iterator[str]:
    for each in schema.get("anyOf", (schema,)):
        if "maxLength" in each:
            yield MARK + "x" * each["maxLength"]
        if each.get("type") == "integer":
            yield from (str(each["minimum"] - 1), str(each["maximum"] + 1), MARK)
        if each.get("format") in {"uuid", "date", "date-time"} or "enum" in each:
            yield MARK


def _headers(operation: Operation, good: Asked) -> Iterator[tuple[Any, ...]]:
    declared = operation.parameters("header")
    if "if-match" in declared:
        yield "no If-Match", replace(good, headers=_without(good.headers, "if-match")), 428
        for value in ("3", 'W/"3"', "*"):
            yield f"If-Match: {value}", replace(good, headers=_with(good.headers, "If-Match", value)), 400
        yield "a stale If-Match", replace(good, headers=_with(good.headers, "If-Match", '"987654"')), 412
    if "idempotency-key" in declared:
        yield "no Idempotency-Key", replace(good, headers=_without(good.headers, "idempotency-key")), 400
        for value in ("short", "with space in it", "x" * 101):
            yield (
                f"Idempotency-Key: {value[:20]}",
                replace(good, headers=_with(good.headers, "Idempotency-Key", value)),
                400,
            )
    for name, parameter in declared.items():
        for each in operation.resolve(parameter["schema"]).get("anyOf", (parameter["schema"],)):
            if "maxLength" in each:
                yield (
                    f"a long {name}",
                    replace(good, headers=_with(good.headers, name, "x" * (each["maxLength"] + 1))),
                    400,
                )


def _with(headers: Mapping[str, str], name: str, value: str) -> dict[str, str]:
    return {**_without(headers, name), name: value}


def _without(headers: Mapping[str, str], name: str) -> dict[str, str]:
    return {each: value for each, value in headers.items() if each.lower() != name.lower()}


def _bodies(operation: Operation, good: Asked) -> Iterator[tuple[Any, ...]]:
    body = operation.body()
    if body is None:
        return
    if good.json is None:
        yield "an empty file", replace(good, content=b""), 400, 415, 422
        yield "a file of another kind", replace(good, content=f"<html>{MARK}</html>".encode()), 400, 415, 422
        return
    as_json = _with(good.headers, "Content-Type", "application/json")
    for content in (b"", b"{", b"\xff", f"{{'{MARK}': 1}}".encode()):
        yield f"a body of {content!r}", replace(good, json=None, content=content, headers=as_json), 400, 422
    yield (
        "a body of another type",
        replace(good, json=None, content=MARK.encode(), headers=_with(good.headers, "Content-Type", "text/plain")),
        400,
        415,
        422,
    )
    for why, wrong in _wrong(operation, body[1]["schema"], good.json, "body"):
        yield why, replace(good, json=wrong), 422


def _wrong(operation: Operation, schema: Document, value: Any, place: str) -> Iterator[tuple[str, Any]]:
    """The value, wrong in one place at a time."""
    schema = operation.resolve(schema)
    options = [operation.resolve(each) for each in schema.get("anyOf", schema.get("oneOf", ()))]
    kinds = {each.get("type") for each in options or [schema]}
    if None in kinds and "enum" not in schema:
        return  # anything is taken
    if "object" not in kinds:
        yield f"{place} is an object", {MARK: MARK}
    if not options:
        yield from _wrong_inside(operation, schema, value, place)


def _wrong_inside(operation: Operation, schema: Document, value: Any, place: str) -> Iterator[tuple[str, Any]]:
    match value:
        case dict():
            yield from _wrong_object(operation, schema, value, place)
        case list():
            yield f"{place} is too long", [value[0]] * (schema["maxItems"] + 1)
            for why, wrong in _wrong(operation, schema["items"], value[0], f"{place}.0"):
                yield why, [wrong, *value[1:]]
        case str() if {"enum", "format", "pattern"} & set(schema):
            yield f"{place} is none of those", MARK
        case str() if "maxLength" in schema:
            yield f"{place} is too long", MARK + "x" * schema["maxLength"]


def _wrong_object(
    operation: Operation, schema: Document, value: dict[str, Any], place: str
) -> Iterator[tuple[str, Any]]:
    if schema.get("additionalProperties") is False:
        yield f"{place} has a field more", {**value, "one_field_more": MARK}
    for name in schema.get("required", ()):
        yield f"{place} lacks {name}", {each: inner for each, inner in value.items() if each != name}
    for name, inner in value.items() if "properties" in schema else ():
        for why, wrong in _wrong(operation, schema["properties"][name], inner, f"{place}.{name}"):
            yield why, {**value, name: wrong}
