"""The last step of a login: the code becomes an ID token and an access token, once."""

import base64
import hashlib
import hmac
import re
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from deploy.local.issuer.clients import Authentication, CitizenClient
from deploy.local.issuer.forms import Form, read_form
from deploy.local.issuer.idporten.authentication import authenticated
from deploy.local.issuer.idporten.provider import Here, IdPorten
from deploy.local.issuer.idporten.state import Login
from deploy.local.issuer.refusals import NO_STORE, Refused
from deploy.local.issuer.resource import audience
from deploy.local.issuer.signing import identified, without_nothing

ACCESS_SECONDS = 600
ID_SECONDS = 120
routes = APIRouter(prefix="/idporten", tags=["idporten"])


@routes.post("/token", summary="Exchange a code for tokens")
async def token(request: Request, here: Here) -> JSONResponse:
    """Both tokens, for the client that the code was given to."""
    form = await read_form(request)
    client, method = authenticated(request, form, here)
    if form.need("grant_type") != "authorization_code":
        raise Refused("unsupported_grant_type", "The grant_type must be authorization_code.")
    login = _login(form, client, here)
    answer = {
        "access_token": here.issuer.sign(
            _access_claims(login, client, method, here), lifetime=ACCESS_SECONDS, typ="at+jwt"
        ),
        "id_token": here.issuer.sign(_id_claims(login, client, here), lifetime=ID_SECONDS, typ="JWT"),
        "token_type": "Bearer",
        "expires_in": ACCESS_SECONDS,
        "scope": login.request.scope,
    }
    return JSONResponse(answer, headers=NO_STORE)


def _login(form: Form, client: CitizenClient, here: IdPorten) -> Login:
    """What the code stands for. The code is used up by the first try, also by one that fails."""
    code, redirect_uri, verifier = form.need("code"), form.need("redirect_uri"), form.need("code_verifier")
    login = here.codes.take(code, here.now())
    if login is None or login.request.client_id != client.client_id:
        raise Refused("invalid_grant", "The code is unknown, used or expired.")
    if login.request.redirect_uri != redirect_uri:
        raise Refused("invalid_grant", "The redirect_uri is another one than in the login request.")
    if not _proves(verifier, login.request.code_challenge):
        raise Refused("invalid_grant", "The code_verifier does not match the code_challenge.")
    return login


def _proves(verifier: str, challenge: str) -> bool:
    """RFC 7636 § 4.6."""
    if not re.fullmatch(r"[A-Za-z0-9._~-]{43,128}", verifier):
        return False
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), challenge)


def _access_claims(login: Login, client: CitizenClient, method: Authentication, here: IdPorten) -> dict[str, Any]:
    claims = {
        "sub": here.subject(client.client_id, login.person.national_id),
        "aud": audience(list(login.request.resource)),
        "client_id": client.client_id,
        "client_amr": method.value,
        "consumer": identified(client.entry.orgnr),
        "scope": login.request.scope,
        "pid": login.person.national_id,
        "acr": login.request.acr,
    }
    return without_nothing(claims)


def _id_claims(login: Login, client: CitizenClient, here: IdPorten) -> dict[str, Any]:
    claims = {
        "sub": here.subject(client.client_id, login.person.national_id),
        "aud": client.client_id,
        "pid": login.person.national_id,
        "acr": login.request.acr,
        "amr": ["TestID"],
        "auth_time": login.at,
        "nonce": login.request.nonce,
        "locale": login.lang.value,
        "sid": login.sid if client.entry.frontchannel_logout_session_required else None,
    }
    return without_nothing(claims)
