"""The way of one request through the door, in order: address, method, size, login, limit, scope, body, decision, service."""

import asyncio
import time
from typing import Any
from uuid import UUID

from opentelemetry.trace import SpanKind
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.edge import problems, strict_json
from gateway.edge.errors import (
    BadPath,
    BodyTooSlow,
    ClientGone,
    EncodedBody,
    MissingScope,
    NotJson,
    Refused,
    WrongKindOfCaller,
)
from gateway.edge.headers import (
    CLOSED_CONTENT,
    SECURITY,
    TRANSPORT,
    Cors,
    Raw,
    inbound,
    is_encoded,
    is_json,
    request_id,
    value_of,
)
from gateway.edge.inside import Inside
from gateway.edge.limits import Body, check_headers
from gateway.edge.paths import checked_query, segments
from gateway.edge.profiles import Caller
from gateway.edge.proxy import Errand
from gateway.edge.routes import SELF, Access, Route, RouteTable
from shared import logging, telemetry
from shared.auth.principals import Kind
from shared.domain import DomainError
from shared.texts import parse_language

_SERVER_ERROR, _GONE = 500, 499
_QUIET = "/health/"
_log = logging.get("door")


class Door:
    """The gateway as an ASGI application. `local` answers the gateway's own routes and holds the open parts on `state.inside`."""

    def __init__(self, local: Any, table: RouteTable, cors: Cors, *, transport_security: bool) -> None:
        self._local: ASGIApp = local
        self._state, self._table, self._cors = local.state, table, cors
        self._always: Raw = [*SECURITY, *([TRANSPORT] if transport_security else [])]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request, or passes the lifespan on."""
        if scope["type"] != "http":
            await self._local(scope, receive, send)
            return
        exchange = _Exchange(scope, send, [*self._always, *self._cors.headers(value_of(scope["headers"], b"origin"))])
        parent = value_of(scope["headers"], b"traceparent")
        with telemetry.span(
            scope["method"], SpanKind.SERVER, parent=parent.decode("latin-1") if parent else None
        ) as span:
            await self._answer(exchange, receive)
            span.update_name(f"{scope['method']} {exchange.template}")
            span.set_attribute("http.response.status_code", exchange.status)
            if not exchange.template.startswith(_QUIET):
                exchange.log()

    async def _answer(self, exchange: "_Exchange", receive: Receive) -> None:
        """Every refusal and fault leaves as a problem, unless the answer has already begun."""
        try:
            await self._serve(exchange, receive)
        except ClientGone:
            exchange.status = _GONE
        except (
            Exception
        ) as fault:  # the outermost edge: whatever it is, the client gets a problem and we get a log line
            if not isinstance(fault, DomainError):
                _log.error("the door failed", exc_info=fault)
            exchange.refused = str(fault.reason) if isinstance(fault, Refused) else type(fault).__name__
            if not exchange.started:
                response = problems.answer(fault, exchange.lang, exchange.request_id)
                await response(exchange.scope, receive, exchange.send)

    async def _serve(self, exchange: "_Exchange", receive: Receive) -> None:
        scope, inside = exchange.scope, self._state.inside
        headers: Raw = scope["headers"]
        check_headers(headers)
        parts = segments(scope["raw_path"])
        query = checked_query(scope["query_string"])
        if scope["method"] == "OPTIONS" and self._is_preflight(headers):
            await _preflight(exchange, self._table.methods(parts))
            return
        route, values = self._table.find(scope["method"], parts)
        exchange.template = route.template
        body = _body(headers, receive, route)
        body.check()
        if not body.is_empty and is_encoded(headers):
            raise EncodedBody
        caller = await self._admit(inside, route, scope)
        exchange.caller = caller.kind if caller else Kind.PUBLIC
        if route.service == SELF:
            await _collected(body, route)  # none is accepted here; one that comes all the same is counted and timed
            await self._serve_here(exchange, route, caller, receive)
            return
        child = values[route.child] if route.child else None
        small = None if route.streams else await _collected(body, route)
        if small:
            _check_json(headers, small)
        passage = await inside.exchange.passage(caller, route, child)
        if route.child and passage.inner:
            values[route.child] = passage.inner
        errand = Errand(
            route=route,
            path=route.path(values),
            query=query,
            headers=[
                *inbound(headers),
                ("Authorization", "Bearer " + passage.token),
                ("X-Request-Id", str(exchange.request_id)),
                *_length(body, route),
            ],
            body=body,
            alias={passage.inner: passage.alias} if passage.inner and passage.alias else {},
        )
        await inside.proxy.carry(errand, body.pieces() if route.streams else small, exchange.send)

    async def _serve_here(self, exchange: "_Exchange", route: Route, caller: Caller | None, receive: Receive) -> None:
        exchange.scope.update(
            {"somlos.caller": caller, "somlos.lang": exchange.lang, "somlos.request_id": exchange.request_id}
        )
        exchange.private = caller is not None
        await self._local({**exchange.scope, "method": route.method}, receive, exchange.send)

    async def _admit(self, inside: Inside, route: Route, scope: Scope) -> Caller | None:
        """Who is calling; None on a public route, where no login is looked at. Raises what the door refuses."""
        address = (scope.get("client") or ("unknown", 0))[0].encode()
        if route.access is Access.PUBLIC:
            if not route.template.startswith(_QUIET):
                inside.limits[Kind.PUBLIC].take(address)
            return None
        try:
            caller = await inside.verifier.verify(scope["headers"])
        except Refused:
            inside.limits[Kind.PUBLIC].take(address)
            raise
        inside.limits[caller.kind].take(caller.bucket)
        if route.access not in (Access.BOTH, Access(caller.kind.value)):
            raise WrongKindOfCaller
        if caller.kind is Kind.MACHINE and route.scope not in caller.scopes:
            raise MissingScope(route.scope or "")
        return caller

    def _is_preflight(self, headers: Raw) -> bool:
        return (
            self._cors.allows(value_of(headers, b"origin"))
            and value_of(headers, b"access-control-request-method") is not None
        )


class _Exchange:
    """One request and its answer: who, where, what was said, when."""

    def __init__(self, scope: Scope, send: Send, always: Raw) -> None:
        self.scope = scope
        self.request_id: UUID = request_id(scope["headers"])
        self.lang = parse_language((value_of(scope["headers"], b"accept-language") or b"").decode("latin-1"))
        self.template, self.caller, self.private = "unmatched", Kind.PUBLIC, False
        self.status, self.started = _SERVER_ERROR, False
        self.refused: str | None = None
        self._send, self._always, self._began = send, always, time.perf_counter()

    async def send(self, message: Message) -> None:
        """Sends a part of the answer; the first one gets the headers that every answer has."""
        if message["type"] == "http.response.start":
            self.started, self.status = True, message["status"]
            said: Raw = list(message.get("headers", []))
            names = {name for name, _ in said}
            said += [
                (name, value) for name, value in (*self._always, CLOSED_CONTENT) if name not in names or name == b"vary"
            ]
            if self.private and b"cache-control" not in names:
                said.append((b"cache-control", b"no-store"))
            message = {**message, "headers": [*said, (b"x-request-id", str(self.request_id).encode("ascii"))]}
        await self._send(message)

    def log(self) -> None:
        """One line: the route's template, never the path that was asked for."""
        _log.info(
            "request answered",
            method=self.scope["method"],
            route=self.template,
            status=self.status,
            caller=self.caller.value,
            refused=self.refused,
            milliseconds=round((time.perf_counter() - self._began) * 1000, 1),
            request_id=str(self.request_id),
        )


