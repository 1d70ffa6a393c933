from uuid import uuid4

import pytest

from gateway.delivery.clients.applications import ApplicationsClient
from gateway.delivery.clients.mapping import MappingClient
from gateway.delivery.clients.status import StatusClient
from gateway.delivery.domain.complaint import Holders
from gateway.delivery.events.gateway import Clients
from shared.auth.worker_tokens import WorkerTokens
from shared.domain import NotFound, Unavailable
from shared.http import Client
from tests.gateway.delivery.neighbours import Neighbours
from tests.gateway.delivery.stories import HAMAR, NAV, pseudonym


@pytest.fixture
def neighbours(keys, clock):
    return Neighbours(keys, clock)


@pytest.fixture
async def clients(neighbours, serve, keys, clock):
    url, signer = await serve(neighbours.app()), keys.signer("gateway", clock)
    tokens = WorkerTokens(signer, url)
    made = Clients(
        ApplicationsClient(Client("applications", url, timeout=5), tokens),
        StatusClient(Client("status", url, timeout=5), tokens),
        MappingClient(Client("mapping", url, timeout=5), signer),
        frozenset({NAV}),
    )
    yield made
    await made.close()
    await tokens.close()


async def test_mapping_is_asked_for_the_organisations_own_pseudonym(clients, neighbours):
    child = uuid4()
    assert await clients.mapping.pseudonym(NAV, child) == pseudonym(NAV, child)
    assert neighbours.asked == [{"org": NAV, "persons": [str(child)]}]


async def test_applications_is_asked_for_the_party_with_a_token_for_that_child_alone(clients, neighbours):
    application, child = uuid4(), uuid4()
    neighbours.parties[application] = (HAMAR, child)
    assert await clients.applications.party(application, child) == HAMAR
    assert neighbours.asked == [
        {"audience": "applications", "purpose": "tell-partner", "action": "party.read", "child": str(child)}
    ]


async def test_status_is_asked_for_who_has_a_complaint_with_a_token_for_that_child_alone(clients, neighbours):
    complaint, child = uuid4(), uuid4()
    for appeal in (None, NAV):
        neighbours.holders[complaint] = (HAMAR, appeal, child)
        assert await clients.status.holders(complaint, child) == Holders(HAMAR, appeal)
    assert {(each["audience"], each["purpose"], each["action"], each["child"]) for each in neighbours.asked} == {
        ("status", "tell-partner", "party.read", str(child))
    }


async def test_a_complaint_that_is_gone_is_not_found(clients):
    with pytest.raises(NotFound):
        await clients.status.holders(uuid4(), uuid4())


async def test_an_application_that_is_gone_is_not_found(clients):
    with pytest.raises(NotFound):
        await clients.applications.party(uuid4(), uuid4())


@pytest.mark.parametrize("status", [401, 403, 500, 503])
async def test_a_neighbour_that_cannot_answer_now_is_away(clients, neighbours, status):
    application, child = uuid4(), uuid4()
    neighbours.parties[application], neighbours.status = (HAMAR, child), status
    with pytest.raises(Unavailable):
        await clients.mapping.pseudonym(NAV, child)
    with pytest.raises(Unavailable):
        await clients.applications.party(application, child)
