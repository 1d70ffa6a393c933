"""Pushing a login request."""

from typing import Any

import pytest

from tests.deploy.issuer.parties import GOOD, IDPORTEN, Citizens, refused


async def test_a_pushed_request_gets_a_name_for_two_minutes(citizens: Citizens) -> None:
    answer = await citizens.push()
    assert answer.status_code == 201
    assert answer.json()["expires_in"] == 120
    assert answer.json()["request_uri"].startswith("urn:idporten:")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"response_type": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"prompt": "none"}, "invalid_request"),
        ({"request": "a.b.c"}, "request_not_supported"),
        ({"request_uri": "urn:idporten:x"}, "invalid_request"),
        ({"redirect_uri": None}, "invalid_request"),
        ({"redirect_uri": "http://localhost:8090/callback/more"}, "invalid_request"),
        ({"redirect_uri": "https://evil.example/callback"}, "invalid_request"),
        ({"redirect_uri": "http://127.0.0.1:4711/elsewhere"}, "invalid_request"),
        ({"redirect_uri": "http://127.0.0.1:notaport/callback"}, "invalid_request"),
        ({"redirect_uri": "http://127.0.0.1.evil.example:80/callback"}, "invalid_request"),
        ({"redirect_uri": "http://evil.example@127.0.0.1:80/callback"}, "invalid_request"),
        ({"redirect_uri": "https://127.0.0.1:4711/callback"}, "invalid_request"),
        ({"redirect_uri": "http://localhost:4711/callback"}, "invalid_request"),
        ({"scope": None}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"scope": "openid somlos:profile.read"}, "invalid_scope"),
        ({"state": None}, "invalid_request"),
        ({"nonce": None}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge": GOOD["code_challenge"] + "="}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"acr_values": "Level4"}, "invalid_request"),
        ({"resource": "gateway"}, "invalid_target"),
        ({"resource": "http://localhost:8080#part"}, "invalid_target"),
        ({"state": ["one", "two"]}, "invalid_request"),
    ],
)
async def test_a_request_is_refused_before_the_person_is_involved(
    citizens: Citizens, change: dict[str, Any], error: str
) -> None:
    assert refused(await citizens.push(**change), 400, error)


@pytest.mark.parametrize("port", [1024, 49152])
async def test_a_program_on_the_persons_own_machine_may_listen_on_any_port(citizens: Citizens, port: int) -> None:
    assert (await citizens.push(redirect_uri=f"http://127.0.0.1:{port}/callback")).status_code == 201


@pytest.mark.parametrize("client_id", ["nobody", "somlos-demo", "somlos-hamar"])
async def test_a_client_that_does_not_prove_itself_is_refused(citizens: Citizens, client_id: str) -> None:
    assert refused(await citizens.push(client_id=client_id), 401, "invalid_client")


async def test_a_request_without_a_client_is_refused(citizens: Citizens) -> None:
    assert refused(await citizens.push(client_id=None), 400, "invalid_request")


async def test_a_confidential_client_may_use_its_key(citizens: Citizens) -> None:
    assert (await citizens.push(**citizens.proof())).status_code == 201


async def test_a_confidential_client_may_use_its_secret(citizens: Citizens) -> None:
    assert (await citizens.push(client_id=None, headers=citizens.basic())).status_code == 201


async def test_a_wrong_secret_is_refused_with_a_challenge(citizens: Citizens) -> None:
    answer = await citizens.push(client_id=None, headers=citizens.basic("guess"))
    assert refused(answer, 401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic ")


@pytest.mark.parametrize("header", ["Basic not-base64!", "Basic /w==", "Bearer c29tbG9zLWRlbW86eA=="])
async def test_an_unreadable_authorization_is_refused(citizens: Citizens, header: str) -> None:
    assert refused(await citizens.push(client_id=None, headers={"Authorization": header}), 401, "invalid_client")


async def test_a_secret_of_one_client_does_not_speak_for_another(citizens: Citizens) -> None:
    assert refused(await citizens.push(client_id="somlos-page", headers=citizens.basic()), 401, "invalid_client")


async def test_two_proofs_at_once_are_refused(citizens: Citizens) -> None:
    assert refused(await citizens.push(headers=citizens.basic(), **citizens.proof()), 400, "invalid_request")


async def test_the_public_client_has_no_key_to_prove_itself_with(citizens: Citizens) -> None:
    assert refused(await citizens.push(**{**citizens.proof(), "client_id": "somlos-page"}), 401, "invalid_client")


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "somlos-page"},
        {"sub": None},
        {"aud": f"{IDPORTEN}/token"},
        {"aud": [IDPORTEN, "http://other"]},
        {"exp": 1},
        {"exp": None},
        {"admin": True},
    ],
)
async def test_a_client_assertion_that_says_something_wrong_is_refused(
    citizens: Citizens, claims: dict[str, Any]
) -> None:
    assert refused(await citizens.push(**citizens.proof(**claims)), 401, "invalid_client")


async def test_a_client_assertion_of_another_kind_is_refused(citizens: Citizens) -> None:
    assert refused(await citizens.push(**{**citizens.proof(), "client_assertion_type": "saml"}), 400, "invalid_request")


async def test_a_client_assertion_works_once(citizens: Citizens) -> None:
    proof = citizens.proof()
    assert (await citizens.push(**proof)).status_code == 201
    assert refused(await citizens.push(**proof), 401, "invalid_client")


async def test_only_forms_are_read(citizens: Citizens) -> None:
    assert refused(await citizens.http.post(f"{IDPORTEN}/par", json=GOOD), 400, "invalid_request")


async def test_a_very_long_body_is_refused(citizens: Citizens) -> None:
    assert refused(await citizens.push(state="x" * 20_000), 413, "invalid_request")
