"""What every route must say in the OpenAPI. Each rule takes one operation and returns what is wrong with it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from gateway.edge.routes import ROUTES
from tests.contracts.services import documents

Document = Mapping[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")
MAX_PAGE = 100
SIZED_FORMATS = {"uuid", "date", "date-time", "binary", "time"}
MOST, LEAST = {"maximum", "exclusiveMaximum"}, {"minimum", "exclusiveMinimum"}
PROBLEM = "application/problem+json"
TABLE = {(route.method, route.template): route for route in ROUTES}
# A change without If-Match, with the reason.
WITHOUT_VERSION = {
    "POST /mapping/v1/grants/{grant_id}/withdrawal": "withdrawing is the same whatever the version, and nobody should have to read first",
}
# A POST that makes nothing and answers 200, with the reason. It is open to all and says so itself (`x-only-asks`).
ONLY_ASKS = {"POST /rights/v1/evaluations": "a question: nothing is stored, so nothing can be made twice"}
# A list without a cursor, with the reason.
UNPAGED: dict[str, str] = {
    "GET /mapping/v1/children": "a person's own children",
    "GET /mapping/v1/facts": "the whole vocabulary, one file with one ETag",
    "GET /rights/v1/facts": "the whole vocabulary, one file with one ETag",
    "GET /applications/v1/forms": "the forms that the service ships",
    "GET /applications/v1/applications/{application_id}/attachments": "an application holds a bounded number of them",
}


@dataclass(frozen=True)
class Operation:
    """One method of one address of one service."""

    service: str
    method: str
    path: str
    spec: Document
    components: Document

    @property
    def name(self) -> str:
        """`GET /path`."""
        return f"{self.method} {self.path}"

    @property
    def is_internal(self) -> bool:
        """Never routed from outside."""
        return self.path.startswith("/internal/")

    @property
    def is_open(self) -> bool:
        """For everyone."""
        return bool(self.spec.get("x-access") == "public")

    @property
    def answers(self) -> Mapping[str, Document]:
        """The responses."""
        found: Mapping[str, Document] = self.spec["responses"]
        return found

    def parameters(self, place: str) -> dict[str, Document]:
        """Its parameters there, by lower-case name."""
        return {each["name"].lower(): each for each in self.spec.get("parameters", ()) if each["in"] == place}

    def resolve(self, schema: Document) -> Document:
        """What a reference leads to."""
        while "$ref" in schema:
            schema = self.components[schema["$ref"].rpartition("/")[2]]
        return schema

    def body(self) -> tuple[str, Document] | None:
        """(media type, media object) of the request's body."""
        content = self.spec.get("requestBody", {}).get("content", {})
        return next(iter(content.items()), None)

    def tagged(self, status: str) -> bool:
        """Whether that answer has an ETag."""
        return "ETag" in self.answers.get(status, {}).get("headers", {})

    def success(self) -> tuple[str, Document] | None:
        """(status, JSON media object) of the good answer."""
        for status, answer in self.answers.items():
            media = answer.get("content", {}).get("application/json")
            if status.startswith("2") and media:
                return status, media
        return None


Rule = Callable[[Operation], list[str]]


def operations() -> Iterator[Operation]:
    """Every operation of every service."""
    for service, document in documents().items():
        yield from operations_of(service, document)


def operations_of(service: str, document: Document) -> Iterator[Operation]:
    """Every operation of one document."""
    components = document.get("components", {}).get("schemas", {})
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                yield Operation(service, method.upper(), path, methods[method], components)


def access(operation: Operation) -> list[str]:
    """x-access is the table's; a route that is not in the table is internal."""
    said = operation.spec.get("x-access")
    route = TABLE.get((operation.method, operation.path))
    if operation.is_internal:
        return [] if said == "internal" and route is None else [f"x-access {said}, routed: {route is not None}"]
    if route is None:
        return ["not in the gateway's table"]
    return [] if said == route.access.value else [f"x-access {said}, the table says {route.access.value}"]


