"""One HTTP/1.1 connection: uvicorn's, with an end to headers that are slow or endless, and problems in place of plain text."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from shared import logging
from shared.ids import new_id
from shared.known_problems import HEADERS_TOO_LARGE, MALFORMED, TOO_SLOW
from shared.problems import Problem, render
from shared.texts import Lang

HEADER_SECONDS = 10.0
HEADER_BYTES = 32 * 1024
LINGER_SECONDS = 2.0
FRAMING_PER_BYTE = 16  # a chunk of one byte costs six; its extension and the trailers must come out of the rest
_log = logging.get("connection")


class Connection(HttpToolsProtocol):
    """uvicorn bounds neither the time nor the size of a request's headers; this does, and of what frames a chunked body.

    A request that is answered before its body has come (413, 401) has `LINGER_SECONDS` to finish (at most the headers'
    time): a close at once would reset the connection and take the answer with it."""

    def __init__(self, *args: Any, header_seconds: float = HEADER_SECONDS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._header_seconds = header_seconds
        self._timer: asyncio.TimerHandle | None = None
        self._lingering: asyncio.TimerHandle | None = None
        self._in_headers, self._in_body, self._began = True, False, False
        self._received, self._body = 0, 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """The first request must come in time."""
        super().connection_made(transport)
        self._await_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._forget("_timer")
        self._forget("_lingering")
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes of a request, counted."""
        counted = self._in_headers or self._in_body
        if not self._in_body:
            self._await_headers()
        super().data_received(data)
        if self.transport.is_closing():
            return
        self._received += len(data) if counted else 0
        if self._in_headers and self._received > HEADER_BYTES:
            self._refuse(HEADERS_TOO_LARGE)
        elif self._in_body and self._received - self._body > HEADER_BYTES + FRAMING_PER_BYTE * self._body:
            self._refuse(MALFORMED)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._in_headers, self._in_body, self._began, self._received = True, False, True, 0
        self._await_headers()

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header; a trailer is none, so nothing that was checked can be added to."""
        if self._in_headers:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The request is known; its body is the application's to bound."""
        self._forget("_timer")
        self._in_headers, self._in_body, self._began = False, True, False
        self._received, self._body = 0, 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._body += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole."""
        self._in_body = False
        self._forget("_lingering")
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The answer is out."""
        super().on_response_complete()
        if self._in_body and self.cycle.response_complete and not self.transport.is_closing():
            self._lingering = self.loop.call_later(min(LINGER_SECONDS, self._header_seconds), self.transport.close)

    def send_400_response(self, msg: str) -> None:
        """What cannot be read as HTTP."""
        self._refuse(MALFORMED)

    def _await_headers(self) -> None:
        if self._timer is None and not self.transport.is_closing():
            self._timer = self.loop.call_later(self._header_seconds, self._too_slow)

    def _too_slow(self) -> None:
        if self._began:
            self._refuse(TOO_SLOW)
        else:  # nothing was asked, so there is nothing to answer
            self.transport.close()

    def _refuse(self, problem: Problem) -> None:
        """The problem, and the end of the connection. Where an answer has begun, only the end: two answers in one cannot be told apart."""
        if self.transport.is_closing():
            return
        _log.info("connection refused", problem=problem.slug, status=problem.status)
        under_way: RequestResponseCycle | None = self.cycle
        if under_way is None or under_way.response_complete or not under_way.response_started:
            self.transport.write(_rendered(problem))
        if under_way and not under_way.response_complete:
            under_way.disconnected = True
            under_way.message_event.set()
        self.transport.close()

    def _forget(self, name: str) -> None:
        timer: asyncio.TimerHandle | None = getattr(self, name)
        if timer:
            timer.cancel()
            setattr(self, name, None)


def _rendered(problem: Problem) -> bytes:
    answer = render(problem, Lang.NB, instance=new_id().urn)
    closing = [(b"x-content-type-options", b"nosniff"), (b"connection", b"close")]
    lines = [name + b": " + value + b"\r\n" for name, value in (*answer.raw_headers, *closing)]
    return b"".join([STATUS_LINE[problem.status], *lines, b"\r\n", bytes(answer.body)])
