"""One round of each fault, under load; each returns what it found and raises when anything is lost, doubled in effect or out of order."""

import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial

from shared.kafka.consumer import Consumer
from tests.faults.kafka.brokers import Brokers
from tests.faults.kafka.load import TOPIC, World, at_work, whole, world
from tests.shared.toy import OpenToy
from tests.support.until import until

Fault = Callable[[World], Awaitable[str]]
"""What happens meanwhile; says a figure of its own, or nothing."""


MANY = 150
"""Applications, so three of the relay's batches and more."""


async def under_load(toy: OpenToy, brokers: Brokers, fault: Fault, *, before: int = 60, after: int = 60) -> str:
    """The fault in the middle of the load; then everything must be there once, in order."""
    async with world(toy, brokers) as town:
        async with town.load.running() as load:
            await until(town.effects, deadline=60)  # relay and consumer are at it
            await load.writes(before)
            figure = await fault(town)
            await load.writes(after)
        found = await whole(town)
    return f"{fault.__name__.replace('_', ' ')}: {figure}{found}"


async def the_only_one_is_killed(town: World) -> str:
    """Writes go into the outbox meanwhile."""
    await town.brokers.kill(1)
    await town.load.writes(100)
    return f"back in {await timed(town.brokers.start(1)):.1f} s; "


async def the_only_one_stands_still(town: World) -> str:
    """Longer than the producer waits for an answer."""
    town.brokers.freeze(1)
    try:
        await town.load.writes(1_000)
    finally:
        town.brokers.thaw(1)
    return ""


async def consumers_come_and_go(town: World) -> str:
    """The group shares its partitions anew, again and again, in the middle of batches."""
    for _ in range(3):
        async with AsyncExitStack() as others:
            for _ in range(2):
                other = town.consumer()
                await others.enter_async_context(at_work(other))
                await until(partial(_has_applied, other), deadline=60)
            await town.load.writes(20)
    return ""


def _has_applied(consumer: Consumer) -> bool:
    return consumer.counts.applied > 0


async def a_leader_is_killed(town: World) -> str:
    """The node that leads a partition dies; it comes back after the others have gone on without it."""
    victim = await town.brokers.leader(TOPIC)
    await town.brokers.kill(victim)
    pause = await timed(sends_again(town))
    await town.brokers.start(victim)
    return f"sends again after {pause:.2f} s; "


async def a_leader_is_killed_in_a_batch(town: World) -> str:
    """More waits than the relay takes at a time; the leader dies once the first batch is out."""
    sent = await town.outbox("sent_at is not null")
    await town.load.write_many(MANY)
    await until(partial(_more_are_sent, town, sent), deadline=60)
    return await a_leader_is_killed(town)


async def _more_are_sent(town: World, than: int) -> bool:
    return await town.outbox("sent_at is not null") > than


async def two_are_killed(town: World) -> str:
    """No two have an event: nothing is acknowledged by the topic, writes wait in the outbox, and go out once a second node is back."""
    victims = [node for node in town.brokers.nodes if node != 1]
    await town.brokers.kill(*victims)
    await town.load.writes(20)
    sent = await town.outbox("sent_at is not null")
    await town.load.writes(100)
    assert await town.outbox("sent_at is not null") == sent
    await town.brokers.start(victims[0])
    await sends_again(town)
    await town.brokers.start(victims[1])
    return "nothing sent meanwhile; "


async def one_is_cut_off(town: World) -> str:
    """The node that leads a partition stands still: its connections stay open and nobody answers."""
    victim = await town.brokers.leader(TOPIC)
    town.brokers.freeze(victim)
    try:
        pause = await timed(sends_again(town))
    finally:
        town.brokers.thaw(victim)
    await until(town.brokers.is_whole, deadline=60)
    return f"sends again after {pause:.2f} s; "


async def each_is_restarted(town: World) -> str:
    """As at a change of version: one after the other, each in order."""
    for node in town.brokers.nodes:
        await town.brokers.end(node)
        await sends_again(town)
        await town.brokers.start(node)
    return ""


async def sends_again(town: World) -> None:
    """The relay has sent something that was written after this moment."""
    wanted = (await town.outbox()) + 1
    await until(lambda: _sent_of(town, wanted), deadline=60)


async def _sent_of(town: World, position: int) -> bool:
    newest = f"position = (select position from outbox order by position offset {position - 1} limit 1)"
    return await town.outbox(f"{newest} and sent_at is not null") > 0


async def timed(doing: Awaitable[object]) -> float:
    """How many seconds it took: to be printed."""
    began = time.monotonic()
    await doing
    return time.monotonic() - began
