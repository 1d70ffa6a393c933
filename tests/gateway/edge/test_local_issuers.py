"""The issuers of one machine and the gateway understand each other."""

import httpx
import pytest

from deploy.local.issuer.main import create
from deploy.local.issuer.settings import IssuerSettings
from deploy.local.login import log_in_citizen, log_in_machine
from deploy.local.register.people import PEOPLE_FILE
from tests.gateway.issuer import AUDIENCE
from tests.gateway.world import open_world

ISSUER = "http://issuer.example"
MOTHER = "14838836047"


@pytest.fixture(scope="module")
async def issued(tmp_path_factory):
    """A gateway that trusts the local issuers, and an outside client of theirs."""
    folder = tmp_path_factory.mktemp("issuers")
    http: httpx.AsyncClient | None = None

    async def fetch(url):
        answer = await http.get(url)
        return answer.json()

    issuers = {"idporten_issuer": f"{ISSUER}/idporten", "maskinporten_issuer": f"{ISSUER}/maskinporten"}
    async with open_world(folder, fetch, **issuers) as world:
        app = create(IssuerSettings(issuer_url=ISSUER, state_dir=folder), world.clock)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as http:
            yield world, http, folder


async def test_a_person_who_logs_in_gets_through_the_door(issued):
    world, http, _ = issued
    assert MOTHER in PEOPLE_FILE.read_text(encoding="utf-8")
    person = world.families.add_parent(MOTHER)
    token = await log_in_citizen(http, f"{ISSUER}/idporten", MOTHER, AUDIENCE)
    answer = await world.ask("GET", "/mapping/v1/children", token)
    assert (answer.status, answer.json["principal"]["id"]) == (200, str(person))


async def test_an_organisations_system_gets_through_the_door(issued):
    world, http, folder = issued
    key = folder / "clients" / "hamar.jwk.json"
    now = int(world.clock.now().timestamp())
    token = await log_in_machine(
        http, f"{ISSUER}/maskinporten", key, ["somlos:grants.read"], AUDIENCE, claims={"iat": now, "exp": now + 100}
    )
    answer = await world.ask("GET", "/mapping/v1/grants", token)
    assert (answer.status, answer.json["principal"]["kind"]) == (200, "machine")


async def test_a_login_for_another_api_does_not(issued):
    world, http, _ = issued
    token = await log_in_citizen(http, f"{ISSUER}/idporten", MOTHER, "https://other.example")
    answer = await world.ask("GET", "/mapping/v1/children", token)
    assert 'error_description="other_audience"' in answer.headers["www-authenticate"]
