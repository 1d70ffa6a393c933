"""The half that behaves as Maskinporten: a token for an organisation, against an assertion that its client has signed (RFC 7523 § 2.1)."""

import re
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse

from deploy.local.issuer import assertions
from deploy.local.issuer.assertions import Assertion, BadAssertion, Fault, UsedAssertions
from deploy.local.issuer.clients import MachineClient
from deploy.local.issuer.forms import read_form
from deploy.local.issuer.refusals import NO_STORE, Refused
from deploy.local.issuer.resource import audience, is_resource
from deploy.local.issuer.signing import Issuer, identified, without_nothing

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LIFETIME = 600
CLAIMS = frozenset({"aud", "iss", "iat", "exp", "jti", "scope", "resource", "pid", "consumer_org"})
"""What an assertion may say. The real one refuses any other claim too."""


@dataclass(frozen=True, slots=True)
class Maskinporten:
    """The issuer, its clients and the assertions it has seen."""

    issuer: Issuer
    clients: dict[str, MachineClient]
    used: UsedAssertions = field(default_factory=UsedAssertions)


async def _maskinporten(request: Request) -> Maskinporten:
    found: Maskinporten = request.app.state.maskinporten
    return found


Here = Annotated[Maskinporten, Depends(_maskinporten)]
routes = APIRouter(prefix="/maskinporten", tags=["maskinporten"])


@routes.get("/.well-known/oauth-authorization-server", summary="Metadata (RFC 8414)")
async def metadata(here: Here) -> dict[str, Any]:
    """Where the endpoints are."""
    url = here.issuer.url
    return {
        "issuer": url,
        "token_endpoint": f"{url}/token",
        "jwks_uri": f"{url}/jwk",
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "grant_types_supported": [GRANT],
        "token_endpoint_auth_signing_alg_values_supported": assertions.ALGORITHMS,
    }


@routes.get("/jwk", summary="Public keys")
async def keys(here: Here) -> dict[str, Any]:
    """The keys that tokens are signed with."""
    return here.issuer.jwks


@routes.post("/token", summary="A token for an organisation")
async def token(request: Request, here: Here) -> JSONResponse:
    """One access token against one assertion."""
    form = await read_form(request)
    if form.need("grant_type") != GRANT:
        raise Refused("unsupported_grant_type", f"The grant_type must be {GRANT}.")
    try:
        client, assertion = _proven(here, form.need("assertion"))
    except BadAssertion as bad:
        raise _refused(bad.fault) from bad
    scope = _scope(client, assertion)
    claims = {
        "client_id": client.client_id,
        "client_amr": "private_key_jwt",
        "token_type": "Bearer",
        "scope": scope,
        "aud": _audience(assertion),
        "pid": _pid(assertion),
        **_parties(here, client, assertion),
    }
    access_token = here.issuer.sign(without_nothing(claims), lifetime=LIFETIME, typ=None)
    answer = {"access_token": access_token, "token_type": "Bearer", "expires_in": LIFETIME, "scope": scope}
    return JSONResponse(answer, headers=NO_STORE)


def _proven(here: Maskinporten, text: str) -> tuple[MachineClient, Assertion]:
    """The client that signed, or BadAssertion. The assertion is used up."""
    assertion = assertions.read(text)
    unknown = sorted(assertion.claims.keys() - CLAIMS)
    if unknown:
        raise Refused("invalid_request", f"Invalid assertion. Claims that are not supported: {', '.join(unknown)}.")
    client = here.clients.get(str(assertion.claims.get("iss")))
    if client is None:
        raise BadAssertion(Fault.CLIENT)
    now = here.issuer.clock.epoch()
    assertions.check(assertion, client.keys, audience=here.issuer.url, now=now)
    here.used.use(client.client_id, assertion, now)
    return client, assertion


def _refused(fault: Fault) -> Refused:
    """In the words of the real one, as far as they are documented."""
    match fault:
        case Fault.MALFORMED:
            return Refused("invalid_request", "Invalid assertion. Invalid parameter value")
        case Fault.USED:
            return Refused("invalid_grant", f"Validation of JWT Bearer grant failed. {fault.value}")
        case Fault.CLIENT | Fault.KEY | Fault.SIGNATURE | Fault.AUDIENCE | Fault.TIMES | Fault.EXPIRED:
            return Refused("invalid_grant", f"Invalid assertion. Client authentication failed. {fault.value}")


def _scope(client: MachineClient, assertion: Assertion) -> str:
    asked = assertion.claims.get("scope")
    if not isinstance(asked, str) or not asked.split():
        raise Refused("invalid_scope", "The claim scope is missing.")
    if not client.scopes.issuperset(asked.split()):
        raise Refused("invalid_scope", "Token request contains invalid scopes for client")
    return " ".join(dict.fromkeys(asked.split()))


def _audience(assertion: Assertion) -> str | list[str] | None:
    asked = assertion.claims.get("resource", [])
    resources = [asked] if isinstance(asked, str) else asked
    if not isinstance(resources, list) or not all(isinstance(each, str) and is_resource(each) for each in resources):
        raise Refused("invalid_target", "Each resource must be an absolute address without a fragment.")
    return audience(resources)


def _pid(assertion: Assertion) -> str | None:
    """A token that is limited to one person. The person has not logged in."""
    pid = assertion.claims.get("pid")
    if pid is None or (isinstance(pid, str) and re.fullmatch(r"\d{11}", pid)):
        return pid
    raise Refused("invalid_request", "Invalid assertion. Invalid parameter value")


def _parties(here: Maskinporten, client: MachineClient, assertion: Assertion) -> dict[str, Any]:
    """`consumer`, and where it has delegated to the client's organisation also `supplier`."""
    consumer = assertion.claims.get("consumer_org")
    if consumer is None:
        return {"consumer": identified(client.orgnr)}
    delegated = client.delegations.get(str(consumer), frozenset())
    if not delegated.issuperset(str(assertion.claims["scope"]).split()):
        raise Refused("invalid_grant", "Consumer has not delegated access to the supplier")
    return {
        "consumer": identified(str(consumer)),
        "supplier": identified(client.orgnr),
        "delegation_source": f"{here.issuer.url}/delegations",
    }
