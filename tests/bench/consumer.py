"""The consumer in batches, to one transaction per event: the status service's own listeners, inbox and all, on its own database."""

import time
from collections.abc import Sequence
from uuid import uuid4

from services.status.events.applications import SUBSCRIPTIONS
from services.status.main import create
from shared.events.applications import ApplicationSubmitted
from shared.kafka.consumer import Consumer
from shared.kafka.records import Item
from tests.bench.applying import AT
from tests.bench.harness import Limit, Row, in_turns
from tests.bench.inside import in_this_process
from tests.bench.world import World
from tests.support import deliveries

ROUNDS, BATCH, IN_BATCHES, ONE_BY_ONE = 7, 500, 1000, 200
LIMIT = Limit(floor=4, aim=5)


async def measure(world: World) -> list[Row]:
    """One row: events a second in batches of 500, to one at a time."""
    clone = await world.database("status", "consumer")
    async with in_this_process(create, await world.settings("status", clone)) as app:
        consumer = deliveries.consumer(app.state.database, SUBSCRIPTIONS)

        async def taken(items: Sequence[Item], size: int) -> float:
            began = time.perf_counter()
            for start in range(0, len(items), size):
                await consumer.handle(items[start : start + size])
            return len(items) / (time.perf_counter() - began)

        async def in_batches() -> float:
            return await taken(_items(consumer, IN_BATCHES), BATCH)

        async def one_by_one() -> float:
            return await taken(_items(consumer, ONE_BY_ONE), 1)

        turns = await in_turns(in_batches, one_by_one, rounds=ROUNDS)
        if consumer.counts.parked or consumer.counts.duplicate:
            raise RuntimeError(f"not every event was applied: {consumer.counts}")
    figures = (
        (f"batches of {BATCH}", f"{turns.our_median:.0f} events/s"),
        ("one transaction per event", f"{turns.peer_median:.0f} events/s"),
    )
    how = f"`application.submitted` of as many cases, from the record to the committed projection, {ROUNDS} rounds of {IN_BATCHES} and of {ONE_BY_ONE} events, without a broker."
    return [
        Row(
            name="Consumer in batches, to one transaction per event",
            rounds=turns.ratios,
            limit=LIMIT,
            figures=figures,
            how=how,
        )
    ]


def _items(consumer: Consumer, number: int) -> list[Item]:
    records = [deliveries.record(submitted()) for _ in range(number)]
    return [item for record in records if (item := consumer.reader.read(record))]


def submitted() -> ApplicationSubmitted:
    """A new case."""
    return ApplicationSubmitted(
        application_id=uuid4(),
        child_id=uuid4(),
        right_id="hjelpestonad",
        authority_kind="nav",
        authority_org="312480018",
        submitted_at=AT,
        version=1,
    )
