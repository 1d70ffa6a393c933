from pathlib import Path

import pytest
from pydantic import ValidationError

from gateway.edge.inside import trusted
from gateway.settings import Settings

GOOD = {
    "environment": "prod",
    "keys_dir": Path("keys"),
    "signing_key_file": Path("key"),
    "public_url": "https://api.example",
    "idporten_issuer": "https://idporten.example",
    "maskinporten_issuer": "https://maskinporten.example/",
    **{f"{name}_url": "http://inside" for name in ("mapping", "rights", "catalog", "applications", "status")},
}


@pytest.mark.parametrize(
    "changed",
    [
        {"idporten_issuer": "http://localhost:8081/idporten"},
        {"idporten_issuer": "https://localhost:8081/idporten"},
        {"maskinporten_issuer": "http://127.0.0.1:8081/maskinporten"},
        {"public_url": "http://api.example"},
        {"cors_origins": "*"},
        {"cors_origins": "https://front.example,*"},
        {"maskinporten_issuer": "https://idporten.example"},
    ],
)
def test_production_does_not_start_with_what_is_for_one_machine(changed):
    Settings(**GOOD)
    with pytest.raises(ValidationError):
        Settings(**GOOD | changed)


def test_the_audience_is_the_public_address_unless_set():
    assert Settings(**GOOD).accepted_audience == "https://api.example"
    assert Settings(**GOOD, gateway_audience="somlos").accepted_audience == "somlos"


def test_discovery_is_under_the_issuer_unless_set():
    people, organisations = trusted(Settings(**GOOD))
    assert people.discovery_url == "https://idporten.example/.well-known/openid-configuration"
    assert organisations.discovery_url == "https://maskinporten.example/.well-known/oauth-authorization-server"
    people, _ = trusted(Settings(**GOOD, idporten_discovery_url="https://elsewhere.example/about"))
    assert people.discovery_url == "https://elsewhere.example/about"
