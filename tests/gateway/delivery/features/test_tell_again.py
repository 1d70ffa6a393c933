from datetime import timedelta

import pytest

from gateway.delivery.features.tell_again import tell_again
from shared.auth.principals import worker
from tests.gateway.delivery.stories import HAMAR, NAV, Application, Desk, play
from tests.support.clock import START

UNSENT = "select aggregate_id, version from outbox where topic like 'partner.%' and sent_at is null order by position"


@pytest.fixture
async def told(opened):
    """Two applications to Nav and one to Hamar, all sent."""
    database, applications = await opened("gateway"), [Application(NAV), Application(NAV), Application(HAMAR)]
    await play(database, [each.records() for each in applications], Desk())
    await database.clone.rows("update outbox set sent_at = at")
    return database, applications


async def unsent(database):
    return [(row["aggregate_id"], row["version"]) for row in await database.clone.rows(UNSENT)]


async def test_a_partner_is_told_again_in_order_and_the_others_are_left_alone(told):
    database, (first, second, _) = told
    async with database.begin(worker("gateway")) as tx:
        assert await tell_again(tx, NAV, since=START) == 8
    assert await unsent(database) == [(each.id, number) for each in (first, second) for number in range(1, 5)]


async def test_one_application_may_be_told_again(told):
    database, (first, *_) = told
    async with database.begin(worker("gateway")) as tx:
        assert await tell_again(tx, NAV, since=START, application_id=first.id) == 4
    assert {application for application, _ in await unsent(database)} == {first.id}


async def test_what_was_told_before_that_time_is_left_alone(told):
    database, _ = told
    async with database.begin(worker("gateway")) as tx:
        assert await tell_again(tx, NAV, since=START + timedelta(days=1)) == 0
    assert await unsent(database) == []
