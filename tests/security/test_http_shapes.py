"""Requests that two readers would read as two, that never end, or that grow: each gets one clear refusal from the door, and nothing behind it hears."""

import gzip

import pytest

from tests.security.outside import open_outside
from tests.security.strangers import good_request
from tests.security.wire import MIB, answers, ask, read, request, wire_to
from tests.support.asking.table import MOTHER
from tests.support.until import until

FACTS, CHILDREN, APPLICATIONS = "/mapping/v1/facts", "/mapping/v1/children", "/applications/v1/applications"
SOON = 0.5
JSON = "Content-Type: application/json"


@pytest.fixture
def url(outside):
    return str(outside.http.base_url)


@pytest.fixture(scope="module")
async def impatient(town):
    """The same town behind a door that waits for half a second."""
    async with open_outside(town, header_seconds=SOON, request_seconds=SOON, upload_seconds=SOON) as opened:
        yield opened


@pytest.fixture
def mother(outside):
    """Her login."""
    return outside.person(MOTHER)


# What a second reader would take for another request; it must never be answered as one.
SECOND = b"GET /mapping/v1/facts HTTP/1.1\r\nHost: door\r\n\r\n"
POST = b"POST /applications/v1/applications HTTP/1.1\r\nHost: door\r\nContent-Type: application/json\r\n"
GET = b"GET /mapping/v1/facts HTTP/1.1\r\nHost: door\r\n"
NO_HTTP = {
    "a length and chunks": POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SECOND,
    "chunks and a length": POST + b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n" + SECOND,
    "two lengths": POST + b"Content-Length: 2\r\nContent-Length: 51\r\n\r\n{}" + SECOND,
    "the same length twice": POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}" + SECOND,
    "a list of lengths": POST + b"Content-Length: 2, 2\r\n\r\n{}" + SECOND,
    "a length with a sign": POST + b"Content-Length: +2\r\n\r\n{}" + SECOND,
    "a negative length": POST + b"Content-Length: -2\r\n\r\n{}" + SECOND,
    "a length in hexadecimal": POST + b"Content-Length: 0x2\r\n\r\n{}" + SECOND,
    "a length past every number": POST + b"Content-Length: 99999999999999999999999999\r\n\r\n{}" + SECOND,
    "a coding that is nearly chunked": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SECOND,
    "chunked, and then something else": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + SECOND,
    "a space before the colon": POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + SECOND,
    "a header that goes on in the next line": GET + b"X-A: b\r\n c\r\n\r\n",
    "a header without a name": GET + b": b\r\n\r\n",
    "a zero in a header": GET + b"X-A: a\x00b\r\n\r\n",
    "a lone carriage return in a header": GET + b"X-A: a\rTransfer-Encoding: chunked\r\n\r\n",
    "a chunk size that is none": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n" + SECOND,
    "a negative chunk size": POST + b"Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n" + SECOND,
    "a chunk size past every number": POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 20 + b"\r\n{}\r\n" + SECOND,
    "a chunk longer than it says": POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n" + SECOND,
    "an unknown method": b"SMUGGLE /mapping/v1/facts HTTP/1.1\r\nHost: door\r\n\r\n",
    "another version": b"GET /mapping/v1/facts HTTP/3.7\r\nHost: door\r\n\r\n",
    "the preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a TLS hello": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 40 + b"\r\n\r\n",
    "a tunnel": b"CONNECT mapping:8101 HTTP/1.1\r\nHost: mapping:8101\r\n\r\n",
    "a space in the address": b"GET /mapping/v1/facts HTTP/1.1 HTTP/1.1\r\nHost: door\r\n\r\n",
}


@pytest.mark.parametrize("shape", NO_HTTP)
async def test_what_two_readers_would_read_as_two_requests_is_one_refusal(url, shape):
    [only] = answers(await ask(url, NO_HTTP[shape]))
    assert (only.status, only.problem, only.headers["connection"]) == (400, "malformed-request", "close")


ADDRESSES = [
    "/mapping/v1/../../internal/decisions",
    "/mapping/v1/%2e%2e/internal",
    "//mapping/v1/facts",
    "/mapping/v1%2ffacts",
    "/mapping/v1/facts%00",
    "/mapping/v1\\facts",
    "/mapping/v1/facts;a=b",
    "http:///mapping/v1/facts",
    "mapping/v1/facts",
    "*",
]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_an_address_that_is_not_one_plain_path_is_refused(url, address):
    [only] = answers(await ask(url, request("GET", address, "Connection: close")))
    assert (only.status, only.problem) == (400, "malformed-request")


async def test_a_trailer_adds_nothing_to_what_was_checked(url, mother):
    sent = request("POST", APPLICATIONS, JSON, "Transfer-Encoding: chunked", "Connection: close", token=mother)
    [only] = answers(await ask(url, sent + b"2\r\n{}\r\n0\r\nIdempotency-Key: from-a-trailer\r\n\r\n"))
    assert (only.status, only.problem) == (400, "malformed-request")
    assert b"Idempotency-Key" in only.body


# What never ends, or is far too much.
PIECE = b"a" * 64 * 1024


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


async def refusal_of(url, start, piece, times):
    """What the door says to this start and so many pieces, and how many bytes it let come."""
    async with wire_to(url) as wire:
        await wire.say(start)
        await wire.say_until_answered([piece] * times)
        return read(await wire.hear()), wire.sent


