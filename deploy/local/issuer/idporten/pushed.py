"""The first step of a login: the client pushes its request (RFC 9126), and gets a name for it."""

import re
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from deploy.local.issuer.clients import CitizenClient
from deploy.local.issuer.forms import Form, read_form
from deploy.local.issuer.idporten.authentication import authenticated
from deploy.local.issuer.idporten.discovery import LEVELS, SUBSTANTIAL
from deploy.local.issuer.idporten.provider import Here
from deploy.local.issuer.idporten.state import LoginRequest
from deploy.local.issuer.refusals import NO_STORE, Refused
from deploy.local.issuer.resource import is_resource
from shared.texts import Lang

REPEATABLE = frozenset({"resource"})
LOOPBACK = ("127.0.0.1", "::1")
routes = APIRouter(prefix="/idporten", tags=["idporten"])


@routes.post("/par", status_code=201, summary="Push a login request")
async def push(request: Request, here: Here) -> JSONResponse:
    """Checks all of the request before the person is involved, and gives it a name that works for two minutes."""
    form = await read_form(request, repeatable=REPEATABLE)
    client, _ = authenticated(request, form, here)
    request_uri = here.pushed.keep(_checked(form, client), here.now())
    return JSONResponse({"request_uri": request_uri, "expires_in": here.pushed.lifetime}, 201, NO_STORE)


def _checked(form: Form, client: CitizenClient) -> LoginRequest:
    _refuse_what_is_not_supported(form)
    return LoginRequest(
        client_id=client.client_id,
        redirect_uri=_redirect_uri(form, client),
        state=form.need("state"),
        nonce=form.need("nonce"),
        code_challenge=_code_challenge(form),
        scope=_scope(form, client),
        acr=_level(form),
        resource=_resource(form),
        lang=language(form.get("ui_locales")),
    )


def _refuse_what_is_not_supported(form: Form) -> None:
    if "request_uri" in form:
        raise Refused("invalid_request", "A request_uri cannot be pushed (RFC 9126 § 2.1).")
    if "request" in form:
        raise Refused("request_not_supported", "Request objects are not supported here.")
    if form.need("response_type") != "code":
        raise Refused("unsupported_response_type", "Only code is supported.")
    if form.get("response_mode") not in (None, "query"):
        raise Refused("invalid_request", "Only the response_mode query is supported here.")
    if form.get("prompt") not in (None, "login"):
        raise Refused("invalid_request", "Only the prompt login is supported.")


def _redirect_uri(form: Form, client: CitizenClient) -> str:
    asked = form.need("redirect_uri")
    if asked in client.redirect_uris or _without_loopback_port(asked) in client.redirect_uris:
        return asked
    raise Refused("invalid_request", "The redirect_uri is not registered for this client.")


def _without_loopback_port(address: str) -> str | None:
    """A program on the person's own machine cannot know its port beforehand (RFC 8252 § 7.3): http, and a loopback number, not a name."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme != "http" or parts.hostname not in LOOPBACK or port is None or "@" in parts.netloc:
        return None
    return parts._replace(netloc=parts.netloc.rpartition(":")[0]).geturl()


def _code_challenge(form: Form) -> str:
    challenge = form.need("code_challenge")
    if form.need("code_challenge_method") != "S256":
        raise Refused("invalid_request", "Only the code_challenge_method S256 is supported.")
    if not re.fullmatch(r"[A-Za-z0-9_-]{43}", challenge):
        raise Refused("invalid_request", "The code_challenge is not a SHA-256 in base64url without padding.")
    return challenge


def _scope(form: Form, client: CitizenClient) -> str:
    asked = list(dict.fromkeys(form.need("scope").split()))
    if "openid" not in asked or not client.entry.scopes.issuperset(asked):
        raise Refused("invalid_scope", "The scope must have openid, and only what the client is registered with.")
    return " ".join(asked)


def _level(form: Form) -> str:
    """The first level that the client asks for and that is known here; without any, substantial."""
    asked = (form.get("acr_values") or SUBSTANTIAL).split()
    known = [level for level in asked if level in LEVELS]
    if not known:
        raise Refused("invalid_request", f"The acr_values must be of {', '.join(LEVELS)}.")
    return known[0]


def _resource(form: Form) -> tuple[str, ...]:
    asked = form.all("resource")
    if not all(is_resource(each) for each in asked):
        raise Refused("invalid_target", "Each resource must be an absolute address without a fragment.")
    return tuple(asked)


def language(asked: str | None) -> Lang:
    """The first language asked for that we write; Bokmål otherwise."""
    return next((Lang(each) for each in (asked or "").split() if each in set(Lang)), Lang.NB)
