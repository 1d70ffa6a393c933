from collections import deque

import pytest

from gateway.edge.errors import ClientGone, HeadersTooLarge, TooManyRequests
from gateway.edge.limits import Body, Rate, RateLimit, check_headers
from shared.bodies import BodyTooLarge


class Stopwatch:
    def __init__(self):
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_caller_may_ask_in_bursts_and_then_at_its_rate():
    watch = Stopwatch()
    limit = RateLimit(Rate(2, 3), monotonic=watch)
    for _ in range(3):
        limit.take(b"a")
    with pytest.raises(TooManyRequests) as refused:
        limit.take(b"a")
    assert refused.value.retry_after_seconds == 1
    watch.at = 0.5
    limit.take(b"a")
    with pytest.raises(TooManyRequests):
        limit.take(b"a")


def test_rest_gives_no_more_than_the_burst():
    watch = Stopwatch()
    limit = RateLimit(Rate(100, 2), monotonic=watch)
    limit.take(b"a")
    watch.at = 3600
    limit.take(b"a")
    limit.take(b"a")
    with pytest.raises(TooManyRequests):
        limit.take(b"a")


def test_one_callers_haste_is_not_anothers():
    limit = RateLimit(Rate(1, 1), monotonic=Stopwatch())
    limit.take(b"a")
    limit.take(b"b")


def test_a_slow_rate_says_how_long_to_wait():
    limit = RateLimit(Rate(0.1, 1), monotonic=Stopwatch())
    limit.take(b"a")
    with pytest.raises(TooManyRequests) as refused:
        limit.take(b"a")
    assert refused.value.retry_after_seconds == 10


def test_only_so_many_callers_are_remembered():
    limit = RateLimit(Rate(1, 1), monotonic=Stopwatch(), remember=2)
    for caller in (b"a", b"b", b"c"):
        limit.take(caller)
    limit.take(b"a")
    with pytest.raises(TooManyRequests):
        limit.take(b"c")


def test_many_or_long_headers_are_refused():
    check_headers([(b"a", b"b")] * 64)
    with pytest.raises(HeadersTooLarge):
        check_headers([(b"a", b"b")] * 65)
    with pytest.raises(HeadersTooLarge):
        check_headers([(b"a", b"b" * 16 * 1024)])


def body(*pieces: bytes | None, limit: int = 10, declared: int | None = None) -> Body:
    """A chunked body of these pieces; None is the client hanging up."""
    messages = deque(
        {"type": "http.disconnect"}
        if piece is None
        else {"type": "http.request", "body": piece, "more_body": n + 1 < len(pieces)}
        for n, piece in enumerate(pieces)
    )

    async def receive():
        return messages.popleft()

    return Body(receive, limit, declared=declared, chunked=declared is None)


async def test_a_body_is_collected():
    got = body(b"12345", b"", b"67890")
    assert await got.collect() == b"1234567890"
    assert got.complete


async def test_a_chunked_body_is_counted_as_it_comes():
    got = body(b"12345", b"678901", b"never read")
    with pytest.raises(BodyTooLarge):
        await got.collect()
    assert got.too_large
    assert not got.complete


async def test_a_declared_length_is_believed_only_when_it_is_too_much():
    assert body(b"x", declared=11).too_large
    lying = body(b"12345678901", declared=1)
    with pytest.raises(BodyTooLarge):
        await lying.collect()


async def test_a_client_that_hangs_up_leaves_no_half_body():
    got = body(b"123", None)
    with pytest.raises(ClientGone):
        await got.collect()
    assert got.gone


async def test_no_body_is_not_waited_for():
    async def receive():
        raise AssertionError("nothing to receive")

    empty = Body(receive, 10, declared=None, chunked=False)
    assert empty.is_empty
    assert await empty.collect() == b""
