"""A process that stands still inside a transaction holds its locks no longer than the database lets it."""

import pytest
from sqlalchemy import text

from shared.auth.principals import worker
from shared.domain import Unavailable
from tests.faults.kafka.load import rows
from tests.support.until import until

IDLE = "select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'"


async def test_a_transaction_that_stood_still_too_long_is_over_and_its_work_is_done_again(toy):
    database = await toy("status")
    with pytest.raises(Unavailable):
        await stand_still(database)
    assert await database.answers()


async def stand_still(database):
    async with database.begin(worker("status")) as tx:
        await tx.connection.execute(text("set local idle_in_transaction_session_timeout = '50ms'"))
        await until(lambda: is_over(database), deadline=10)
        await tx.connection.execute(text("select 1"))


async def is_over(database):
    return not await rows(database, IDLE)


async def test_every_database_of_ours_ends_what_stands_still_and_what_is_gone(toy):
    database = await toy("status")
    sql = "select name, setting from pg_settings where name in ('idle_in_transaction_session_timeout', 'tcp_keepalives_idle')"
    assert {row["name"]: row["setting"] for row in await rows(database, sql)} == {
        "idle_in_transaction_session_timeout": "30000",
        "tcp_keepalives_idle": "10",
    }
