"""After a database was set back: what is told from now on is later than all that was told, and readers that were set back too hear it again."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from shared.auth.principals import worker
from shared.db import outbox
from shared.db.epoch import raise_all, raise_epoch
from shared.events.mapping import ProfileUpdated
from shared.ids import id_of
from tests.support.clock import START

UNSENT = "select epoch, version from outbox where sent_at is null order by position"


@pytest.fixture
async def told(opened, clock):
    """Three versions of a child, a day apart, all sent; and one event to a partner."""
    database, child = await opened("rights"), uuid4()
    for version in (1, 2, 3):
        async with database.begin(worker("rights")) as tx:
            await tx.emit(ProfileUpdated(child_id=child, version=version), version=version)
        clock.forward(timedelta(days=1))
    await database.clone.rows(
        "insert into outbox (event_id, topic, key, aggregate_id, epoch, version, type, at, data)"
        " values (gen_random_uuid(), 'partner.312480018.events.v1', :child, :child, 1, 1, 't', now(), '{}')",
        child=child,
    )
    await database.clone.rows("update outbox set sent_at = at")
    return database, child


async def unsent(database):
    return [tuple(row.values()) for row in await database.clone.rows(UNSENT)]


async def test_what_is_told_after_a_restore_carries_the_higher_epoch(told):
    database, child = told
    assert (await raise_epoch(database.clone.owner_url)).epoch == 2
    async with database.begin(worker("rights")) as tx:
        await tx.emit(ProfileUpdated(child_id=child, version=2), version=2)
    assert await unsent(database) == [(2, 2)]


async def test_an_epoch_is_never_used_twice_though_the_database_has_forgotten_it(told, tmp_path, monkeypatch):
    database, _ = told
    monkeypatch.setenv("MIGRATION_DATABASE_URL_RIGHTS", database.clone.owner_url)
    kept = tmp_path / "epochs.json"
    assert (await raise_all(["rights"], kept, tell_again_since=None))["rights"].epoch == 2
    await database.clone.rows("update epoch set epoch = 1")  # set back to before the first restore
    assert (await raise_all(["rights"], kept, tell_again_since=None))["rights"].epoch == 3
    assert json.loads(kept.read_text()) == {"rights": 3}


async def test_our_own_services_hear_again_what_they_may_have_lost_and_partners_do_not(told):
    database, _ = told
    raised = await raise_epoch(database.clone.owner_url, tell_again_since=START + timedelta(days=1))
    assert raised.told_again == 2
    assert await unsent(database) == [(1, 2), (1, 3)]


async def test_a_reader_that_asks_gets_what_was_told_before_the_restore_too(told):
    database, child = told
    await raise_epoch(database.clone.owner_url)
    async with database.begin(worker("rights")) as tx:
        await outbox.send_again(tx, child, from_version=2)
    assert await unsent(database) == [(1, 2), (1, 3)]


async def test_the_services_own_role_cannot_raise_it(told):
    database, _ = told
    with pytest.raises(Exception, match="permission denied"):
        await raise_epoch(database.clone.url)


def test_the_id_of_a_happening_is_the_same_each_time_and_another_happenings_is_not():
    one = id_of(START, "application", 1)
    assert one == id_of(START, "application", 1)
    assert one.version == 7
    assert one.variant == "specified in RFC 4122"
    assert len({one, id_of(START, "application", 2), id_of(START + timedelta(microseconds=1), "application", 1)}) == 3
    assert id_of(START + timedelta(days=1), "a") > id_of(START, "b")
