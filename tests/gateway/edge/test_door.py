"""The door from outside: what it refuses before anyone inside hears of it."""

import asyncio
from datetime import timedelta

import pytest

from gateway.edge.headers import INBOUND
from tests.gateway.issuer import MOTHER, MUNICIPALITY, STRANGER
from tests.gateway.world import open_world

FACTS, CHILDREN, GRANTS = "/mapping/v1/facts", "/mapping/v1/children", "/mapping/v1/grants"


def nobody_inside_heard(world) -> bool:
    return not any(service.seen or service.questions for service in world.services.values())


@pytest.mark.parametrize(
    "path",
    [
        "/mapping/v1/../internal",
        "/mapping/v1/%2e%2e/x",
        "/mapping//v1/facts",
        "/mapping/v1%2Ffacts",
        "/mapping/v1\\facts",
        "/mapping/v1%5cfacts",
    ],
)
async def test_tricks_with_the_address_are_400(world, path):
    answer = await world.ask("GET", path)
    assert (answer.status, answer.problem) == (400, "malformed-request")
    assert nobody_inside_heard(world)


async def test_tricks_with_the_address_are_400_on_the_wire(world):
    for target in (
        b"/mapping/v1/../internal/decisions",
        b"//internal/decisions",
        b"/mapping/v1\\facts",
        b"/mapping/v1/%252e%252e/x",
    ):
        got = await world.ask_by_hand(b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert got.startswith(b"HTTP/1.1 400 ")
    assert nobody_inside_heard(world)


@pytest.mark.parametrize(
    "path", [FACTS + "/", "/internal/decisions", "/mapping/internal/decisions", "/mapping", "/openapi.yaml"]
)
async def test_what_is_not_in_the_table_is_404(world, path):
    answer = await world.ask("GET", path)
    assert (answer.status, answer.problem) == (404, "not-found")
    assert nobody_inside_heard(world)


async def test_an_unknown_method_is_405_and_names_the_known_ones(world):
    answer = await world.ask("DELETE", f"{CHILDREN}/abc/profile")
    assert (answer.status, answer.problem, answer.headers["allow"]) == (405, "method-not-allowed", "GET, HEAD, PATCH")


async def test_a_national_id_in_the_address_is_refused_and_not_repeated(world):
    answer = await world.ask("GET", f"{CHILDREN}/{MOTHER}", world.issuers.citizen())
    assert (answer.status, answer.problem) == (400, "national-id-in-address")
    assert MOTHER.encode() not in answer.content
    assert nobody_inside_heard(world)


async def test_no_token_is_401_and_says_so(world):
    answer = await world.ask("GET", CHILDREN)
    assert (answer.status, answer.problem) == (401, "unauthenticated")
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token", error_description="missing"'
    assert nobody_inside_heard(world)


async def test_two_authorization_headers_are_401(world):
    token = world.issuers.citizen().encode()
    line = b"Authorization: Bearer " + token + b"\r\n"
    got = await world.ask_by_hand(
        b"GET /mapping/v1/children HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + line * 2 + b"\r\n"
    )
    assert got.startswith(b"HTTP/1.1 401 ")
    assert b"several_authorization_headers" in got
    assert nobody_inside_heard(world)


async def test_an_expired_token_is_401(world):
    token = world.issuers.citizen(iat=world.issuers.now() - 700, exp=world.issuers.now() - 100)
    answer = await world.ask("GET", CHILDREN, token)
    assert answer.status == 401
    assert 'error_description="expired"' in answer.headers["www-authenticate"]


async def test_a_problem_is_told_in_the_callers_language(world):
    titles = [
        (await world.ask("GET", CHILDREN, headers={"Accept-Language": lang})).json["title"]
        for lang in ("nb", "nn", "en", "de", "no")
    ]
    assert titles == ["Du må logge inn", "Du må logge inn", "You must log in", "Du må logge inn", "Du må logge inn"]


async def test_an_organisation_cannot_use_a_persons_route(world):
    answer = await world.ask("GET", CHILDREN, world.issuers.machine(scope="somlos:profile.read", pid=MOTHER))
    assert (answer.status, answer.problem) == (403, "forbidden")
    assert nobody_inside_heard(world)


async def test_an_organisation_needs_the_routes_own_scope(world):
    for scope in ("somlos:profile.read", "somlos:grants.read.all", "somlos:grants", "SOMLOS:GRANTS.READ"):
        answer = await world.ask("GET", GRANTS, world.issuers.machine(scope=scope))
        assert (answer.status, answer.problem) == (403, "missing-scope")
        assert answer.headers["www-authenticate"] == 'Bearer error="insufficient_scope", scope="somlos:grants.read"'
    assert nobody_inside_heard(world)


async def test_an_issuer_that_is_away_is_503(tmp_path):
    async with open_world(tmp_path) as world:
        world.issuers.away = True
        answer = await world.ask("GET", CHILDREN, world.issuers.citizen())
        assert (answer.status, answer.problem, answer.headers["retry-after"]) == (503, "unavailable", "5")
        assert nobody_inside_heard(world)
        assert (await world.ask("GET", FACTS)).status == 200
        world.issuers.away = False
        world.clock.forward(timedelta(seconds=1))
        world.families.add_parent(MOTHER)
        assert (await world.ask("GET", CHILDREN, world.issuers.citizen())).status == 200


async def test_a_caller_in_haste_is_429_and_others_are_not(tmp_path):
    async with open_world(tmp_path, citizen_rate=0.001, citizen_burst=2) as world:
        for person in (MOTHER, STRANGER):
            world.families.add_parent(person)
        token = world.issuers.citizen()
        assert [(await world.ask("GET", CHILDREN, token)).status for _ in range(2)] == [200, 200]
        asked = len(world.services["mapping"].questions)
        refused = await world.ask("GET", CHILDREN, world.issuers.citizen(jti="another token of the same person"))
        assert (refused.status, refused.problem) == (429, "too-many-requests")
        assert 900 <= int(refused.headers["retry-after"]) <= 1000
        assert len(world.services["mapping"].questions) == asked
        assert (await world.ask("GET", CHILDREN, world.issuers.citizen(STRANGER))).status == 200


async def test_guessing_at_tokens_is_slowed_down(tmp_path):
    async with open_world(tmp_path, public_rate=0.001, public_burst=3) as world:
        statuses = [(await world.ask("GET", CHILDREN, "a.b.c")).status for _ in range(5)]
        assert statuses == [401, 401, 401, 429, 429]
        assert (await world.ask("GET", "/health/live")).status == 200


async def test_large_headers_are_431(world):
    answer = await world.ask("GET", FACTS, headers={"X-Filler": "a" * 17_000})
    assert (answer.status, answer.problem) == (431, "headers-too-large")
    answer = await world.ask("GET", FACTS + "?q=" + "a" * 5000)
    assert (answer.status, answer.problem) == (431, "headers-too-large")
    assert nobody_inside_heard(world)


async def test_a_body_past_the_limit_is_413_before_anyone_inside_hears(world):
    world.families.add_parent(MOTHER)
    answer = await world.ask(
        "POST", "/applications/v1/applications", world.issuers.citizen(), data=b"x" * (64 * 1024 + 1)
    )
    assert (answer.status, answer.problem) == (413, "too-large")
    assert nobody_inside_heard(world)


async def test_a_body_that_says_it_is_too_large_is_413_before_the_login_is_looked_at(world):
    answer = await world.ask("POST", "/applications/v1/applications", data=b"x" * (64 * 1024 + 1))
    assert (answer.status, answer.problem) == (413, "too-large")


async def test_the_gateways_own_pages_take_no_body(world):
    assert (await world.ask("GET", "/health/live", data=iter_bytes(b"x"))).status == 413


async def test_a_chunked_body_past_the_limit_is_413(world):
    async def endless():
        for _ in range(70):
            yield b"x" * 1024

    answer = await world.ask("POST", "/applications/v1/applications", world.issuers.citizen(), data=endless())
    assert (answer.status, answer.problem) == (413, "too-large")
    assert nobody_inside_heard(world)


async def test_a_read_has_no_body(world):
    assert (await world.ask("GET", FACTS, data=b"x")).status == 413
    assert (await world.ask("GET", FACTS, data=iter_bytes(b"x"))).status == 413
    assert nobody_inside_heard(world)


async def iter_bytes(*pieces: bytes):
    for piece in pieces:
        yield piece


async def test_a_client_that_hangs_up_in_its_body_leaves_nothing_inside(world):
    _, writer = await asyncio.open_connection("127.0.0.1", world.port)
    token = world.issuers.citizen().encode()
    writer.write(
        b"POST /applications/v1/applications HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nAuthorization: Bearer "
        + token
        + b"\r\n\r\nhalf"
    )
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert (await world.ask("GET", FACTS)).status == 200
    assert not world.services["applications"].seen


async def test_every_answer_is_closed_to_browsers_tricks(world):
    world.families.add_parent(MOTHER)
    for path, token in (
        (FACTS, None),
        (CHILDREN, world.issuers.citizen()),
        (CHILDREN, None),
        ("/nothing", None),
        ("/health/live", None),
    ):
        answer = await world.ask("GET", path, token)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
        assert len(answer.headers["x-request-id"]) == 36
        assert "server" not in answer.headers


async def test_only_listed_origins_may_call_from_a_browser(world):
    asked = {"Access-Control-Request-Method": "PATCH"}
    allowed = await world.ask("OPTIONS", f"{CHILDREN}/abc/profile", headers=asked | {"Origin": "https://front.example"})
    assert allowed.status == 204
    assert allowed.headers["access-control-allow-origin"] == "https://front.example"
    assert allowed.headers["access-control-allow-methods"] == "GET, HEAD, PATCH"
    assert INBOUND - {b"accept", b"if-range"} <= {
        name.strip().lower().encode() for name in allowed.headers["access-control-allow-headers"].split(",")
    }
    assert "access-control-allow-credentials" not in allowed.headers
    other = await world.ask("OPTIONS", f"{CHILDREN}/abc/profile", headers=asked | {"Origin": "https://evil.example"})
    assert other.status == 405
    for origin, told in (
        ("https://front.example", "https://front.example"),
        ("https://evil.example", None),
        ("null", None),
        ("*", None),
    ):
        answer = await world.ask("GET", FACTS, headers={"Origin": origin})
        assert answer.headers.get("access-control-allow-origin") == told
        assert "Origin" in answer.headers["vary"]
    refused = await world.ask("GET", CHILDREN, headers={"Origin": "https://front.example"})
    assert (refused.status, refused.headers["access-control-allow-origin"]) == (401, "https://front.example")


async def test_a_request_id_is_kept_only_when_it_can_say_nothing_about_anyone(world):
    given = "0197c0de-0000-7000-8000-000000000001"
    assert (await world.ask("GET", FACTS, headers={"X-Request-Id": given})).headers["x-request-id"] == given
    assert world.said_to("mapping")["headers"]["x-request-id"] == given
    assert (await world.ask("GET", FACTS, headers={"X-Request-Id": MOTHER})).headers["x-request-id"] != MOTHER
    refused = await world.ask("GET", "/nothing", headers={"X-Request-Id": given})
    assert refused.json["instance"] == f"urn:uuid:{given}"


async def test_public_routes_look_at_no_login(world):
    for token in (None, "rubbish", world.issuers.citizen()):
        answer = await world.ask("GET", FACTS, token)
        assert answer.status == 200
        assert answer.json["principal"]["kind"] == "public"
    assert not world.services["mapping"].questions


async def test_an_organisations_list_needs_no_decision(world):
    answer = await world.ask("GET", GRANTS, world.issuers.machine(scope="somlos:grants.read other:scope"))
    assert answer.json["principal"] == {
        "kind": "machine",
        "id": MUNICIPALITY,
        "org": MUNICIPALITY,
        "scopes": ["somlos:grants.read"],
        "purpose": "follow-up",
        "action": "grant.read",
        "subjects": {},
        "law_version": None,
    }
    assert not world.services["mapping"].questions
