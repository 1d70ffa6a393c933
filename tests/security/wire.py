"""Raw bytes to the door's port, and what comes back: for requests that no client library would send."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

MIB = 1024 * 1024
TYPE = "urn:somlos:problem:"


@dataclass(frozen=True)
class Heard:
    """One answer off the wire. `rest`: what came after it."""

    status: int
    headers: dict[str, str]
    body: bytes
    rest: bytes

    @property
    def problem(self) -> str:
        """The kind of problem. AssertionError when it is none, or not told as one."""
        assert self.headers["content-type"] == "application/problem+json", self
        told: Any = json.loads(self.body)
        assert told["status"] == self.status
        assert told["type"].startswith(TYPE)
        return str(told["type"].removeprefix(TYPE))


class Wire:
    """One connection; what comes back is kept as it comes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self.heard, self.sent = bytearray(), 0
        self._listening = asyncio.create_task(self._listen())

    @property
    def is_closed(self) -> bool:
        """Whether the other side has closed."""
        return self._listening.done()

    async def say(self, data: bytes) -> None:
        """These bytes."""
        self._writer.write(data)
        await self._writer.drain()
        self.sent += len(data)

    async def say_until_answered(self, pieces: Iterable[bytes]) -> None:
        """Piece after piece, until something comes back or nobody listens any more."""
        with suppress(ConnectionError):
            for piece in pieces:
                await self.say(piece)
                if self.heard or self.is_closed:
                    break

    async def drip(self) -> bool:
        """One byte more; whether the other side has closed. For `until`, which asks again and again."""
        with suppress(ConnectionError):
            await self.say(b"a")
        return self.is_closed

    async def hear(self) -> bytes:
        """All that came until the other side closed."""
        await self._listening
        return bytes(self.heard)

    async def close(self) -> None:
        """The end."""
        self._listening.cancel()
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()

    async def _listen(self) -> None:
        with suppress(ConnectionError):
            while data := await self._reader.read(64 * 1024):
                self.heard += data


@asynccontextmanager
async def wire_to(url: str) -> AsyncIterator[Wire]:
    """A connection to the address, closed at the end."""
    place = urlsplit(url)
    wire = Wire(*await asyncio.open_connection(place.hostname, place.port))
    try:
        yield wire
    finally:
        await wire.close()


async def ask(url: str, request: bytes) -> bytes:
    """All that comes back for these bytes until the door closes."""
    async with wire_to(url) as wire:
        await wire.say(request)
        return await wire.hear()


def answers(heard: bytes) -> list[Heard]:
    """The answers in what was heard, one after the other."""
    found: list[Heard] = []
    while heard:
        one = read(heard)
        found.append(one)
        heard = one.rest
    return found


def read(heard: bytes) -> Heard:
    """The first answer in what was heard. AssertionError when there is none."""
    head, found, rest = heard.partition(b"\r\n\r\n")
    assert found, f"no answer: {heard[:200]!r}"
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    status = int(first.split(" ")[1])
    if headers.get("transfer-encoding") == "chunked":
        body, rest = _unchunked(rest)
    else:
        length = int(headers.get("content-length", "0"))
        body, rest = rest[:length], rest[length:]
    return Heard(status, headers, body, rest)


def _unchunked(data: bytes) -> tuple[bytes, bytes]:
    body = b""
    while True:
        size, _, data = data.partition(b"\r\n")
        length = int(size, 16)
        body, data = body + data[:length], data[length + 2 :]
        if length == 0:
            return body, data


def request(method: str, path: str, *headers: str, token: str | None = None, body: bytes = b"") -> bytes:
    """A request as bytes; the length is not added."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: door",
        *([f"Authorization: Bearer {token}"] if token else []),
        *headers,
    ]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body
