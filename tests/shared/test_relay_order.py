"""A transaction that commits late has a low position: what follows it of the same aggregate must not overtake it."""

import asyncio
from uuid import uuid4

from shared.auth.principals import worker
from shared.events.mapping import ProfileUpdated
from shared.kafka import connection
from shared.kafka.relay import Relay
from tests.shared.test_relay import kafka_settings, listening, of, tell, versions
from tests.support.until import until


class Halting:
    """Makes producers that stop at their first record until they are told to go on."""

    def __init__(self):
        self.reached, self.go_on = asyncio.Event(), asyncio.Event()

    def __call__(self, kafka):
        producer = connection.producer(kafka)
        send = producer.send

        async def halted(*arguments, **named):
            self.reached.set()
            await self.go_on.wait()
            return await send(*arguments, **named)

        producer.send = halted
        return producer


async def test_a_late_commit_is_not_overtaken_by_what_follows_it_while_batches_are_full(toy, broker):
    database, late, halting = await toy("mapping"), uuid4(), Halting()
    relay = Relay("mapping", database.clone.url, kafka_settings(broker.user("mapping")), batch=2, make_producer=halting)
    async with listening(broker) as found:
        async with database.begin(worker("mapping")) as tx:
            await tx.emit(ProfileUpdated(child_id=late, version=1), version=1)
            await tell(database, uuid4(), 1, 2)
            working = asyncio.create_task(relay.run())
            await asyncio.wait_for(halting.reached.wait(), 20)
        await tell(database, late, 2)
        halting.go_on.set()
        await until(lambda: len(of(found, late)) >= 2, deadline=20)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    assert versions(found, late) == [1, 2]
