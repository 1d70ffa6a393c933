"""One OpenAPI document of all services, made of theirs; it shows the routes of the table and nothing else."""

from collections.abc import Iterable, Mapping
from typing import Any

from gateway.edge.routes import SELF, Access, Route
from shared.problems import MEDIA_TYPE, openapi_components

Document = dict[str, Any]
SERVICES: Mapping[str, str] = {
    "mapping": "The family's own story: children, profile, grants and who has read what.",
    "rights": "What a child and its guardians may have a right to, why, and what is missing to know.",
    "catalog": "Every service and benefit, in plain words, with its source.",
    "applications": "Applications filled in with what is already known; attachments; submission.",
    "status": "What happens in every case, over all agencies.",
    SELF: "What the gateway itself answers.",
}
_ABOUT = """Sømløs lets a family tell its story once. This is everything that can be reached from outside.

**People** log in with ID-porten (level high) and send the access token as a bearer token. **Organisations** get a token from Maskinporten with
the scope that the operation names; they know each person by their own pseudonym, and see a child only while a grant or a case lets them.

Not yours and not there give the same 404. Every refusal is `application/problem+json` (RFC 9457) with a stable `type`, in the language of
`Accept-Language` (nb, nn, en). Changes need `If-Match` with the `ETag` you read; creations need an `Idempotency-Key`.
Send a read's `ETag` as `If-None-Match` next time: 304 without a body when nothing has changed. `HEAD` answers as `GET`, without the body."""
_COMMON = frozenset(openapi_components())  # problems look the same in every service
_DOOR: Mapping[str, str] = {
    "400": "The address or a header cannot be accepted.",
    "401": "The token is missing or not accepted; `WWW-Authenticate` says why.",
    "403": "This kind of login, or its scopes, cannot be used here.",
    "404": "It does not exist, or it is not yours: the same answer.",
    "408": "The body did not come in time.",
    "413": "The body is larger than this operation accepts.",
    "415": "The body must be `application/json`, or the file itself, and without `Content-Encoding`.",
    "429": "Too many requests; `Retry-After` says how long to wait.",
    "431": "The address, the query or the headers are too long.",
    "503": "A part is away; nothing was changed. `Retry-After` says when to try again.",
}


def join(
    documents: Mapping[str, Document | None],
    routes: Iterable[Route],
    *,
    public_url: str,
    idporten_discovery: str,
    maskinporten_token: str,
) -> Document:
    """The joined document. `documents`: each service's own, None where it is away. Names in components get the service's name before them."""
    away = sorted(name for name, document in documents.items() if document is None)
    joined: Document = {
        "openapi": "3.1.0",
        "info": {"title": "Sømløs", "version": "1", "description": _ABOUT + _missing(away)},
        "servers": [{"url": public_url}],
        "tags": [{"name": name, "description": SERVICES.get(name, "")} for name in documents],
        "paths": {},
        "components": {
            "schemas": openapi_components(),
            "responses": _responses(),
            "securitySchemes": _schemes(idporten_discovery, maskinporten_token, routes),
        },
    }
    if away:
        joined["x-unavailable"] = away
    undescribed = [
        f"{route.method} {route.template}" for route in routes if not _add(joined, route, documents.get(route.service))
    ]
    if undescribed:
        joined["x-undescribed"] = undescribed
    for name, document in documents.items():
        _add_components(joined, name, document or {})
    return joined


def _add(joined: Document, route: Route, document: Document | None) -> bool:
    """Adds the route's operation; False when its service is up and does not describe it."""
    if document is None or (route.service == SELF and route.access is Access.PUBLIC):
        return True
    operation = document.get("paths", {}).get(route.template, {}).get(route.method.lower())
    if operation is None:
        return False
    operation = _renamed(operation, route.service)
    operation |= {
        "tags": [route.service],
        "security": _security(route),
        "operationId": f"{route.service}.{operation.get('operationId', route.method)}",
    }
    operation["responses"] = _door_responses(route) | operation.get("responses", {})
    operation["x-body-limit"], operation["x-timeout-seconds"] = route.body_limit, route.timeout_seconds
    if route.purpose and route.access is not Access.CITIZEN:
        operation["x-purpose"] = route.purpose
    shared = document["paths"][route.template].get("parameters")
    if shared:
        operation["parameters"] = [*_renamed(shared, route.service), *operation.get("parameters", [])]
    joined["paths"].setdefault(route.template, {})[route.method.lower()] = operation
    return True


def _add_components(joined: Document, service: str, document: Document) -> None:
    for kind, entries in document.get("components", {}).items():
        if kind == "securitySchemes":
            continue
        for name, entry in entries.items():
            if name in _COMMON:
                continue
            joined["components"].setdefault(kind, {})[f"{service}.{name}"] = _renamed(entry, service)


def _renamed(part: Any, service: str) -> Any:
    """A copy in which every reference points at the service's own components in the joined document."""
    if isinstance(part, dict):
        return {
            key: _reference(value, service) if key == "$ref" else _renamed(value, service)
            for key, value in part.items()
        }
    if isinstance(part, list):
        return [_renamed(each, service) for each in part]
    return _reference(part, service) if isinstance(part, str) and part.startswith("#/components/") else part


def _reference(value: Any, service: str) -> Any:
    if not isinstance(value, str) or not value.startswith("#/components/"):
        return value
    place, _, name = value.rpartition("/")
    return value if name in _COMMON else f"{place}/{service}.{name}"


def _security(route: Route) -> list[dict[str, list[str]]]:
    citizen: dict[str, list[str]] = {"idporten": []}
    machine: dict[str, list[str]] = {"maskinporten": [route.scope] if route.scope else []}
    match route.access:
        case Access.PUBLIC:
            return []
        case Access.CITIZEN:
            return [citizen]
        case Access.MACHINE:
            return [machine]
        case Access.BOTH:
            return [citizen, machine]


def _schemes(idporten_discovery: str, maskinporten_token: str, routes: Iterable[Route]) -> Document:
    scopes = {route.scope: f"purpose: {route.purpose}" for route in routes if route.scope}
    return {
        "idporten": {
            "type": "openIdConnect",
            "openIdConnectUrl": idporten_discovery,
            "description": "A person's access token from ID-porten, level high.",
        },
        "maskinporten": {
            "type": "oauth2",
            "description": "An organisation's access token from Maskinporten (JWT grant, RFC 7523).",
            "flows": {"clientCredentials": {"tokenUrl": maskinporten_token, "scopes": dict(sorted(scopes.items()))}},
        },
    }


def _responses() -> Document:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemBody"}}}
    return {f"Door{status}": {"description": text, "content": content} for status, text in _DOOR.items()}


def _door_responses(route: Route) -> Document:
    """What the door itself may answer on this route."""
    statuses = {"400", "429", "431", "503"}
    if route.access is not Access.PUBLIC:
        statuses |= {"401", "403", "404"}
    if route.body_limit:
        statuses |= {"408", "413", "415"}
    return {status: {"$ref": f"#/components/responses/Door{status}"} for status in sorted(statuses)}


def _missing(away: list[str]) -> str:
    if not away:
        return ""
    return f"\n\n**Right now {' and '.join(away)} did not answer, so that part is missing here.**"