def described(operation: Operation) -> list[str]:
    """A summary and a sentence."""
    return [f"no {key}" for key in ("summary", "description") if not operation.spec.get(key)]


def problems(operation: Operation) -> list[str]:
    """Every problem that can come is documented, as problem+json."""
    wanted = set() if operation.is_open else {"401"} if operation.is_internal else {"401", "403"}
    if operation.parameters("path"):
        wanted |= {"404"}
    if operation.body():
        wanted |= {"422"}
    if "if-match" in operation.parameters("header"):
        wanted |= {"400", "412", "428"}
    if "idempotency-key" in operation.parameters("header"):
        wanted |= {"400", "409"}
    if operation.parameters("query"):
        wanted |= {"400"}
    missing = [f"{status} is not documented" for status in sorted(wanted - set(operation.answers))]
    if operation.is_open:
        missing += [f"{status} on a route for everyone" for status in ("401", "403") if status in operation.answers]
    shaped = [
        f"{status} is not {PROBLEM}"
        for status, answer in operation.answers.items()
        if int(status) >= 400 and list(answer.get("content", {})) != [PROBLEM]
    ]
    return missing + shaped


def paging(operation: Operation) -> list[str]:
    """A list has items and next, and takes limit (bounded) and cursor."""
    success = operation.success()
    if operation.method != "GET" or success is None or operation.name in UNPAGED:
        return []
    schema = operation.resolve(success[1]["schema"])
    if schema.get("type") == "array":
        return ["answers a bare list"]
    properties = schema.get("properties", {})
    if "items" not in properties:
        return []
    query = operation.parameters("query")
    found = [f"a list without {name}" for name in ("limit", "cursor") if name not in query]
    found += [] if "next" in properties else ["a list without next"]
    most = query.get("limit", {}).get("schema", {}).get("maximum", MAX_PAGE + 1)
    return found + ([] if most <= MAX_PAGE else [f"limit is bounded by {most}"])


def versions(operation: Operation) -> list[str]:
    """A change takes If-Match; a creation an Idempotency-Key."""
    headers = operation.parameters("header")
    if operation.name in ONLY_ASKS:
        return [f"a question that takes {name}" for name in sorted({"if-match", "idempotency-key"} & set(headers))]
    if operation.is_internal or operation.method == "GET" or operation.name in WITHOUT_VERSION:
        return []
    if operation.method == "POST" and not {"if-match", "idempotency-key"} & set(headers):
        return ["a POST without Idempotency-Key or If-Match"]
    if operation.method != "POST" and "if-match" not in headers:
        return ["a change without If-Match"]
    return []


def conditional(operation: Operation) -> list[str]:
    """A read with an ETag takes If-None-Match and has 304, with the ETag and without a body; no other route has."""
    tagged = operation.tagged("200") and operation.method == "GET"
    asked, unchanged = "if-none-match" in operation.parameters("header"), operation.answers.get("304")
    if not tagged:
        return ["304 or If-None-Match without an ETag"] if asked or unchanged else []
    found = [] if asked else ["an ETag, and no If-None-Match"]
    if unchanged is None:
        return [*found, "an ETag, and no 304"]
    return found + (
        [] if operation.tagged("304") and "content" not in unchanged else ["304 with a body or without ETag"]
    )


def steps(operation: Operation) -> list[str]:
    """Whatever is posted from outside makes something, a step too, and answers 201; what only asks answers 200 and is open to all."""
    good = {status for status in operation.answers if status.startswith("2")}
    asks = operation.spec.get("x-only-asks", False)
    if asks is not (operation.name in ONLY_ASKS):
        return [f"x-only-asks {asks}"]
    if asks:
        return [] if operation.is_open and good == {"200"} else [f"a question that answers {', '.join(sorted(good))}"]
    if operation.method != "POST" or operation.is_internal or good == {"201"}:
        return []
    return [f"a POST that answers {', '.join(sorted(good))}"]


