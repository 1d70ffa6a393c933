"""The by-reference read of a profile, against a server that answers as mapping does."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from fastapi import FastAPI, Request, Response

from services.rights.clients.mapping import MappingClient
from services.rights.domain.profile import State, Stated
from shared.domain import NotFound, Unavailable
from shared.http import Client

CHILD, MOTHER = uuid4(), uuid4()
SAID = ("told", datetime(2026, 11, 24, 9, tzinfo=UTC), date(2026, 11, 24))


def told(value, state="known"):
    return {
        "value": value,
        "state": state,
        "source": "told",
        "speaker": str(MOTHER),
        "said_at": "2026-11-24T09:00:00Z",
        "valid_from": "2026-11-24",
    }


ANSWER = {
    "child_id": str(CHILD),
    "version": 3,
    "as_of": "2026-11-24T09:30:00Z",
    "protected": False,
    "kommunenummer": "3403",
    "facts": {
        "condition_permanent": told(True),
        "care_need_level": told(None, "conflict"),
        "rare_diagnosis": told(None, "withdrawn"),
    },
    "not_known": ["long_term"],
    "guardians": [
        {
            "id": str(MOTHER),
            "household_id": str(uuid4()),
            "facts": {"parent_employed": told(True)},
            "household_facts": {"main_provider_income_in_g": told(3)},
            "not_known": ["can_service_loan"],
        }
    ],
}


class Tokens:
    """Gives a token that names what it was asked for."""

    async def token(self, *, audience, purpose, action, child=None):
        return f"{audience}/{purpose}/{action}/{child}"


@pytest.fixture
async def client_of(serve):
    clients = []

    async def made(app):
        clients.append(MappingClient(Client("mapping", await serve(app), timeout=2.0), Tokens()))
        return clients[-1]

    yield made
    for client in clients:
        await client.close()


def mapping(status=200, body=ANSWER):
    app = FastAPI()
    app.state.asked = []

    @app.get("/internal/children/{child}/profile")
    async def profile(child: str, request: Request, response: Response):
        app.state.asked.append((child, request.headers["authorization"]))
        response.status_code = status
        return body

    return app


async def test_the_profile_comes_with_each_guardians_own_facts_and_home_and_who_said_what_when(client_of):
    app = mapping()
    found = await (await client_of(app)).profile(CHILD)
    assert (found.child_id, found.version) == (CHILD, 3)
    assert found.facts == {
        "condition_permanent": Stated(State.KNOWN, True, *SAID),
        "care_need_level": Stated(State.CONFLICT, None, *SAID),
        "long_term": Stated(State.NOT_KNOWN),
    }
    [guardian] = found.guardians
    assert guardian.id == MOTHER
    assert guardian.facts == {
        "parent_employed": Stated(State.KNOWN, True, *SAID),
        "main_provider_income_in_g": Stated(State.KNOWN, 3, *SAID),
        "can_service_loan": Stated(State.NOT_KNOWN),
    }
    assert app.state.asked == [(str(CHILD), f"Bearer mapping/assess-rights/profile.read/{CHILD}")]


@pytest.mark.parametrize(
    ("status", "error"), [(404, NotFound), (503, Unavailable), (500, Unavailable), (401, Unavailable)]
)
async def test_a_refusal_says_whether_the_child_is_gone_or_mapping_is_away(client_of, status, error):
    client = await client_of(mapping(status, {}))
    with pytest.raises(error):
        await client.profile(CHILD)
