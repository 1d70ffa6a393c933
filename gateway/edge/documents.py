"""Serves the joined OpenAPI document and the page made from it."""

import asyncio
import time
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import aiohttp
import orjson
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from gateway.edge.inside import Inside
from gateway.edge.openapi import Document, join
from gateway.edge.page import STYLE, render
from gateway.edge.routes import SELF, Route
from gateway.settings import Settings

FETCH_TIMEOUT = aiohttp.ClientTimeout(total=3, sock_connect=1)
KEEP_SECONDS, KEEP_INCOMPLETE_SECONDS = 60.0, 2.0
_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
router = APIRouter(include_in_schema=False)


class Documents:
    """Joins the services' documents when asked, and keeps the result for a while."""

    def __init__(self, settings: Settings, own: FastAPI, routes: Iterable[Route]) -> None:
        self._settings, self._own, self._routes = settings, own, tuple(routes)
        self._joined: Document | None = None
        self._until = 0.0

    async def joined(self, inside: Inside) -> Document:
        """The joined document, at most a minute old (two seconds where a service was away)."""
        if self._joined is None or time.monotonic() >= self._until:
            addresses = self._settings.addresses
            found = await asyncio.gather(*(_fetch(inside.session, address) for address in addresses.values()))
            documents = {**dict(zip(addresses, found, strict=True)), SELF: self._own.openapi()}
            self._joined = join(
                documents,
                self._routes,
                public_url=self._settings.public_url,
                idporten_discovery=self._settings.idporten_discovery,
                maskinporten_token=self._settings.maskinporten_issuer.rstrip("/") + "/token",
            )
            self._until = time.monotonic() + (KEEP_SECONDS if all(found) else KEEP_INCOMPLETE_SECONDS)
        return self._joined


async def _fetch(session: aiohttp.ClientSession, address: str) -> Document | None:
    """A service's own document; None when it is away."""
    try:
        async with session.get(
            address.rstrip("/") + "/openapi.json", timeout=FETCH_TIMEOUT, allow_redirects=False
        ) as answer:
            document: Any = orjson.loads(await answer.read()) if answer.ok else None
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return None
    return document if isinstance(document, dict) else None


@router.get("/")
async def start() -> Response:
    """Leads to the description."""
    return RedirectResponse("/docs", 307)


@router.get("/openapi.json")
async def document(request: Request) -> Response:
    """The joined document."""
    joined = await request.app.state.documents.joined(request.app.state.inside)
    return Response(orjson.dumps(joined), media_type="application/json", headers={"Cache-Control": "no-cache"})


@router.get("/docs")
async def page(request: Request) -> Response:
    """The joined document as a page that needs nothing from elsewhere."""
    joined = await request.app.state.documents.joined(request.app.state.inside)
    return HTMLResponse(render(joined), headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"})
