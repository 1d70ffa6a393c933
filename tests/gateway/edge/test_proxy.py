"""What passes between client and service, and what happens when a service does not answer."""

import asyncio
import json
from hashlib import sha256
from uuid import uuid4

import pytest
from aiohttp import web

from gateway.edge.limits import Body
from gateway.edge.proxy import Errand, Proxy, open_session
from gateway.edge.routes import Access, Route
from shared.auth.principals import PUBLIC
from shared.auth.tokens import Signer
from shared.domain import Unavailable
from tests.gateway.inner import held
from tests.gateway.issuer import MOTHER

FACTS, CHILDREN, APPLICATIONS = "/mapping/v1/facts", "/mapping/v1/children", "/applications/v1/applications"


@pytest.fixture
def parent(world):
    world.families.add_parent(MOTHER)
    return world.issuers.citizen()


@pytest.mark.parametrize(
    "name", [b"attachment; filename*=UTF-8''bl%C3%A5.pdf", 'attachment; filename="blå.pdf"'.encode()]
)
async def test_the_name_of_an_attachment_goes_inside_byte_for_byte(world, parent, name):
    request = (
        f"POST {APPLICATIONS}/a/attachments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {parent}\r\n"
        "Connection: close\r\nContent-Length: 1\r\n"
    ).encode()
    await world.ask_by_hand(request + b"Content-Disposition: " + name + b"\r\n\r\nx")
    got = world.said_to("applications")["headers"]["content-disposition"]
    assert got.encode("utf-8", "surrogateescape") == name


async def test_only_known_headers_go_inside(world, parent):
    sent = {
        "Accept": "application/json",
        "Accept-Language": "nn",
        "If-None-Match": '"3"',
        "Cookie": "session=1",
        "Connection": "keep-alive, X-Hop",
        "X-Hop": "1",
        "TE": "trailers",
        "Upgrade": "h2c",
        "Proxy-Authorization": "Basic x",
        "Forwarded": "for=1.2.3.4",
        "X-Forwarded-For": "1.2.3.4",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-User": "someone",
        "X-Real-IP": "1.2.3.4",
        "X-Somlos-Principal": "citizen",
        "x-somlos-subjects": "all",
        "X-HTTP-Method-Override": "DELETE",
        "X-Original-URL": "/internal/decisions",
        "Host": "evil.example",
        "tracestate": "a=b",
        "baggage": "a=b",
    }
    await world.ask("GET", APPLICATIONS, parent, headers=sent)
    got = world.said_to("applications")["headers"]
    assert set(got) <= {
        "host",
        "accept",
        "accept-language",
        "if-none-match",
        "authorization",
        "x-request-id",
        "traceparent",
    }
    assert (got["accept-language"], got["if-none-match"]) == ("nn", '"3"')
    assert got["host"].startswith("127.0.0.1:")
    assert parent not in got["authorization"]


async def test_only_known_headers_come_out(world, parent):
    answer = await world.ask("GET", APPLICATIONS, parent)
    assert answer.headers["etag"] == '"3"'
    assert answer.headers["content-type"].startswith("application/json")
    assert not {"x-secret", "server"} & set(answer.headers)


async def test_what_is_about_a_person_is_never_stored_on_the_way(world, parent):
    assert (await world.ask("GET", APPLICATIONS, parent)).headers["cache-control"] == "no-store"
    assert (await world.ask("GET", FACTS)).headers["cache-control"] == "max-age=60"


async def test_method_path_query_and_body_arrive_as_they_were(world, parent):
    content = json.dumps({"text": "æøå"}).encode()
    application = uuid4()
    sent = {"Content-Type": "application/json", "If-Match": '"2"', "Idempotency-Key": "key-12345"}
    answer = await world.ask(
        "PATCH", f"{APPLICATIONS}/{application}?a=%C3%A6&b=1+2", parent, data=content, headers=sent
    )
    said = answer.json
    assert (said["method"], said["path"], said["length"]) == (
        "PATCH",
        f"{APPLICATIONS}/{application}?a=%C3%A6&b=1+2",
        len(content),
    )
    assert said["digest"] == sha256(content).hexdigest()
    assert {name: said["headers"][name.lower()] for name in sent} == sent


