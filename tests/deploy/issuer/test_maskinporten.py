"""Tokens for organisations, and each way of not getting one."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from joserfc.jws import extract_compact

from tests.deploy.issuer.parties import GATEWAY, MASKINPORTEN, Machines, key_of, refused, sign, verified
from tests.support.clock import MovableClock

JWKS = f"{MASKINPORTEN}/jwk"
HAMAR = {"authority": "iso6523-actorid-upis", "ID": "0192:312482754"}


async def test_the_token_says_which_organisation_and_what_it_may(
    machines: Machines, http: httpx.AsyncClient, clock: MovableClock
) -> None:
    answer = await machines.ask(scope="somlos:profile.read somlos:grants.read", resource=[GATEWAY])
    assert answer.status_code == 200, answer.text
    token = await verified(http, JWKS, answer.json()["access_token"])
    now = int(clock.now().timestamp())
    assert token.claims.pop("jti")
    assert token.claims == {
        "iss": MASKINPORTEN,
        "aud": GATEWAY,
        "consumer": HAMAR,
        "client_id": "somlos-hamar",
        "client_amr": "private_key_jwt",
        "token_type": "Bearer",
        "scope": "somlos:profile.read somlos:grants.read",
        "iat": now,
        "exp": now + 600,
    }
    assert "typ" not in token.header
    assert {name: answer.json()[name] for name in ("token_type", "expires_in", "scope")} == {
        "token_type": "Bearer",
        "expires_in": 600,
        "scope": "somlos:profile.read somlos:grants.read",
    }
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "organisation",
    ["nav", "nav-klageinstans", "hamar", "gjovik", "vaga", "innlandet", "statsforvalter-innlandet", "bodo"],
)
async def test_every_organisation_can_log_in(machines: Machines, organisation: str) -> None:
    assert (await machines.ask(organisation, scope="somlos:applications.read")).status_code == 200


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"iss": None}, "invalid_grant"),
        ({"iss": "somlos-nobody"}, "invalid_grant"),
        ({"iss": "somlos-nav"}, "invalid_grant"),
        ({"aud": None}, "invalid_grant"),
        ({"aud": f"{MASKINPORTEN}/token"}, "invalid_grant"),
        ({"aud": f"{MASKINPORTEN}/"}, "invalid_grant"),
        ({"aud": [MASKINPORTEN, "http://issuer.test/idporten"]}, "invalid_grant"),
        ({"iat": None}, "invalid_grant"),
        ({"exp": None}, "invalid_grant"),
        ({"exp": "soon"}, "invalid_grant"),
        ({"exp": 1}, "invalid_grant"),
        ({"scope": None}, "invalid_scope"),
        ({"scope": " "}, "invalid_scope"),
        ({"scope": "somlos:everything"}, "invalid_scope"),
        ({"scope": "somlos:profile.read somlos:everything"}, "invalid_scope"),
        ({"resource": "gateway"}, "invalid_target"),
        ({"resource": [1]}, "invalid_target"),
        ({"pid": "123"}, "invalid_request"),
        ({"sub": "somlos-hamar"}, "invalid_request"),
        ({"consumer": "312480018"}, "invalid_request"),
        ({"consumer_org": "312480018"}, "invalid_grant"),
    ],
)
async def test_an_assertion_that_is_not_quite_right_is_refused(
    machines: Machines, change: dict[str, Any], error: str
) -> None:
    assert refused(await machines.ask(**change), 400, error)


async def test_the_words_of_a_refusal_are_those_of_the_real_one(machines: Machines) -> None:
    answer = await machines.ask(aud="http://elsewhere")
    assert (
        answer.json()["error_description"] == "Invalid assertion. Client authentication failed. Invalid JWT claim aud"
    )


async def test_an_assertion_may_live_for_two_minutes_and_no_longer(machines: Machines, clock: MovableClock) -> None:
    now = int(clock.now().timestamp())
    assert (await machines.ask(exp=now + 120)).status_code == 200
    assert refused(await machines.ask(exp=now + 121, jti="another"), 400, "invalid_grant")


async def test_an_assertion_from_the_future_is_refused(machines: Machines, clock: MovableClock) -> None:
    now = int(clock.now().timestamp())
    assert (await machines.ask(iat=now + 10, exp=now + 60)).status_code == 200
    assert refused(await machines.ask(iat=now + 11, exp=now + 60, jti="another"), 400, "invalid_grant")


async def test_an_assertion_that_has_expired_is_refused(machines: Machines, clock: MovableClock) -> None:
    assertion = machines.assertion()
    clock.forward(timedelta(seconds=60))
    assert refused(await machines.send(assertion), 400, "invalid_grant")


async def test_an_assertion_works_once(machines: Machines) -> None:
    assert (await machines.ask(jti="once")).status_code == 200
    answer = await machines.ask(jti="once")
    assert refused(answer, 400, "invalid_grant")
    assert answer.json()["error_description"].endswith("Grant is used before")


async def test_an_assertion_without_a_jti_works_once_too(machines: Machines) -> None:
    assertion = machines.assertion(jti=None)
    assert (await machines.send(assertion)).status_code == 200
    assert refused(await machines.send(assertion), 400, "invalid_grant")


async def test_two_clients_may_choose_the_same_jti(machines: Machines) -> None:
    assert (await machines.ask("hamar", jti="the-same")).status_code == 200
    assert (await machines.ask("gjovik", jti="the-same")).status_code == 200


async def test_another_organisations_key_is_refused(machines: Machines, clock: MovableClock) -> None:
    now = int(clock.now().timestamp())
    claims = {"iss": "somlos-nav", "aud": MASKINPORTEN, "scope": "somlos:profile.read", "iat": now, "exp": now + 60}
    assert refused(await machines.send(sign(machines.keys / "hamar.jwk.json", claims)), 400, "invalid_grant")


async def test_a_signature_by_a_stranger_under_a_known_kid_is_refused(machines: Machines, clock: MovableClock) -> None:
    now = int(clock.now().timestamp())
    claims = {"iss": "somlos-hamar", "aud": MASKINPORTEN, "scope": "somlos:profile.read", "iat": now, "exp": now + 60}
    known = jwt_header(machines.assertion())["kid"]
    stranger = RSAKey.generate_key(2048)
    forged = jwt.encode({"alg": "RS256", "kid": known}, claims, stranger, ["RS256"])
    assert refused(await machines.send(forged), 400, "invalid_grant")
    brought = jwt.encode(
        {"alg": "RS256", "kid": known, "jwk": stranger.as_dict(private=False)}, claims, stranger, ["RS256"]
    )
    assert (await machines.send(brought)).status_code == 400


async def test_the_public_key_is_no_shared_secret(machines: Machines) -> None:
    header = {"alg": "HS256", "kid": jwt_header(machines.assertion())["kid"]}
    said = ".".join(in_base64(json.dumps(part).encode()) for part in (header, {"iss": "somlos-hamar"}))
    pem = key_of(machines.keys / "hamar.jwk.json").as_pem(private=False)
    forged = f"{said}.{in_base64(hmac.digest(pem, said.encode(), hashlib.sha256))}"
    assert refused(await machines.send(forged), 400, "invalid_grant")


@pytest.mark.parametrize("header", [{"kid": None}, {"kid": "unknown"}])
async def test_a_key_that_is_not_named_or_not_registered_is_refused(
    machines: Machines, clock: MovableClock, header: dict[str, Any]
) -> None:
    now = int(clock.now().timestamp())
    claims = {"iss": "somlos-hamar", "aud": MASKINPORTEN, "scope": "somlos:profile.read", "iat": now, "exp": now + 60}
    assert refused(await machines.send(sign(machines.keys / "hamar.jwk.json", claims, **header)), 400, "invalid_grant")


@pytest.mark.parametrize("text", ["junk", "a.b.c", "e30.e30.", "e30.W10.x", "æ.ø.å", f"e30.{'W1tb' * 3000}.x"])
async def test_what_is_no_assertion_is_refused(machines: Machines, text: str) -> None:
    assert (await machines.send(text)).json()["error"] in ("invalid_request", "invalid_grant")
    assert (await machines.send(text)).status_code == 400


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"grant_type": None}, "invalid_request"),
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
        ({"assertion": None}, "invalid_request"),
    ],
)
async def test_only_the_jwt_grant_is_there(machines: Machines, change: dict[str, Any], error: str) -> None:
    assert refused(await machines.send(machines.assertion(), **change), 400, error)


async def test_a_supplier_acts_for_an_organisation_that_has_delegated_to_it(
    machines: Machines, http: httpx.AsyncClient
) -> None:
    answer = await machines.ask("supplier", consumer_org="312482754")
    token = await verified(http, JWKS, answer.json()["access_token"])
    assert token.claims["consumer"] == HAMAR
    assert token.claims["supplier"]["ID"] == "0192:312493713"
    assert token.claims["delegation_source"]


@pytest.mark.parametrize(
    "change", [{"consumer_org": "312484129"}, {"consumer_org": "312482754", "scope": "somlos:applications.read"}]
)
async def test_a_supplier_gets_nothing_that_is_not_delegated(machines: Machines, change: dict[str, Any]) -> None:
    assert refused(await machines.ask("supplier", **change), 400, "invalid_grant")


async def test_a_token_may_be_limited_to_a_person_who_has_not_logged_in(
    machines: Machines, http: httpx.AsyncClient
) -> None:
    answer = await machines.ask(pid="14838836047")
    token = await verified(http, JWKS, answer.json()["access_token"])
    assert token.claims["pid"] == "14838836047"
    assert "acr" not in token.claims


async def test_without_a_resource_the_token_has_no_audience(machines: Machines, http: httpx.AsyncClient) -> None:
    assert "aud" not in (await verified(http, JWKS, (await machines.ask()).json()["access_token"])).claims


async def test_the_two_issuers_have_their_own_keys(http: httpx.AsyncClient) -> None:
    kids = [
        (await http.get(address)).json()["keys"][0]["kid"]
        for address in (JWKS, "http://issuer.test/idporten/jwks.json")
    ]
    assert kids[0] != kids[1]


async def test_the_metadata_names_the_endpoints(http: httpx.AsyncClient) -> None:
    metadata = (await http.get(f"{MASKINPORTEN}/.well-known/oauth-authorization-server")).json()
    assert (metadata["issuer"], metadata["token_endpoint"], metadata["jwks_uri"]) == (
        MASKINPORTEN,
        f"{MASKINPORTEN}/token",
        JWKS,
    )


def jwt_header(token: str) -> dict[str, Any]:
    return dict(extract_compact(token.encode()).headers())


def in_base64(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()
