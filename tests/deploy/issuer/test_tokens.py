"""Exchanging the code, and what the tokens say."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.deploy.issuer.parties import GATEWAY, IDPORTEN, MOTHER, Citizens, refused, verified
from tests.support.clock import MovableClock

JWKS = f"{IDPORTEN}/jwks.json"


async def tokens(citizens: Citizens, **change: Any) -> dict[str, Any]:
    answer = await citizens.exchange(await citizens.code(**change))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_the_access_token_is_for_the_resource_and_says_who_and_how_surely(
    citizens: Citizens, http: httpx.AsyncClient, clock: MovableClock
) -> None:
    answer = await tokens(citizens)
    token = await verified(http, JWKS, answer["access_token"])
    now = int(clock.now().timestamp())
    assert token.header["typ"] == "at+jwt"
    assert token.header["alg"] == "RS256"
    assert token.claims.pop("jti")
    assert token.claims.pop("sub") != MOTHER
    assert token.claims == {
        "iss": IDPORTEN,
        "aud": GATEWAY,
        "pid": MOTHER,
        "acr": "idporten-loa-high",
        "client_id": "somlos-page",
        "client_amr": "none",
        "consumer": {"authority": "iso6523-actorid-upis", "ID": "0192:312492342"},
        "scope": "openid profile",
        "iat": now,
        "exp": now + 600,
    }
    assert (answer["token_type"], answer["expires_in"], answer["scope"]) == ("Bearer", 600, "openid profile")


async def test_the_id_token_is_for_the_client(citizens: Citizens, http: httpx.AsyncClient, clock: MovableClock) -> None:
    token = await verified(http, JWKS, (await tokens(citizens, ui_locales="nn"))["id_token"])
    now = int(clock.now().timestamp())
    said = {
        name: token.claims[name]
        for name in ("iss", "aud", "pid", "nonce", "acr", "amr", "locale", "auth_time", "iat", "exp")
    }
    assert token.header["typ"] == "JWT"
    assert said == {
        "iss": IDPORTEN,
        "aud": "somlos-page",
        "pid": MOTHER,
        "nonce": "the-nonce",
        "acr": "idporten-loa-high",
        "amr": ["TestID"],
        "locale": "nn",
        "auth_time": now,
        "iat": now,
        "exp": now + 120,
    }
    assert "sid" not in token.claims


async def test_without_a_resource_the_access_token_has_no_audience(citizens: Citizens, http: httpx.AsyncClient) -> None:
    assert "aud" not in (await verified(http, JWKS, (await tokens(citizens, resource=None))["access_token"])).claims


async def test_two_resources_become_two_audiences(citizens: Citizens, http: httpx.AsyncClient) -> None:
    asked = [GATEWAY, "http://localhost:8099"]
    assert (await verified(http, JWKS, (await tokens(citizens, resource=asked))["access_token"])).claims["aud"] == asked


async def test_the_level_is_substantial_where_nothing_more_is_asked_for(
    citizens: Citizens, http: httpx.AsyncClient
) -> None:
    token = await verified(http, JWKS, (await tokens(citizens, acr_values=None))["access_token"])
    assert token.claims["acr"] == "idporten-loa-substantial"


async def test_a_person_has_the_same_subject_each_time_and_another_one_at_another_client(
    citizens: Citizens, http: httpx.AsyncClient
) -> None:
    here = [(await verified(http, JWKS, (await tokens(citizens))["access_token"])).claims["sub"] for _ in range(2)]
    code = await citizens.code(**citizens.proof())
    there = await verified(http, JWKS, (await citizens.exchange(code, **citizens.proof())).json()["access_token"])
    assert here[0] == here[1] != there.claims["sub"]
    assert there.claims["client_amr"] == "private_key_jwt"


async def test_a_client_that_can_be_told_of_a_logout_gets_the_session_id(
    citizens: Citizens, http: httpx.AsyncClient
) -> None:
    code = await citizens.code(**citizens.proof())
    answer = await citizens.exchange(code, client_id=None, headers=citizens.basic())
    assert (await verified(http, JWKS, answer.json()["id_token"])).claims["sid"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"grant_type": None}, "invalid_request"),
        ({"grant_type": "refresh_token"}, "unsupported_grant_type"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"code": "made-up"}, "invalid_grant"),
        ({"code": None}, "invalid_request"),
        ({"redirect_uri": None}, "invalid_request"),
        ({"redirect_uri": "http://127.0.0.1/callback"}, "invalid_grant"),
        ({"code_verifier": None}, "invalid_request"),
        ({"code_verifier": "another-verifier-of-at-least-forty-three-characters"}, "invalid_grant"),
        ({"code_verifier": "short"}, "invalid_grant"),
    ],
)
async def test_an_exchange_that_is_not_quite_right_is_refused(
    citizens: Citizens, change: dict[str, Any], error: str
) -> None:
    assert refused(await citizens.exchange(await citizens.code(), **change), 400, error)


async def test_a_code_works_once(citizens: Citizens) -> None:
    code = await citizens.code()
    assert (await citizens.exchange(code)).status_code == 200
    assert refused(await citizens.exchange(code), 400, "invalid_grant")


async def test_a_failed_exchange_uses_the_code_up(citizens: Citizens) -> None:
    code = await citizens.code()
    assert refused(await citizens.exchange(code, code_verifier="x" * 43), 400, "invalid_grant")
    assert refused(await citizens.exchange(code), 400, "invalid_grant")


async def test_a_code_expires_after_a_minute(citizens: Citizens, clock: MovableClock) -> None:
    code = await citizens.code()
    clock.forward(timedelta(seconds=60))
    assert refused(await citizens.exchange(code), 400, "invalid_grant")


async def test_a_code_is_no_good_for_another_client(citizens: Citizens) -> None:
    code = await citizens.code()
    assert refused(await citizens.exchange(code, **citizens.proof()), 400, "invalid_grant")


async def test_a_confidential_client_must_prove_itself_to_exchange(citizens: Citizens) -> None:
    code = await citizens.code(**citizens.proof())
    assert refused(await citizens.exchange(code, client_id="somlos-demo"), 401, "invalid_client")
    assert (await citizens.exchange(code, **citizens.proof())).status_code == 200


async def test_the_metadata_names_the_endpoints_and_asks_for_par_and_pkce(http: httpx.AsyncClient) -> None:
    metadata = (await http.get(f"{IDPORTEN}/.well-known/openid-configuration")).json()
    assert metadata["issuer"] == IDPORTEN
    assert metadata["require_pushed_authorization_requests"] is True
    assert metadata["code_challenge_methods_supported"] == ["S256"]
    assert metadata["acr_values_supported"] == ["idporten-loa-substantial", "idporten-loa-high"]
    for name in (
        "authorization_endpoint",
        "pushed_authorization_request_endpoint",
        "token_endpoint",
        "end_session_endpoint",
        "jwks_uri",
    ):
        assert metadata[name].startswith(f"{IDPORTEN}/")


async def test_a_page_on_this_machine_may_call_the_issuer_and_a_page_elsewhere_may_not(http: httpx.AsyncClient) -> None:
    near = await http.get(JWKS, headers={"Origin": "http://localhost:8080"})
    far = await http.get(JWKS, headers={"Origin": "http://localhost.evil.example"})
    assert near.headers["access-control-allow-origin"] == "http://localhost:8080"
    assert "access-control-allow-origin" not in far.headers
