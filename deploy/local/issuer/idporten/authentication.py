"""Which client is asking: it proves so in a way that it is registered with, at `/par` and at `/token` alike."""

import base64
import binascii
import hmac
from urllib.parse import unquote_plus

from fastapi import Request

from deploy.local.issuer import assertions
from deploy.local.issuer.assertions import BadAssertion, Fault
from deploy.local.issuer.clients import Authentication, CitizenClient
from deploy.local.issuer.forms import Form
from deploy.local.issuer.idporten.provider import IdPorten
from deploy.local.issuer.refusals import UNAUTHORIZED, Refused

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_CLAIMS = frozenset({"iss", "sub", "aud", "iat", "exp", "jti", "nbf"})


def authenticated(request: Request, form: Form, here: IdPorten) -> tuple[CitizenClient, Authentication]:
    """The client and how it proved itself. An unknown one, a wrong proof or a method it is not registered with: invalid_client."""
    authorization = request.headers.get("authorization")
    if authorization and "client_assertion" in form:
        raise Refused("invalid_request", "More than one way of authenticating the client.")
    if authorization:
        return _by_secret(authorization, form, here), Authentication.CLIENT_SECRET_BASIC
    client = here.clients.get(form.need("client_id"))
    if "client_assertion" in form or "client_assertion_type" in form:
        return _by_key(client, form, here), Authentication.PRIVATE_KEY_JWT
    return _registered(client, Authentication.NONE), Authentication.NONE


def _registered(client: CitizenClient | None, method: Authentication) -> CitizenClient:
    if client is None or method not in client.entry.authentication:
        raise _unknown()
    return client


def _by_secret(authorization: str, form: Form, here: IdPorten) -> CitizenClient:
    scheme, _, value = authorization.partition(" ")
    try:
        name, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as fault:
        raise _unknown() from fault
    client = _registered(here.clients.get(unquote_plus(name)), Authentication.CLIENT_SECRET_BASIC)
    if scheme.lower() != "basic" or form.get("client_id") not in (None, client.client_id):
        raise _unknown()
    if not hmac.compare_digest(unquote_plus(secret).encode(), (client.secret or "").encode()):
        raise _unknown()
    return client


def _by_key(client: CitizenClient | None, form: Form, here: IdPorten) -> CitizenClient:
    if form.need("client_assertion_type") != ASSERTION_TYPE:
        raise Refused("invalid_request", f"The client_assertion_type must be {ASSERTION_TYPE}.")
    registered = _registered(client, Authentication.PRIVATE_KEY_JWT)
    now = here.now()
    try:
        assertion = assertions.read(form.need("client_assertion"))
        if assertion.claims.keys() - ASSERTION_CLAIMS:
            raise BadAssertion(Fault.MALFORMED)
        if {assertion.claims.get("iss"), assertion.claims.get("sub")} != {registered.client_id}:
            raise BadAssertion(Fault.CLIENT)
        assertions.check(assertion, registered.keys, audience=here.issuer.url, now=now)
        here.used.use(registered.client_id, assertion, now)
    except BadAssertion as bad:
        raise Refused("invalid_client", f"Client authentication failed. {bad.fault.value}", UNAUTHORIZED) from bad
    return registered


def _unknown() -> Refused:
    return Refused("invalid_client", "Client authentication failed.", UNAUTHORIZED)