def sizes(operation: Operation) -> list[str]:
    """Every string, list, number and open object that comes in is bounded."""
    found = [
        fault
        for place in ("path", "query", "header")
        for name, parameter in operation.parameters(place).items()
        for fault in _unbounded(operation, parameter["schema"], name, ())
    ]
    body = operation.body()
    return found + (list(_unbounded(operation, body[1]["schema"], "body", ())) if body else [])


def _unbounded(operation: Operation, schema: Document, place: str, seen: tuple[str, ...]) -> Iterator[str]:
    reference = schema.get("$ref", "")
    if reference in seen:
        return
    seen, schema = (*seen, reference) if reference else seen, operation.resolve(schema)
    if "enum" in schema or "const" in schema:
        return
    for each in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from _unbounded(operation, each, place, seen)
    yield from _unbounded_kind(operation, schema, place, seen)


def _unbounded_kind(operation: Operation, schema: Document, place: str, seen: tuple[str, ...]) -> Iterator[str]:
    match schema.get("type"):
        case "string" if not {"maxLength", "pattern"} & set(schema) and schema.get("format") not in SIZED_FORMATS:
            yield f"{place}: a string without maxLength"
        case "array":
            yield from [] if "maxItems" in schema else [f"{place}: a list without maxItems"]
            yield from _unbounded(operation, schema.get("items", {}), f"{place}[]", seen)
        case "object":
            for name, each in schema.get("properties", {}).items():
                yield from _unbounded(operation, each, f"{place}.{name}", seen)
            yield from _open_object(operation, schema, place, seen)
        case "integer" | "number" if not (set(schema) & MOST and set(schema) & LEAST):
            yield f"{place}: a number without bounds"


def _open_object(operation: Operation, schema: Document, place: str, seen: tuple[str, ...]) -> Iterator[str]:
    more = schema.get("additionalProperties", not schema.get("properties"))
    if more is False:
        return
    if not isinstance(more, Mapping) or "maxProperties" not in schema:
        yield f"{place}: an object that takes any field"
    else:
        yield from _unbounded(operation, more, f"{place}.*", seen)


def examples(operation: Operation) -> list[str]:
    """The body and the good answer have an example, and it fits; an answer's may be abridged."""
    found = []
    for what, media in (("body", operation.body()), ("answer", operation.success())):
        if media is None or operation.is_internal or (what == "body" and not media[0].endswith("json")):
            continue
        given = _examples_of(operation, media[1])
        found += [] if given else [f"no example of the {what}"]
        found += [
            f"the {what}'s example does not fit: {fault}"
            for each in given
            for fault in _misfits(operation, media[1]["schema"], each)
            if what == "body" or not fault.endswith("is a required property")
        ]
    return found


def _examples_of(operation: Operation, media: Document) -> list[Any]:
    schema = operation.resolve(media["schema"])
    named = [each["value"] for each in media.get("examples", {}).values()]
    given = [part["example"] for part in (media, schema, media["schema"]) if "example" in part]
    found = named + given + list(schema.get("examples", ()))
    return found or _examples_of_page(operation, schema)


def _examples_of_page(operation: Operation, schema: Document) -> list[Any]:
    """A page with the example of its items."""
    item = schema.get("properties", {}).get("items", {}).get("items", {})
    given = _examples_of(operation, {"schema": item}) if item else []
    return [{"items": given, "next": None}] if given and "next" in schema["properties"] else []


def _misfits(operation: Operation, schema: Document, example: Any) -> list[str]:
    whole = {**schema, "components": {"schemas": operation.components}}
    validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    return [
        f"{'.'.join(map(str, fault.instance_path))}: {fault.message}"[:200] for fault in validator.iter_errors(example)
    ]


RULES: tuple[Rule, ...] = (access, described, problems, paging, versions, conditional, steps, sizes, examples)
