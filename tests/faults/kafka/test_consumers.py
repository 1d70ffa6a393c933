"""Consumers join, leave and stand still in the middle of a batch: each effect once, in order, and no key is held up afterwards."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

from shared.kafka.consumer import Consumer
from shared.kafka.relay import Relay
from tests.faults.kafka.load import Load, World, at_work, say, settings, whole
from tests.shared.toy import PROJECTION, on_step
from tests.support.deliveries import SilentResend
from tests.support.until import until


class Gate:
    """A listener that stops at its first events, inside their transaction, until it is opened."""

    def __init__(self):
        self.held, self.open = 0, asyncio.Event()

    async def on(self, tx, event, prepared):
        self.held += 1
        await self.open.wait()
        await on_step(tx, event, prepared)

    def consumer(self, town):
        subscriptions = tuple(replace(one, on=self.on) for one in PROJECTION)
        return Consumer(town.target, settings(town.brokers, "status"), subscriptions, clients=None, resend=town.resend)


@asynccontextmanager
async def with_a_held_consumer(toy, brokers):
    """Load, and a consumer that is in the middle of a batch."""
    gate, source, target = Gate(), await toy("applications"), await toy("status")
    relay = Relay("applications", source.clone.url, settings(brokers, "applications"))
    town = World(source, target, brokers, Load(source), relay, SilentResend())
    async with at_work(relay, gate.consumer(town)):
        async with town.load.running() as load:
            await until(lambda: gate.held >= 1, deadline=30)
            await load.writes(40)
            yield town, gate
        say(await whole(town))


async def test_a_second_consumer_joins_while_the_first_is_in_the_middle_of_a_batch(toy, lone):
    async with with_a_held_consumer(toy, lone) as (town, gate):
        second = town.consumer()
        async with at_work(second):
            await until(lambda: second.counts.applied, deadline=30)
            gate.open.set()
            await town.load.writes(40)