@pytest.mark.parametrize("length", ["Content-Length: 104857600", "Transfer-Encoding: chunked"])
@pytest.mark.parametrize("route", [f"POST {APPLICATIONS}", f"POST {APPLICATIONS}/{{application_id}}/attachments"])
async def test_a_hundred_megabytes_are_refused_after_a_fraction(outside, url, length, route):
    good, token = await good_request(outside, route, "citizen")
    headers = {"Content-Type": "application/json", **good.headers}
    start = request("POST", good.path, *(f"{name}: {value}" for name, value in headers.items()), length, token=token)
    answer, sent = await refusal_of(url, start, chunk(PIECE) if "chunked" in length else PIECE, 1600)
    assert (answer.status, answer.problem) in {(413, "too-large"), (413, "file-too-large")}
    assert sent < 40 * MIB


async def test_a_client_that_sends_all_before_it_listens_still_hears_why(outside, mother):
    answer = await outside.http.post(
        APPLICATIONS,
        content=b"a" * 4 * MIB,
        headers={"Authorization": f"Bearer {mother}", "Content-Type": "application/json"},
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "start", [b"GET /mapping/v1/facts HTTP/1.1\r\nX-A: ", b"GET /", b"GET /mapping/v1/facts HTTP/1.1\r\n"]
)
async def test_headers_without_an_end_are_refused(url, start):
    piece = b"X-A: b\r\n" * 4096 if start.endswith(b"\r\n") else PIECE
    answer, sent = await refusal_of(url, start, piece, 1600)
    assert (answer.status, answer.problem) == (431, "headers-too-large")
    assert sent < 4 * MIB


@pytest.mark.parametrize("piece", [b"1;" + b"e" * 4096 + b"\r\na\r\n", b"1\r\na\r\n0\r\n" + PIECE])
async def test_what_frames_a_body_cannot_be_far_longer_than_the_body(url, mother, piece):
    start = request("POST", APPLICATIONS, JSON, "Transfer-Encoding: chunked", token=mother)
    answer, sent = await refusal_of(url, start, piece, 1600)
    assert (answer.status, answer.problem) == (400, "malformed-request")
    assert sent < 4 * MIB


# What comes too slowly.
UPLOAD = APPLICATIONS + "/0197c0de-0000-7000-8000-000000000001/attachments"
SLOW = {
    "a header": b"GET /mapping/v1/facts HTTP/1.1\r\nX-A: ",
    "the first line": b"GET /mapping",
    "a body on a public route": request("GET", FACTS, "Transfer-Encoding: chunked") + b"1;",
    "a body on the gateway's own route": request("GET", "/health/live", "Transfer-Encoding: chunked") + b"1;",
}
SLOW_WITH_LOGIN = {
    "a body": ("POST", APPLICATIONS, "Content-Length: 50000"),
    "a body in chunks": ("POST", APPLICATIONS, "Transfer-Encoding: chunked"),
    "a body on the start page": ("GET", "/overview", "Transfer-Encoding: chunked"),
}


async def dripped(url, start):
    async with wire_to(url) as wire:
        await wire.say(start)
        await until(wire.drip, deadline=15)
        return read(await wire.hear())


@pytest.mark.parametrize("what", [*SLOW, *SLOW_WITH_LOGIN])
async def test_what_drips_in_byte_by_byte_is_ended(impatient, mother, what):
    if what in SLOW:
        start = SLOW[what]
    else:
        method, path, length = SLOW_WITH_LOGIN[what]
        start = request(method, path, JSON, length, token=mother) + (b"1;" if "chunked" in length else b"")
    answer = await dripped(str(impatient.http.base_url), start)
    assert (answer.status, answer.problem) == (408, "too-slow")


async def test_a_file_that_drips_in_is_ended(impatient):
    good, token = await good_request(impatient, f"POST {APPLICATIONS}/{{application_id}}/attachments", "citizen")
    headers = [f"{name}: {value}" for name, value in good.headers.items()]
    start = request("POST", good.path, *headers, "Content-Length: 50000", token=token)
    answer = await dripped(str(impatient.http.base_url), start)
    assert (answer.status, answer.problem) == (408, "too-slow")


async def test_a_body_that_drips_on_after_its_refusal_is_ended(impatient):
    answer = await dripped(str(impatient.http.base_url), request("POST", APPLICATIONS, JSON, "Content-Length: 50000"))
    assert (answer.status, answer.problem) == (401, "unauthenticated")


@pytest.mark.parametrize("said", [b"", b"\r\n"])
async def test_a_connection_on_which_nothing_is_asked_is_closed(impatient, said):
    assert await ask(str(impatient.http.base_url), said) == b""


# What grows.
@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "x-gzip", "identity, gzip"])
@pytest.mark.parametrize("path", [APPLICATIONS, UPLOAD])
async def test_a_compressed_body_is_refused_unread(outside, mother, coding, path):
    bomb = gzip.compress(b'{"free_text": "' + b"a" * 50 * MIB + b'"}', compresslevel=9)[: 60 * 1024]
    headers = {"Authorization": f"Bearer {mother}", "Content-Type": "application/json", "Content-Encoding": coding}
    answer = await outside.http.post(path, content=bomb, headers=headers)
    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "identity")
    assert answer.json()["type"] == "urn:somlos:problem:unsupported-content-encoding"
