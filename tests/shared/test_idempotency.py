"""Creating once: the key's row lives and dies with the effect."""

from uuid import uuid4

import pytest

from shared.db.idempotency import IdempotencyKey, Remembered, remember, remembered
from shared.domain import DomainError
from shared.problems import IdempotencyBusy, IdempotencyMismatch
from tests.support.callers import citizen

KEY = IdempotencyKey("my-own-key", b"print")


async def create(database, caller, key=KEY):
    async with database.begin(caller) as tx:
        if found := await remembered(tx, key):
            return found
        await remember(tx, key, resource_id="r-1", etag='"1"')
        return None


async def test_the_second_request_gets_what_the_first_made(toy):
    database, me = await toy("rights"), citizen()
    assert await create(database, me) is None
    assert await create(database, me) == Remembered(201, "r-1", '"1"')


async def test_a_key_with_another_request_is_refused(toy):
    database, me = await toy("rights"), citizen()
    await create(database, me)
    with pytest.raises(IdempotencyMismatch):
        await create(database, me, IdempotencyKey(KEY.value, b"other"))


async def test_another_callers_key_is_another_key(toy):
    database = await toy("rights")
    await create(database, citizen())
    assert await create(database, citizen(), IdempotencyKey(KEY.value, b"other")) is None


async def test_while_the_first_is_under_way_the_second_is_told_so(toy):
    database, me = await toy("rights"), citizen()
    async with database.begin(me) as tx:
        assert await remembered(tx, KEY) is None
        with pytest.raises(IdempotencyBusy):
            await create(database, me)
        await remember(tx, KEY, resource_id="r-1")
    assert (await create(database, me)).resource_id == "r-1"


async def test_a_first_that_failed_leaves_the_key_free(toy):
    database, me = await toy("rights"), citizen()

    async def fail():
        async with database.begin(me) as tx:
            await remembered(tx, KEY)
            await remember(tx, KEY, resource_id="r-0")
            raise DomainError

    with pytest.raises(DomainError):
        await fail()
    assert await create(database, me) is None


async def test_a_process_that_is_killed_leaves_nothing_stuck(toy):
    database, me = await toy("rights"), citizen(uuid4())
    tx = database.begin(me)
    open_transaction = await tx.__aenter__()
    await remembered(open_transaction, KEY)
    await database.clone.rows(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    )
    assert await create(database, me) is None
    with pytest.raises(DomainError):
        await tx.__aexit__(None, None, None)
