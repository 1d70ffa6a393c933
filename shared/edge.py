"""Around every request of a service, as pure ASGI: a span, a log line, a request id and a limit on the body."""

import re
import time
from collections.abc import Mapping
from uuid import UUID

from opentelemetry.trace import SpanKind
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared import logging, telemetry
from shared.bodies import Counted
from shared.ids import new_id
from shared.problems import INTERNAL, TOO_LARGE, render
from shared.texts import parse_language

_SERVER_ERROR = 500
_QUIET = frozenset({"/health/live", "/health/ready"})
log = logging.get("edge")


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
        headers = dict(reversed([*scope["headers"]]))  # of a repeated one the first
        request_id = str(_request_id(headers.get(b"x-request-id")))
        scope["somlos.instance"] = f"urn:uuid:{request_id}"
        status, started = _SERVER_ERROR, time.perf_counter()

        async def tell(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id.encode("ascii"))]
            await send(message)

        with telemetry.span(scope["method"], SpanKind.SERVER, parent=_text(headers.get(b"traceparent"))) as span:
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
                    request_id=request_id,
                )

    async def _safely(self, scope: Scope, receive: Receive, send: Send, headers: Mapping[bytes, bytes]) -> None:
        """The application within the limit; a fault of ours is logged without its text and answered with 500."""
        body = Counted(receive, self.limit_of(scope["path"]), declared=_declared(headers))
        responded = False

        async def watched(message: Message) -> None:
            nonlocal responded
            if not responded:
                body.check()  # whatever the application made of a body that broke off, 413 is the answer
            responded = True
            await send(message)

        try:
            body.check()
            await self._app(scope, body.receive, watched)
        except Exception as fault:
            problem = TOO_LARGE if body.too_large else INTERNAL
            if problem is INTERNAL:
                log.error("request failed", exc_info=fault)
            if responded:
                raise ConnectionAbortedError from None
            lang = parse_language(_text(headers.get(b"accept-language")))
            await render(problem, lang, instance=scope["somlos.instance"])(scope, receive, send)


def _declared(headers: Mapping[bytes, bytes]) -> int | None:
    said = headers.get(b"content-length", b"")
    return int(said) if said.isdigit() else None


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("latin-1")


def template(scope: Scope) -> str:
    """The path template of the route that answered, or `unmatched`."""
    route = scope.get("route")
    return str(getattr(route, "path", None) or "unmatched")


def _request_id(given: bytes | None) -> UUID:
    if given is None:
        return new_id()
    try:
        return UUID(given.decode("latin-1"))
    except ValueError:
        return new_id()