async def test_a_post_without_a_body_has_none_inside(world, parent):
    answer = await world.ask("POST", f"{APPLICATIONS}/{uuid4()}/submission", parent)
    assert answer.json["length"] == 0
    assert answer.json["headers"]["content-length"] == "0"


@pytest.mark.parametrize("chunked", [False, True])
async def test_an_attachment_streams_through(world, parent, chunked):
    content = bytes(range(256)) * 4096 * 4

    async def pieces():
        for start in range(0, len(content), 100_000):
            yield content[start : start + 100_000]

    answer = await world.ask(
        "POST", f"{APPLICATIONS}/{uuid4()}/attachments", parent, data=pieces() if chunked else content
    )
    assert (answer.json["length"], answer.json["digest"]) == (len(content), sha256(content).hexdigest())
    inside = world.said_to("applications")["headers"]
    assert ("content-length" in inside) is not chunked


@pytest.mark.parametrize("chunked", [False, True])
async def test_an_attachment_past_its_limit_is_413_and_never_whole_inside(world, parent, chunked):
    async def pieces():
        for _ in range(13):
            yield b"x" * 1024 * 1024

    content = pieces() if chunked else b"x" * (12 * 1024 * 1024 + 1)
    answer = await world.ask("POST", f"{APPLICATIONS}/{uuid4()}/attachments", parent, data=content)
    assert (answer.status, answer.problem) == (413, "too-large")
    assert not world.services["applications"].seen


async def test_a_large_answer_streams_out_before_it_is_finished(world, parent):
    go_on = asyncio.Event()

    async def reply(request):
        response = web.StreamResponse(
            headers={"Content-Type": "application/pdf", "Content-Disposition": 'attachment; filename="a.pdf"'}
        )
        await response.prepare(request)
        await response.write(b"first")
        await go_on.wait()
        await response.write(b"second")
        await response.write_eof()
        return response

    world.services["applications"].reply = reply
    path = f"{APPLICATIONS}/{uuid4()}/attachments/{uuid4()}"
    async with world.client.get(world.url + path, headers={"Authorization": f"Bearer {parent}"}) as answer:
        assert answer.headers["Content-Disposition"] == 'attachment; filename="a.pdf"'
        assert await answer.content.readany() == b"first"
        go_on.set()
        assert await answer.content.read() == b"second"


async def test_an_answer_that_breaks_off_inside_breaks_off_outside(world, parent):
    async def reply(request):
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"half")
        request.transport.close()
        return response

    world.services["applications"].reply = reply
    got = await world.ask_by_hand(
        f"GET {APPLICATIONS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {parent}\r\n\r\n".encode()
    )
    assert b"content-length: 100" in got
    assert got.endswith(b"half")


async def test_a_services_problem_passes_as_it_is(world, parent):
    async def reply(request):
        return web.json_response(
            {"type": "urn:somlos:problem:stale-version"}, status=412, content_type="application/problem+json"
        )

    world.services["applications"].reply = reply
    answer = await world.ask("PATCH", f"{APPLICATIONS}/{uuid4()}", parent)
    assert (answer.status, answer.problem) == (412, "stale-version")


async def test_a_service_that_refuses_our_token_is_503_not_401(world, parent):
    async def reply(request):
        return web.json_response({}, status=401, headers={"WWW-Authenticate": "Bearer"})

    world.services["applications"].reply = reply
    answer = await world.ask("GET", APPLICATIONS, parent)
    assert (answer.status, answer.problem, answer.headers["retry-after"]) == (503, "unavailable", "5")
    assert "www-authenticate" not in answer.headers


