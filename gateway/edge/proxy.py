"""Carries one request to its service and the answer back, piece by piece."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import aiohttp
from starlette.types import Send
from yarl import URL

from gateway.edge.errors import BodyTooSlow, ClientGone
from gateway.edge.headers import Raw, outbound
from gateway.edge.limits import Body
from gateway.edge.routes import Access, Route
from shared import logging, telemetry
from shared.bodies import BodyTooLarge
from shared.domain import NotFound, OutcomeUnknown, Unavailable

CONNECT_SECONDS = 1.0
# A service keeps an idle connection for 75 s (shared.serve); ours are let go long before, so that a change never meets a closed one.
IDLE_SECONDS = 20.0
CONNECTIONS_PER_SERVICE = 100
_OUR_FAULT = frozenset({401, 407})  # our own internal token was refused: never the client's business
_log = logging.get("proxy")


def open_session() -> aiohttp.ClientSession:
    """The pooled client of all services. To be opened inside the event loop."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, limit_per_host=CONNECTIONS_PER_SERVICE, keepalive_timeout=IDLE_SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
    )


@dataclass(frozen=True, slots=True)
class Errand:
    """One request as it goes inside."""

    route: Route
    path: str
    query: bytes
    headers: list[tuple[str, str]]
    body: Body
    alias: Mapping[str, str]

    @property
    def target(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query.decode('ascii')}" if self.query else self.path


class Proxy:
    """Knows where the services are. A safe request that meets a stale pooled connection is sent once more (aiohttp does that); a change never is."""

    def __init__(self, session: aiohttp.ClientSession, addresses: Mapping[str, str]) -> None:
        self._session = session
        self._addresses = {name: address.rstrip("/") for name, address in addresses.items()}

    async def carry(self, errand: Errand, body: bytes | AsyncIterator[bytes] | None, send: Send) -> int:
        """Sends the errand and streams the answer to the client; returns its status. Raises Unavailable, OutcomeUnknown, BodyTooLarge or ClientGone before anything was sent."""
        route, base = errand.route, self._addresses[errand.route.service]
        timeout = aiohttp.ClientTimeout(
            total=route.timeout_seconds, connect=2 * CONNECT_SECONDS, sock_connect=CONNECT_SECONDS
        )
        headers = [*errand.headers, *telemetry.headers().items()]
        try:
            answer = await self._session.request(
                route.method,
                URL(base + errand.target, encoded=True),
                headers=headers,
                data=body,
                timeout=timeout,
                allow_redirects=False,
            )
        except (aiohttp.ClientError, TimeoutError) as fault:
            raise _why(errand, fault) from fault
        async with answer:
            if answer.status in _OUR_FAULT:
                _log.error("a service refused the gateway's own token", peer=route.service, route=route.template)
                raise Unavailable(route.service)
            private = route.access is not Access.PUBLIC
            passed = outbound(answer.headers.items(), private=private, service_url=base, alias=errand.alias)
            await _stream(answer, passed, route, send)
            return answer.status

    async def fetch(self, route: Route, target: str, headers: Mapping[str, str]) -> bytes:
        """A service's whole answer, for the gateway's own pages. Raises NotFound or Unavailable."""
        timeout = aiohttp.ClientTimeout(total=route.timeout_seconds, connect=2 * CONNECT_SECONDS)
        url = URL(self._addresses[route.service] + target, encoded=True)
        try:
            async with self._session.get(
                url, headers={**headers, **telemetry.headers()}, timeout=timeout, allow_redirects=False
            ) as answer:
                content, status = await answer.read(), answer.status
        except (aiohttp.ClientError, TimeoutError) as fault:
            _log.warning("a service did not answer", peer=route.service, route=route.template)
            raise Unavailable(route.service) from fault
        match status:
            case 200:
                return content
            case 404:
                raise NotFound
            case _:
                _log.warning("a service gave no answer", peer=route.service, route=route.template, status=status)
                raise Unavailable(route.service)


async def _stream(answer: aiohttp.ClientResponse, headers: Raw, route: Route, send: Send) -> None:
    """The answer, as it comes. When the service breaks off, so do we: the client must not take half for the whole."""
    try:
        piece = await answer.content.readany()
    except (aiohttp.ClientError, TimeoutError) as fault:
        raise _away(route, fault) from fault
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    try:
        while not answer.content.at_eof():
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            piece = await answer.content.readany()
    except (aiohttp.ClientError, TimeoutError):
        _log.warning("a service broke off its answer", peer=route.service, route=route.template)
        return
    await send({"type": "http.response.body", "body": piece, "more_body": False})


def _why(errand: Errand, fault: Exception) -> Exception:
    """A failed request can be the client's body's fault; else the service is away."""
    if errand.body.too_large:
        return BodyTooLarge(errand.route.body_limit)
    if errand.body.gone:
        return ClientGone()
    if isinstance(fault, TimeoutError) and not errand.body.complete:
        return BodyTooSlow()
    _log.warning(
        "a service did not answer", peer=errand.route.service, route=errand.route.template, fault=type(fault).__name__
    )
    return _away(errand.route, fault)


def _away(route: Route, fault: Exception) -> Unavailable:
    """A change that never left us has changed nothing; one that was sent and not answered may have been done."""
    never_sent = isinstance(fault, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError)
    return (Unavailable if never_sent or not route.changes else OutcomeUnknown)(route.service)
