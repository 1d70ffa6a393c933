"""What each refusal at the door is in HTTP, in the caller's language."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from starlette.responses import Response

from gateway.edge.errors import (
    BadPath,
    BodyTooLarge,
    BodyTooSlow,
    HeadersTooLarge,
    MethodNotAllowed,
    MissingScope,
    NationalIdInAddress,
    NotJson,
    Refused,
    TooManyRequests,
    WrongKindOfCaller,
)
from shared.domain import DomainError, Unavailable
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
HEADERS_TOO_LARGE = Problem(
    "headers-too-large",
    431,
    Text(nb="For store hoder", nn="For store hovud", en="Headers too large"),
    Text(
        nb="Adressen eller hodene i forespørselen er lengre enn det som tas imot.",
        nn="Adressa eller hovuda i førespurnaden er lengre enn det som blir teke imot.",
        en="The address or the headers of the request are longer than what is accepted.",
    ),
)
TOO_SLOW = Problem(
    "too-slow",
    408,
    Text(nb="Det tok for lang tid", nn="Det tok for lang tid", en="It took too long"),
    Text(
        nb="Innholdet kom ikke fram i tide. Ingenting er lagret. Prøv igjen.",
        nn="Innhaldet kom ikkje fram i tide. Ingenting er lagra. Prøv igjen.",
        en="The content did not arrive in time. Nothing was stored. Try again.",
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
    BodyTooLarge: TOO_LARGE,
    BodyTooSlow: TOO_SLOW,
}


def answer(error: Exception, lang: Lang, request_id: UUID) -> Response:
    """The problem of a refusal; anything that isn't a refusal is our fault."""
    problem = (find(error, PROBLEMS) if isinstance(error, DomainError) else None) or INTERNAL
    response = render(problem, lang, instance=request_id.urn, facts=_facts(error))
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
        case TooManyRequests() | Unavailable():
            return {"Retry-After": str(error.retry_after_seconds)}
        case BodyTooLarge() | BodyTooSlow():
            return {"Connection": "close"}
        case _:
            return {}