async def test_a_redirect_is_not_followed_and_names_no_inner_address(world, parent):
    async def reply(request):
        return web.Response(status=307, headers={"Location": world.services["applications"].url + APPLICATIONS})

    world.services["applications"].reply = reply
    answer = await world.ask("GET", APPLICATIONS, parent)
    assert (answer.status, answer.headers["location"]) == (307, APPLICATIONS)


async def test_a_service_that_is_away_is_503_and_the_others_go_on(world, parent):
    await world.services["applications"].stop()
    for method in ("GET", "POST"):
        answer = await world.ask(method, APPLICATIONS, parent)
        assert (answer.status, answer.problem, answer.headers["retry-after"]) == (503, "unavailable", "5")
    assert (await world.ask("GET", CHILDREN, parent)).status == 200
    await world.services["applications"].start()
    assert (await world.ask("GET", APPLICATIONS, parent)).status == 200


async def test_a_read_on_a_connection_that_went_stale_is_sent_once_more(world, parent):
    assert (await world.ask("GET", APPLICATIONS, parent)).status == 200
    await world.services["applications"].stop()
    await world.services["applications"].start()
    assert (await world.ask("GET", APPLICATIONS, parent)).status == 200


async def test_a_change_is_never_sent_twice(world, parent):
    async def reply(request):
        request.transport.abort()
        return web.Response()

    world.services["applications"].reply = reply
    answer = await world.ask("POST", f"{APPLICATIONS}/{uuid4()}/submission", parent)
    assert (answer.status, answer.problem) == (503, "outcome-unknown")
    assert len(world.services["applications"].seen) == 1


async def test_a_service_that_never_answers_is_away(world):
    until = asyncio.Event()
    world.services["catalog"].reply = held(until)
    route = Route("GET", "/catalog/v1/services", "catalog", Access.PUBLIC, body_limit=0, timeout_seconds=0.2)
    token = Signer("gateway", world.key, world.clock).token("catalog", PUBLIC)
    errand = Errand(
        route=route,
        path=route.template,
        query=b"",
        headers=[("Authorization", f"Bearer {token}")],
        body=Body(None, 0, declared=None, chunked=False),
        alias={},
    )

    async def send(message):
        raise AssertionError("nothing to send")

    async with open_session() as session:
        with pytest.raises(Unavailable):
            await Proxy(session, {"catalog": world.services["catalog"].url}).carry(errand, None, send)
    until.set()


async def test_an_empty_answer_is_empty(world, parent):
    async def reply(request):
        return web.Response(status=204)

    world.services["applications"].reply = reply
    answer = await world.ask("DELETE", f"{APPLICATIONS}/{uuid4()}/attachments/{uuid4()}", parent)
    assert (answer.status, answer.content) == (204, b"")


async def test_nothing_said_twice(world, parent):
    got = await world.ask_by_hand(
        f"GET {APPLICATIONS} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {parent}\r\n\r\n".encode()
    )
    names = [line.split(b":")[0].lower() for line in got.split(b"\r\n\r\n")[0].split(b"\r\n")[1:]]
    assert len(names) == len(set(names)), names


async def test_a_question_that_breaks_off_has_changed_nothing(world):
    async def reply(request):
        request.transport.abort()
        return web.Response()

    world.services["rights"].reply = reply
    answer = await world.ask("POST", "/rights/v1/evaluations", json={"facts": {}})
    assert (answer.status, answer.problem) == (503, "unavailable")


async def test_a_question_is_asked_without_a_login_and_its_body_passes_the_same_door(world):
    assert (await world.ask("POST", "/rights/v1/evaluations", json={"facts": {}})).status == 200
    for body in (b'{"facts": {"a": NaN}}', b'{"facts": {"a": 1, "a": 2}}', b"{" * 40):
        refused = await world.ask(
            "POST", "/rights/v1/evaluations", data=body, headers={"Content-Type": "application/json"}
        )
        assert (refused.status, refused.problem) == (400, "malformed-request")
    large = await world.ask("POST", "/rights/v1/evaluations", json={"facts": {"a": "x" * 70_000}})
    assert large.status == 413
