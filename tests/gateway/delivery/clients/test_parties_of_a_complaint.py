"""Whom delivery is told of by status itself: its route, asked as delivery asks it."""

from dataclasses import replace
from uuid import uuid4

import pytest

from gateway.delivery.clients.status import ACTION, PURPOSE
from tests.services.status.complaining import HAMAR_CALLS, complaining
from tests.services.status.events.test_applications import CHILD
from tests.services.status.law import GOVERNOR, HAMAR
from tests.support.callers import worker


@pytest.fixture
async def world(start):
    async with complaining(start) as made:
        yield made


def asking(child, action=ACTION):
    return replace(worker("gateway", child, purpose=PURPOSE), action=action)


async def parties(world, complaint_id, caller):
    return await world.service.get(f"/internal/complaints/{complaint_id}/parties", caller)


async def test_the_appeal_body_is_named_from_the_forwarding_and_the_read_is_logged(world):
    complaint = await world.a_complaint("receipt", "reassessment")
    assert (await parties(world, complaint["id"], asking(CHILD))).json() == {"authority": HAMAR, "appeal": None}
    await world.step(complaint["id"], "forwarding")
    assert (await parties(world, complaint["id"], asking(CHILD))).json() == {"authority": HAMAR, "appeal": GOVERNOR}
    found = await world.service.rows("select distinct reader_kind, what from access_log where purpose = :p", p=PURPOSE)
    assert found == [{"reader_kind": "worker", "what": "complaint-party"}]


async def test_nobody_else_is_told(world):
    complaint = await world.a_complaint()
    for caller in (asking(uuid4()), asking(CHILD, "profile.read"), worker("gateway")):
        assert (await parties(world, complaint["id"], caller)).status_code == 404
    assert (await parties(world, uuid4(), asking(CHILD))).status_code == 404
    for caller, status in ((world.mother, 403), (HAMAR_CALLS, 403), (None, 401)):
        assert (await parties(world, complaint["id"], caller)).status_code == status
