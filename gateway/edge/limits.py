"""How much one caller may ask, and how large a request may be."""

import math
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from starlette.types import Receive

from gateway.edge.errors import ClientGone, HeadersTooLarge, TooManyRequests
from shared.bodies import Counted

MAX_HEADERS = 64
MAX_HEADER_BYTES = 16 * 1024
REMEMBERED_CALLERS = 50_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests a second on average, and so many at once."""

    per_second: float
    burst: int


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class RateLimit:
    """A token bucket per caller, in this process's memory: with n gateway processes a caller may reach n times the rate."""

    def __init__(self, rate: Rate, *, monotonic: Callable[[], float], remember: int = REMEMBERED_CALLERS) -> None:
        self._rate, self._monotonic, self._remember = rate, monotonic, remember
        self._buckets: OrderedDict[bytes, _Bucket] = OrderedDict()

    def take(self, caller: bytes) -> None:
        """Counts one request. Raises TooManyRequests with the whole seconds until the next is accepted."""
        now = self._monotonic()
        bucket = self._buckets.get(caller)
        if bucket is None:
            bucket = self._buckets[caller] = _Bucket(self._rate.burst, now)
            if len(self._buckets) > self._remember:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(caller)
            bucket.tokens = min(self._rate.burst, bucket.tokens + (now - bucket.at) * self._rate.per_second)
            bucket.at = now
        if bucket.tokens < 1:
            raise TooManyRequests(max(1, math.ceil((1 - bucket.tokens) / self._rate.per_second)))
        bucket.tokens -= 1


def check_headers(headers: list[tuple[bytes, bytes]]) -> None:
    """Raises HeadersTooLarge when there are too many headers or they are too long together."""
    if len(headers) > MAX_HEADERS or sum(len(name) + len(value) for name, value in headers) > MAX_HEADER_BYTES:
        raise HeadersTooLarge


class Body(Counted):
    """The request's body, counted as it arrives, whatever length it was said to have."""

    def __init__(self, receive: Receive, limit: int, *, declared: int | None, chunked: bool) -> None:
        super().__init__(receive, limit, declared=declared)
        self.declared = declared
        self.is_empty = not chunked and not declared
        self.gone = False
        self.complete = self.is_empty

    async def collect(self) -> bytes:
        """The whole body. Raises BodyTooLarge or ClientGone."""
        return b"".join([piece async for piece in self.pieces()])

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body piece by piece. Raises BodyTooLarge or ClientGone, and remembers which for a caller that only sees a broken stream."""
        self.check()
        more = not self.is_empty
        while more:
            message: Any = await self.receive()
            if message["type"] == "http.disconnect":
                self.gone = True
                raise ClientGone
            piece = message.get("body", b"")
            if piece:
                yield piece
            more = message.get("more_body", False)
        self.complete = True
