"""Keys, the clock, what is only there in tests."""

import json
import stat
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from joserfc.jwk import RSAKey

from deploy.local.issuer.main import create
from deploy.local.issuer.settings import IssuerSettings
from shared.settings import Environment
from tests.deploy.issuer.parties import MASKINPORTEN, Machines, refused, verified
from tests.support.clock import MovableClock


def kid(app: FastAPI) -> str:
    return str(app.state.idporten.issuer.key.kid)


def test_the_keys_outlive_a_restart(app: FastAPI, settings: IssuerSettings) -> None:
    again = create(settings)
    assert kid(again) == kid(app)
    assert (
        again.state.maskinporten.clients["somlos-nav"].keys.keys[0].kid
        == app.state.maskinporten.clients["somlos-nav"].keys.keys[0].kid
    )


def test_a_key_is_known_by_its_thumbprint(app: FastAPI) -> None:
    assert kid(app) == RSAKey.import_key(app.state.idporten.issuer.key.as_dict(private=False)).thumbprint()


def test_nobody_else_can_read_a_key(app: FastAPI, state_dir: Path) -> None:
    files = [*(state_dir / "clients").iterdir(), *(state_dir / "issuer").iterdir()]
    assert {path.name for path in files} >= {
        "nav.jwk.json",
        "hamar.jwk.json",
        "somlos-demo.jwk.json",
        "somlos-demo.secret",
        "idporten.jwk.json",
    }
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_clients_key_file_names_its_client(app: FastAPI, state_dir: Path) -> None:
    assert json.loads((state_dir / "clients" / "hamar.jwk.json").read_text())["client_id"] == "somlos-hamar"


def test_the_issuer_does_not_start_in_production(settings: IssuerSettings) -> None:
    with pytest.raises(SystemExit, match="prod"):
        create(settings.model_copy(update={"environment": Environment.PROD}))


def test_further_redirect_addresses_come_from_the_settings(settings: IssuerSettings) -> None:
    app = create(
        settings.model_copy(update={"gateway_port": 18080, "issuer_redirect_uris": "http://localhost:5173/callback, "})
    )
    addresses = app.state.idporten.clients["somlos-page"].redirect_uris
    assert {"http://localhost:5173/callback", "http://localhost:18080/callback"} <= addresses
    assert "http://localhost:5173/callback" not in app.state.idporten.clients["somlos-demo"].redirect_uris


def test_a_bad_file_is_named_with_its_fault(settings: IssuerSettings, tmp_path: Path) -> None:
    bad = tmp_path / "organisations.yaml"
    bad.write_text("organisations: [{key: x}]")
    with pytest.raises(ValueError, match=r"(?s)organisations\.yaml.*orgnr") as fault:
        create(settings.model_copy(update={"organisations_file": bad}))
    assert str(bad) in str(fault.value)


async def test_a_test_can_set_the_issuers_clock(
    machines: Machines, http: httpx.AsyncClient, clock: MovableClock
) -> None:
    assert (await http.post("/test/clock", json={"offset_seconds": 3600})).status_code == 200
    assert refused(await machines.ask(), 400, "invalid_grant")
    later = int(clock.now().timestamp()) + 3600
    token = (await machines.ask(iat=later, exp=later + 60)).json()["access_token"]
    assert (await verified(http, f"{MASKINPORTEN}/jwk", token)).claims["iat"] == later


async def test_outside_tests_the_clock_cannot_be_set_and_no_token_is_minted(settings: IssuerSettings) -> None:
    app = create(settings.model_copy(update={"issuer_test": False}))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://issuer.test") as http:
        assert (await http.post("/test/clock", json={"offset_seconds": 1})).status_code == 404
    assert not [route for route in app.routes if "/test" in getattr(route, "path", "")]


async def test_the_issuer_says_that_it_is_up(http: httpx.AsyncClient) -> None:
    for path in ("/health/live", "/health/ready"):
        assert (await http.get(path)).json() == {"status": "up"}


async def test_the_address_by_itself_says_what_this_is(http: httpx.AsyncClient) -> None:
    page = await http.get("/", headers={"Accept-Language": "en"})
    assert "two issuers" in page.text
    for link in ("idporten/.well-known/openid-configuration", "maskinporten/.well-known/oauth-authorization-server"):
        assert f'href="{link}"' in page.text
        assert (await http.get(link)).status_code == 200
