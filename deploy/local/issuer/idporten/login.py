"""The middle step of a login: the person, in their own browser, picks who they are."""

import secrets
from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from deploy.local.issuer.forms import read_form
from deploy.local.issuer.idporten import texts
from deploy.local.issuer.idporten.page import can_log_in, choose_person, stopped
from deploy.local.issuer.idporten.provider import SESSION_SECONDS, Here, IdPorten
from deploy.local.issuer.idporten.state import Login, LoginRequest, Session
from deploy.local.issuer.refusals import NO_STORE
from shared.dates import oslo_day
from shared.texts import Lang, parse_language

COOKIE = "somlos_idporten"
Short = Annotated[str | None, Query(max_length=300)]
routes = APIRouter(prefix="/idporten", tags=["idporten"])


@routes.get("/authorize", summary="Start a login that was pushed")
async def authorize(request: Request, here: Here, client_id: Short = None, request_uri: Short = None) -> Response:
    """Takes the pushed request, once, and opens its page. Only `client_id` and `request_uri` are read."""
    lang = browser_language(request)
    if not request_uri:
        return stopped(texts.NOT_PUSHED, lang)
    pushed = here.pushed.get(request_uri, here.now())
    if pushed is None:
        return stopped(texts.EXPIRED, lang)
    if pushed.client_id != client_id:
        return stopped(texts.OTHER_CLIENT, lang)
    here.pushed.take(request_uri, here.now())
    return _see(f"login?{urlencode({'page': here.pages.keep(pushed, here.now())})}")


@routes.get("/login", summary="The page where a person is picked")
async def show(request: Request, here: Here, page: Short = None, lang: Lang | None = None) -> Response:
    """The page may be loaded again, in another language too, until it is used or ten minutes old."""
    asked = here.pages.get(page, here.now())
    if asked is None or page is None:
        return stopped(texts.EXPIRED, lang or browser_language(request))
    today = oslo_day(here.issuer.clock.now())
    client = here.clients[asked.client_id].entry.name
    return choose_person(page, asked, client, here.people, lang=lang or asked.lang, day=today)


@routes.post("/login", summary="Log in as a person, or cancel")
async def log_in(request: Request, here: Here) -> Response:
    """Sends the person back to the client, with a code or with the news that they cancelled."""
    form = await read_form(request)
    chosen = form.get("lang")
    lang = Lang(chosen) if chosen in set(Lang) else browser_language(request)
    page = form.get("page")
    asked = here.pages.get(page, here.now())
    if asked is None:
        return stopped(texts.EXPIRED, lang)
    if "cancel" in form:
        here.pages.take(page, here.now())
        return _back(asked, here, error="access_denied", error_description="The person cancelled the login.")
    person = here.people.find(form.get("national_id") or "")
    if person is None or not can_log_in(person, oslo_day(here.issuer.clock.now())):
        return stopped(texts.NOBODY, lang)
    here.pages.take(page, here.now())
    sid = secrets.token_urlsafe(24)
    code = here.codes.keep(Login(asked, person, lang, here.now(), sid), here.now())
    answer = _back(asked, here, code=code)
    _remember(request, answer, here, client_id=asked.client_id, sid=sid)
    return answer


def _remember(request: Request, answer: Response, here: IdPorten, *, client_id: str, sid: str) -> None:
    """The browser's session now knows this client, so that a logout can tell it."""
    name = request.cookies.get(COOKIE)
    session = here.sessions.take(name, here.now()) or Session()
    session.clients[client_id] = sid
    renewed = here.sessions.keep(session, here.now())
    answer.set_cookie(COOKIE, renewed, max_age=SESSION_SECONDS, path="/idporten", httponly=True, samesite="lax")


def _back(asked: LoginRequest, here: IdPorten, **answer: str) -> Response:
    """To the client, with its `state` and our name (RFC 9207)."""
    separator = "&" if urlsplit(asked.redirect_uri).query else "?"
    return _see(f"{asked.redirect_uri}{separator}{urlencode({**answer, 'state': asked.state, 'iss': here.issuer.url})}")


def _see(address: str) -> Response:
    return RedirectResponse(address, 303, {**NO_STORE, "Referrer-Policy": "no-referrer"})


def browser_language(request: Request) -> Lang:
    """The language of the page: the one of ours that the browser wants most."""
    return parse_language(request.headers.get("accept-language"))
