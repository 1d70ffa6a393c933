"""What each refusal at the door is in HTTP, in the caller's language."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from starlette.responses import Response

from gateway.edge.errors import (
    BadPath,
    BodyTooSlow,
    EncodedBody,
    HeadersTooLarge,
    MethodNotAllowed,
    MissingScope,
    NationalIdInAddress,
    NotJson,
    Refused,
    TooManyRequests,
    WrongKindOfCaller,
)
from shared.bodies import BodyTooLarge
from shared.domain import DomainError, InvalidInput, Unavailable
from shared.known_problems import HEADERS_TOO_LARGE, TOO_SLOW
from shared.problems import (
    FORBIDDEN,
    INTERNAL,
    MALFORMED,
    METHOD_NOT_ALLOWED,
    TOO_LARGE,
    UNAUTHENTICATED,
    Problem,
    find,
    render,
)
from shared.texts import Lang, Text

NATIONAL_ID_IN_ADDRESS = Problem(
    "national-id-in-address",
    400,
    Text(nb="Fødselsnummer i adressen", nn="Fødselsnummer i adressa", en="National identity number in the address"),
    Text(
        nb="Et fødselsnummer skal aldri stå i en nettadresse. Forespørselen er ikke behandlet.",
        nn="Eit fødselsnummer skal aldri stå i ei nettadresse. Førespurnaden er ikkje behandla.",
        en="A national identity number must never stand in an address. The request was not handled.",
    ),
)
MISSING_SCOPE = Problem(
    "missing-scope",
    403,
    Text(nb="Tilgangen mangler", nn="Tilgangen manglar", en="The scope is missing"),
    Text(
        nb="Maskinporten-tokenet mangler scopet {scope}.",
        nn="Maskinporten-tokenet manglar scopet {scope}.",
        en="The Maskinporten token lacks the scope {scope}.",
    ),
)
TOO_MANY_REQUESTS = Problem(
    "too-many-requests",
    429,
    Text(nb="For mange forespørsler", nn="For mange førespurnader", en="Too many requests"),
    Text(
        nb="Du har sendt for mange forespørsler på kort tid. Vent {retry_after_seconds} sekunder og prøv igjen.",
        nn="Du har sendt for mange førespurnader på kort tid. Vent {retry_after_seconds} sekund og prøv igjen.",
        en="You have sent too many requests in a short time. Wait {retry_after_seconds} seconds and retry.",
    ),
)
NOT_JSON = Problem(
    "unsupported-media-type",
    415,
    Text(nb="Innholdet må være JSON", nn="Innhaldet må vere JSON", en="The content must be JSON"),
    Text(
        nb="Send innholdet som JSON, med Content-Type: application/json. Ingenting er lagret.",
        nn="Send innhaldet som JSON, med Content-Type: application/json. Ingenting er lagra.",
        en="Send the content as JSON, with Content-Type: application/json. Nothing was stored.",
    ),
)
ENCODED = Problem(
    "unsupported-content-encoding",
    415,
    Text(nb="Innholdet er komprimert", nn="Innhaldet er komprimert", en="The content is compressed"),
    Text(
        nb="Send innholdet uten Content-Encoding. Ingenting er lagret.",
        nn="Send innhaldet utan Content-Encoding. Ingenting er lagra.",
        en="Send the content without Content-Encoding. Nothing was stored.",
    ),
)
PROBLEMS: Mapping[type[DomainError], Problem] = {
    Refused: UNAUTHENTICATED,
    MissingScope: MISSING_SCOPE,
    WrongKindOfCaller: FORBIDDEN,
    BadPath: MALFORMED,
    NationalIdInAddress: NATIONAL_ID_IN_ADDRESS,
    MethodNotAllowed: METHOD_NOT_ALLOWED,
    TooManyRequests: TOO_MANY_REQUESTS,
    HeadersTooLarge: HEADERS_TOO_LARGE,
    NotJson: NOT_JSON,
    EncodedBody: ENCODED,
    BodyTooLarge: TOO_LARGE,
    BodyTooSlow: TOO_SLOW,
}


def answer(error: Exception, lang: Lang, request_id: UUID) -> Response:
    """The problem of a refusal; anything that isn't a refusal is our fault."""
    problem = (find(error, PROBLEMS) if isinstance(error, DomainError) else None) or INTERNAL
    faults = error.faults if isinstance(error, InvalidInput) else ()
    response = render(problem, lang, instance=request_id.urn, facts=_facts(error), faults=faults)
    response.headers.update(_headers(error))
    return response


def _facts(error: Exception) -> Mapping[str, Any]:
    return {key: value for key, value in vars(error).items() if isinstance(value, str | int)}


def _headers(error: Exception) -> dict[str, str]:
    match error:
        case Refused():
            return {"WWW-Authenticate": f'Bearer error="invalid_token", error_description="{error.reason}"'}
        case MissingScope():
            return {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{error.scope}"'}
        case MethodNotAllowed():
            return {"Allow": ", ".join(error.allowed)}
        case NotJson():
            return {"Accept": "application/json"}
        case EncodedBody():
            return {"Accept-Encoding": "identity"}
        case TooManyRequests() | Unavailable():
            return {"Retry-After": str(error.retry_after_seconds)}
        case _:
            return {}
