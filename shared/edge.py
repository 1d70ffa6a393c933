"""Around every request of a service, as pure ASGI: a span, a log line, a request id and a limit on the body."""

import re
import time
from collections.abc import Mapping
from uuid import UUID

from opentelemetry.trace import SpanKind
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared import logging, telemetry
from shared.ids import new_id
from shared.problems import INTERNAL, TOO_LARGE, render
from shared.texts import parse_language

_SERVER_ERROR = 500
_QUIET = frozenset({"/health/live", "/health/ready"})
log = logging.get("edge")


class BodyTooLarge(Exception):
    """The body went past the limit while it was read."""


class RequestEdge:
    """The outermost layer. The log line names the route's template, never the path that was asked for."""

    def __init__(self, app: ASGIApp, *, max_body_bytes: int, larger_bodies: Mapping[str, int] | None = None) -> None:
        self._app, self._limit = app, max_body_bytes
        self._larger = [(re.compile(pattern), limit) for pattern, limit in (larger_bodies or {}).items()]

    def limit_of(self, path: str) -> int:
        """How many bytes a request to this path may carry."""
        return next((limit for pattern, limit in self._larger if pattern.fullmatch(path)), self._limit)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http" or scope["path"] in _QUIET:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = _request_id(headers.get("x-request-id"))
        scope["somlos.instance"] = f"urn:uuid:{request_id}"
        status, started = _SERVER_ERROR, time.perf_counter()

        async def tell(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = str(request_id)
            await send(message)

        with telemetry.span(scope["method"], SpanKind.SERVER, parent=headers.get("traceparent")) as span:
            try:
                await self._safely(scope, receive, tell, headers)
            finally:
                route = template(scope)
                span.update_name(f"{scope['method']} {route}")
                span.set_attribute("http.response.status_code", status)
                log.info(
                    "request answered",
                    method=scope["method"],
                    route=route,
                    status=status,
                    milliseconds=round((time.perf_counter() - started) * 1000, 1),
                    request_id=str(request_id),
                )

    async def _safely(self, scope: Scope, receive: Receive, send: Send, headers: Headers) -> None:
        """The application within the limit; a fault of ours is logged without its text and answered with 500."""
        body = _Body(receive, self.limit_of(scope["path"]))
        responded = False

        async def watched(message: Message) -> None:
            nonlocal responded
            if body.too_large and not responded:
                raise BodyTooLarge  # whatever the application made of a body that broke off, 413 is the answer
            responded = True
            await send(message)

        try:
            body.check_declared(headers)
            await self._app(scope, body.receive, watched)
        except Exception as fault:
            problem = TOO_LARGE if isinstance(fault, BodyTooLarge) else INTERNAL
            if problem is INTERNAL:
                log.error("request failed", exc_info=fault)
            if responded:
                raise ConnectionAbortedError from None
            await render(problem, parse_language(headers.get("accept-language")), instance=scope["somlos.instance"])(
                scope, receive, send
            )


class _Body:
    """A request body that may not grow past its limit, declared or not."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive, self._limit, self._got = receive, limit, 0

    @property
    def too_large(self) -> bool:
        """Whether more than the limit has come."""
        return self._got > self._limit

    def check_declared(self, headers: Headers) -> None:
        """Raises BodyTooLarge before a byte is read."""
        declared = headers.get("content-length", "0")
        if declared.isdigit() and int(declared) > self._limit:
            raise BodyTooLarge

    async def receive(self) -> Message:
        """The next part. Raises BodyTooLarge."""
        message = await self._receive()
        self._got += len(message.get("body", b""))
        if self.too_large:
            raise BodyTooLarge
        return message


def template(scope: Scope) -> str:
    """The path template of the route that answered, or `unmatched`."""
    route = scope.get("route")
    return str(getattr(route, "path", None) or "unmatched")


def _request_id(given: str | None) -> UUID:
    try:
        return UUID(given or "")
    except ValueError:
        return new_id()
