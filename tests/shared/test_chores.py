"""What a worker does by the clock: at start, again and again, and past a database that is away."""

import asyncio

import pytest

from services.rights.worker import definition, judge_again
from shared.chores import Chore, keep_doing
from shared.domain import Unavailable
from tests.support.until import until


async def done(faults, wanted):
    """How many times a chore was begun that meets these faults first."""
    begun, left = [], list(faults)

    async def do(database):
        begun.append(database)
        if left:
            raise left.pop(0)
        return 1

    task = asyncio.create_task(keep_doing(Chore(name="x", do=do, every_seconds=0.001), "the database"))
    await until(lambda: len(begun) >= wanted or task.done())
    task.cancel()
    [fault] = await asyncio.gather(task, return_exceptions=True)
    return begun, fault


async def test_it_is_done_at_start_and_again_and_again():
    begun, _ = await done([], 3)
    assert set(begun) == {"the database"}


async def test_while_the_database_is_away_it_is_left_for_the_next_time():
    begun, _ = await done([Unavailable("database"), OSError()], 3)
    assert len(begun) >= 3


async def test_a_fault_of_ours_ends_it_for_the_supervisor_to_see():
    begun, fault = await done([ValueError("ours")], 2)
    assert (len(begun), type(fault)) == (1, ValueError)


@pytest.mark.parametrize("chore", ["judge again"])
async def test_the_rights_service_judges_again_by_the_clock(start, chore):
    service = await start("rights")
    [found] = [each for each in definition(service.app.state.settings).chores if each.name == chore]
    assert found.do is judge_again
    assert await found.do(service.app.state.database) == 0
    assert len(await service.rows("select 1 from rules_pack")) == 1
