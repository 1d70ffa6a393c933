"""A client that costs little: prepared bytes out, a counted answer in, over connections that stay open."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

_LENGTH, _CHUNKED, _END = b"content-length:", b"transfer-encoding:", b"\r\n\r\n"


class Wire(asyncio.Protocol):
    """One HTTP/1.1 connection, one request at a time."""

    def __init__(self) -> None:
        self._got, self._wanted = bytearray(), -1
        self._answer: asyncio.Future[bytes] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps the way out."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own is one by its methods

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever waits learns of it."""
        if self._answer and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("closed before the answer"))

    async def ask(self, request: bytes) -> bytes:
        """The whole answer, head and body. Raises ConnectionError, or ValueError for an answer without a length."""
        assert self._transport is not None
        self._got.clear()
        self._wanted = -1
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def data_received(self, data: bytes) -> None:
        """Counts until the answer is whole."""
        self._got += data
        if self._wanted < 0:
            head = self._got.find(_END)
            if head < 0:
                return
            self._wanted = head + len(_END) + _length(bytes(self._got[:head]).lower())
        if len(self._got) >= self._wanted and self._answer and not self._answer.done():
            self._answer.set_result(bytes(self._got))

    def close(self) -> None:
        """Closes the connection."""
        if self._transport:
            self._transport.close()


def _length(head: bytes) -> int:
    at = head.find(_LENGTH)
    if at < 0:
        raise ValueError("an answer without a length" + (" (chunked)" if _CHUNKED in head else ""))
    return int(head[at + len(_LENGTH) :].split(b"\r\n", 1)[0])


@asynccontextmanager
async def wires(port: int, count: int) -> AsyncIterator[list[Wire]]:
    """So many open connections to a port of this machine."""
    loop = asyncio.get_running_loop()
    opened = [(await loop.create_connection(Wire, "127.0.0.1", port))[1] for _ in range(count)]
    try:
        yield opened
    finally:
        for wire in opened:
            wire.close()


def request(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    if body or method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + _END + body


@dataclass(frozen=True, slots=True)
class Taken:
    """How long a number of requests took, in all and each, in seconds."""

    seconds: float
    each: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.each) / self.seconds


async def send_all(open_wires: list[Wire], requests: Iterable[bytes], *, expected: int = 200) -> Taken:
    """Sends every request once, as many at a time as there are connections. RuntimeError for any other status than expected."""
    left, each = iter(requests), []
    good = f"HTTP/1.1 {expected} ".encode()

    async def work(wire: Wire) -> None:
        for next_one in left:
            began = time.perf_counter()
            answer = await wire.ask(next_one)
            each.append(time.perf_counter() - began)
            if not answer.startswith(good):
                raise RuntimeError(answer[:1500].decode("utf-8", "replace"))

    began = time.perf_counter()
    await asyncio.gather(*(work(wire) for wire in open_wires))
    return Taken(time.perf_counter() - began, tuple(each))


def for_a_while(one: bytes, seconds: float) -> Iterable[bytes]:
    """The same request again and again, until the time is over."""
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        yield one
