"""The code that the demo, the tests and others log in with, against issuers whose clock is the machine's."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from deploy.local.issuer.main import create
from deploy.local.issuer.settings import IssuerSettings
from deploy.local.login import CitizenClient, LoginFailed, log_in_citizen, log_in_machine
from tests.deploy.issuer.parties import GATEWAY, IDPORTEN, MASKINPORTEN, MOTHER, verified


@pytest.fixture
async def today(settings: IssuerSettings) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create(settings))) as client:
        yield client


async def test_a_person_logs_in(today: httpx.AsyncClient) -> None:
    token = await verified(today, f"{IDPORTEN}/jwks.json", await log_in_citizen(today, IDPORTEN, MOTHER, GATEWAY))
    assert (token.claims["pid"], token.claims["aud"], token.claims["acr"]) == (MOTHER, GATEWAY, "idporten-loa-high")


async def test_a_person_logs_in_at_a_client_with_a_key(today: httpx.AsyncClient, state_dir: Path) -> None:
    demo = CitizenClient(
        "somlos-demo", "http://localhost:8090/callback", state_dir / "clients" / "somlos-demo.jwk.json"
    )
    token = await log_in_citizen(today, IDPORTEN, MOTHER, GATEWAY, client=demo, acr="idporten-loa-substantial")
    claims = (await verified(today, f"{IDPORTEN}/jwks.json", token)).claims
    assert (claims["client_id"], claims["acr"]) == ("somlos-demo", "idporten-loa-substantial")


async def test_a_client_keeps_up_with_an_issuer_whose_clock_is_set(today: httpx.AsyncClient, state_dir: Path) -> None:
    await today.post("http://issuer.test/test/clock", json={"offset_seconds": 86_400})
    demo = CitizenClient(
        "somlos-demo",
        "http://localhost:8090/callback",
        state_dir / "clients" / "somlos-demo.jwk.json",
        offset_seconds=86_400,
    )
    assert await log_in_citizen(today, IDPORTEN, MOTHER, GATEWAY, client=demo)


async def test_an_organisation_logs_in(today: httpx.AsyncClient, state_dir: Path) -> None:
    key = state_dir / "clients" / "nav.jwk.json"
    token = await log_in_machine(today, MASKINPORTEN, key, ["somlos:grants.read", "somlos:profile.read"], GATEWAY)
    claims = (await verified(today, f"{MASKINPORTEN}/jwk", token)).claims
    assert (claims["consumer"]["ID"], claims["aud"], claims["scope"]) == (
        "0192:312480018",
        GATEWAY,
        "somlos:grants.read somlos:profile.read",
    )


async def test_a_supplier_logs_in_for_an_organisation(today: httpx.AsyncClient, state_dir: Path) -> None:
    key = state_dir / "clients" / "supplier.jwk.json"
    token = await log_in_machine(
        today, MASKINPORTEN, key, ["somlos:grants.read"], GATEWAY, claims={"consumer_org": "312482754"}
    )
    assert (await verified(today, f"{MASKINPORTEN}/jwk", token)).claims["supplier"]["ID"] == "0192:312493713"


async def test_someone_who_is_not_on_the_page_cannot_log_in(today: httpx.AsyncClient) -> None:
    with pytest.raises(LoginFailed, match="not on the login page"):
        await log_in_citizen(today, IDPORTEN, "01810012345", GATEWAY)


async def test_a_refusal_is_passed_on_in_words(today: httpx.AsyncClient, state_dir: Path) -> None:
    with pytest.raises(LoginFailed, match="invalid_scope"):
        await log_in_machine(
            today, MASKINPORTEN, state_dir / "clients" / "nav.jwk.json", ["somlos:everything"], GATEWAY
        )
    with pytest.raises(LoginFailed, match="invalid_target"):
        await log_in_citizen(today, IDPORTEN, MOTHER, "gateway")