async def _preflight(exchange: _Exchange, methods: tuple[str, ...]) -> None:
    exchange.template = "preflight"
    await exchange.send({"type": "http.response.start", "status": 204, "headers": Cors.preflight(methods)})
    await exchange.send({"type": "http.response.body", "body": b""})


def _body(headers: Raw, receive: Receive, route: Route) -> Body:
    declared = value_of(headers, b"content-length")
    if declared is not None and not declared.isdigit():
        raise BadPath
    chunked = value_of(headers, b"transfer-encoding") is not None
    return Body(receive, route.body_limit, declared=None if declared is None else int(declared), chunked=chunked)


async def _collected(body: Body, route: Route) -> bytes | None:
    """A small body whole, before the decision is asked for, so that the decision is fresh when the service gets it."""
    if body.is_empty:
        return None
    try:
        async with asyncio.timeout(route.timeout_seconds):
            return await body.collect()
    except TimeoutError as fault:
        raise BodyTooSlow from fault


def _check_json(headers: Raw, body: bytes) -> None:
    """Raises NotJson, or Malformed naming the place that two readers would read differently."""
    if not is_json(value_of(headers, b"content-type")):
        raise NotJson
    strict_json.check(body)


def _length(body: Body, route: Route) -> list[tuple[str, str]]:
    """The length of a streamed body, where the client said it; of a collected one the client library knows it."""
    return [("Content-Length", str(body.declared))] if route.streams and body.declared is not None else []
