"""Logging out (OpenID Connect RP-Initiated Logout 1.0 and Front-Channel Logout 1.0)."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Request
from joserfc import jwt
from joserfc.errors import JoseError
from starlette.responses import RedirectResponse, Response

from deploy.local.issuer.clients import CitizenClient
from deploy.local.issuer.forms import Form, read_form
from deploy.local.issuer.idporten import texts
from deploy.local.issuer.idporten.login import COOKIE, browser_language
from deploy.local.issuer.idporten.page import logged_out, stopped
from deploy.local.issuer.idporten.provider import Here, IdPorten
from deploy.local.issuer.idporten.state import Session
from deploy.local.issuer.keys import ALGORITHM, public_key
from deploy.local.issuer.refusals import NO_STORE
from shared.texts import Text

routes = APIRouter(prefix="/idporten", tags=["idporten"])


@routes.get("/logout", summary="Log out")
async def log_out(request: Request, here: Here) -> Response:
    """Ends the session, tells its clients, and goes back where that is allowed."""
    return _log_out(request, Form(request.query_params.multi_items()), here)


@routes.post("/logout", summary="Log out")
async def log_out_by_form(request: Request, here: Here) -> Response:
    """The same, so that the ID token need not be in an address."""
    return _log_out(request, await read_form(request), here)


def _log_out(request: Request, form: Form, here: IdPorten) -> Response:
    lang = browser_language(request)
    state = form.get("state")
    if state is not None and not re.fullmatch(r"[\x20-\x7E]+", state):
        return stopped(texts.BAD_STATE, lang)
    session = here.sessions.take(request.cookies.get(COOKIE), here.now()) or Session()
    frames = list(_frames(session, here))
    back = _back(form, here, state)
    if back and not frames:
        answer: Response = RedirectResponse(back, 303, NO_STORE)
    else:
        answer = logged_out(lang, frames=frames, back=back)
    answer.delete_cookie(COOKIE, path="/idporten")
    return answer


def _back(form: Form, here: IdPorten, state: str | None) -> str | None:
    """Where the person goes afterwards: only to an address that the client named by the ID token has registered."""
    client = _client(form.get("id_token_hint"), here)
    address = form.get("post_logout_redirect_uri")
    if client is None or address not in client.post_logout_redirect_uris:
        return None
    if state is None:
        return address
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode({'state': state})}"


def _client(hint: str | None, here: IdPorten) -> CitizenClient | None:
    """Whom the ID token was for. One that has expired is as good."""
    if hint is None:
        return None
    try:
        token = jwt.decode(hint, public_key(here.issuer.key), [ALGORITHM])
    except (JoseError, ValueError):
        return None
    if token.header.get("typ") != "JWT" or token.claims.get("iss") != here.issuer.url:
        return None
    return here.clients.get(str(token.claims.get("aud")))


def _frames(session: Session, here: IdPorten) -> Iterator[tuple[Text, str]]:
    for client_id, sid in session.clients.items():
        entry = here.clients[client_id].entry
        if entry.frontchannel_logout_uri is None:
            continue
        said = urlencode({"iss": here.issuer.url, "sid": sid}) if entry.frontchannel_logout_session_required else ""
        yield entry.name, f"{entry.frontchannel_logout_uri}{'?' + said if said else ''}"
