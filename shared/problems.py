"""RFC 9457 problems: stable types, titles and details in the caller's language, never personal data."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from shared.domain import (
    DomainError,
    Erased,
    FieldFault,
    Forbidden,
    InvalidInput,
    NotFound,
    OutcomeUnknown,
    StaleVersion,
    Unavailable,
)
from shared.known_problems import (
    ERASED,
    FORBIDDEN,
    IDEMPOTENCY_BUSY,
    IDEMPOTENCY_MISMATCH,
    INTERNAL,
    INVALID_INPUT,
    MALFORMED,
    METHOD_NOT_ALLOWED,
    MISSING_PRECONDITION,
    NOT_FOUND,
    OUTCOME_UNKNOWN,
    STALE_VERSION,
    TOO_LARGE,
    UNAUTHENTICATED,
    UNAVAILABLE,
    Problem,
)
from shared.texts import Lang, Text

__all__ = [
    "BY_STATUS",
    "COMMON",
    "ERASED",
    "FORBIDDEN",
    "IDEMPOTENCY_BUSY",
    "IDEMPOTENCY_MISMATCH",
    "INTERNAL",
    "INVALID_INPUT",
    "MALFORMED",
    "MEDIA_TYPE",
    "METHOD_NOT_ALLOWED",
    "MISSING_PRECONDITION",
    "NOT_FOUND",
    "OUTCOME_UNKNOWN",
    "STALE_VERSION",
    "TOO_LARGE",
    "TYPE_PREFIX",
    "UNAUTHENTICATED",
    "UNAVAILABLE",
    "FieldProblem",
    "IdempotencyBusy",
    "IdempotencyMismatch",
    "Malformed",
    "MissingPrecondition",
    "Problem",
    "ProblemBody",
    "Unauthenticated",
    "find",
    "openapi_components",
    "render",
    "responses",
]

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:somlos:problem:"


class FieldProblem(BaseModel):
    """One field at fault."""

    field: str = Field(description="dotted path of the field in the request", max_length=300)
    code: str = Field(description="stable code of the fault", max_length=100)
    expected: str = Field(description="what would have been accepted, for developers", max_length=1000)
    detail: str = Field(description="what is wrong, for people", max_length=2000)
    got: str | None = Field(
        default=None,
        description="what came instead, where it can be said without repeating what somebody wrote",
        max_length=100,
    )


class ProblemBody(BaseModel):
    """application/problem+json as sent."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "urn:somlos:problem:not-found",
                "title": "Finnes ikke",
                "status": 404,
                "detail": "Det du spør etter, finnes ikke, eller du har ikke tilgang til det.",
                "instance": "urn:uuid:0197c0de-0000-7000-8000-000000000001",
            }
        }
    )

    type: str = Field(description="stable URI of the kind of problem", max_length=200)
    title: str = Field(description="short, the same each time", max_length=200)
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="what happened and what to do", max_length=2000)
    instance: str = Field(description="this occurrence; the same id stands in our log", max_length=200)
    errors: list[FieldProblem] | None = Field(default=None, description="which fields are at fault", max_length=1000)


class IdempotencyMismatch(DomainError):
    """The key came before with another request."""


class IdempotencyBusy(DomainError):
    """A request with the same key is under way."""


class MissingPrecondition(DomainError):
    """A change came without If-Match."""


class Malformed(InvalidInput):
    """A header, parameter or body that cannot be read; names the part."""


class Unauthenticated(DomainError):
    """No token, or one that is not valid here."""


COMMON: Mapping[type[DomainError], Problem] = {
    NotFound: NOT_FOUND,
    Forbidden: FORBIDDEN,
    InvalidInput: INVALID_INPUT,
    Malformed: MALFORMED,
    StaleVersion: STALE_VERSION,
    Unavailable: UNAVAILABLE,
    OutcomeUnknown: OUTCOME_UNKNOWN,
    Erased: ERASED,
    IdempotencyMismatch: IDEMPOTENCY_MISMATCH,
    IdempotencyBusy: IDEMPOTENCY_BUSY,
    MissingPrecondition: MISSING_PRECONDITION,
    Unauthenticated: UNAUTHENTICATED,
}
BY_STATUS: Mapping[int, Problem] = {
    400: MALFORMED,
    401: UNAUTHENTICATED,
    403: FORBIDDEN,
    404: NOT_FOUND,
    405: METHOD_NOT_ALLOWED,
    409: IDEMPOTENCY_BUSY,
    410: ERASED,
    412: STALE_VERSION,
    413: TOO_LARGE,
    422: INVALID_INPUT,
    428: MISSING_PRECONDITION,
    503: UNAVAILABLE,
}


def find(error: DomainError, known: Mapping[type[DomainError], Problem]) -> Problem | None:
    """The problem of the error's nearest class, the service's own before the common ones."""
    for cls in type(error).__mro__:
        problem = known.get(cls) or COMMON.get(cls)
        if problem:
            return problem
    return None


def render(
    problem: Problem,
    lang: Lang,
    *,
    instance: str,
    facts: Mapping[str, Any] | None = None,
    faults: tuple[FieldFault, ...] = (),
) -> Response:
    """The problem as a response in the caller's language."""
    body = ProblemBody(
        type=TYPE_PREFIX + problem.slug,
        title=problem.title.in_(lang),
        status=problem.status,
        detail=problem.detail.in_(lang).format_map(_Facts(facts or {})),
        instance=instance,
        errors=[
            FieldProblem(
                field=f.field[:300],
                code=f.code[:100],
                expected=f.expected[:1000],
                detail=(f.detail or _WRONG).in_(lang)[:2000],
                got=f.got[:100] if f.got else None,
            )
            for f in faults
        ]
        or None,
    )
    headers = {"Content-Language": lang.value, "Cache-Control": "no-store", **problem.headers}
    return Response(body.model_dump_json(exclude_none=True), problem.status, headers, MEDIA_TYPE)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI entries of the problems a route may answer with; `responses=responses(404, 412)`."""
    schema = {"$ref": "#/components/schemas/ProblemBody"}
    return {
        s: {"description": BY_STATUS[s].title.en or "", "content": {MEDIA_TYPE: {"schema": schema}}}
        for s in sorted(statuses)
    }


def openapi_components() -> dict[str, Any]:
    """The schemas that the entries of `responses` point at."""
    schema = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs", {}), "ProblemBody": schema}


_WRONG = Text(
    nb="Dette kan ikke brukes slik det står.",
    nn="Dette kan ikkje brukast slik det står.",
    en="This cannot be used as it is.",
)


class _Facts(dict[str, Any]):
    """An error's facts for a text; one that is not there shows as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"
