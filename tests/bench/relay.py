"""The relay, to raw aiokafka producing the same records in the same batches.

So many rows stand in the outbox; the clock runs from their commit until the relay finds no more. The raw side writes the same keys, values
and headers and sends them with a producer of the same settings; it reads no outbox, marks nothing and traces nothing.
"""

import asyncio
import time
from typing import Any
from uuid import UUID

from shared import telemetry
from shared.db.tables import outbox
from shared.events.applications import ApplicationSubmitted
from shared.events.envelope import Envelope
from shared.ids import new_id
from shared.kafka.relay import Relay
from tests.bench.applying import AT
from tests.bench.harness import Limit, Row, in_turns
from tests.bench.topics import TOPIC, login, make_topic, producing
from tests.bench.world import World, as_admin
from tests.support.until import until

ROUNDS, NUMBER = 7, 2000
LIMIT = Limit(floor=0.33, aim=0.50)
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
DATA = '{"application_id":"0197c0de-0000-7000-8000-000000000001","child_id":"0197c0de-0000-7000-8000-000000000002","right_id":"hjelpestonad","authority_kind":"nav","authority_org":"312480018","submitted_at":"2026-11-24T10:00:00Z","version":1}'
_FILL = (
    f"insert into {outbox.name} (event_id, topic, key, aggregate_id, epoch, version, type, at, traceparent, data)"
    f" select id, '{TOPIC}', id, id, 1, 1, '{ApplicationSubmitted.type_}', now(), '{TRACE}', '{DATA}'"
    f" from (select gen_random_uuid() as id from generate_series(1, {NUMBER})) ids"
)


class Watched(Relay):
    """The relay, which says when it has found nothing more to send."""

    def __init__(self, *given: Any, batch: int) -> None:
        super().__init__(*given, batch=batch)
        self.idle = asyncio.Event()

    async def _rest(self) -> None:
        self.idle.set()
        await super()._rest()


async def measure(world: World) -> list[Row]:
    """One row for batches of 100, one for batches of 500."""
    broker, clone = await world.broker(), await world.database("applications", "relay")
    await make_topic(broker)
    spans = telemetry.start("applications-worker", traces_dir=world.folder / "traces", otlp_endpoint=None)
    rows = []
    async with producing(broker) as raw:
        for batch in (100, 500):
            relay = Watched("applications", clone.url, login(broker), batch=batch)
            work = asyncio.create_task(relay.run())
            await until(relay.idle.is_set, 20)

            async def relayed(relay: Watched = relay) -> float:
                await as_admin(clone, _FILL)
                began = time.perf_counter()
                relay.idle.clear()
                await as_admin(clone, "notify somlos_outbox")
                await relay.idle.wait()
                return NUMBER / (time.perf_counter() - began)

            async def produced(batch: int = batch) -> float:
                ids = [new_id() for _ in range(NUMBER)]
                began = time.perf_counter()
                for start in range(0, NUMBER, batch):
                    await asyncio.gather(
                        *[await raw.send(TOPIC, **_record(each)) for each in ids[start : start + batch]]
                    )
                return NUMBER / (time.perf_counter() - began)

            turns = await in_turns(relayed, produced, rounds=ROUNDS)
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            figures = (
                ("the relay", f"{turns.our_median:.0f} events/s"),
                ("raw aiokafka", f"{turns.peer_median:.0f} records/s"),
            )
            how = f"{NUMBER} outbox rows with keys of their own, {ROUNDS} rounds each way, batches of {batch}; Apache Kafka, acks=all, idempotent, the same producer settings on both sides."
            rows.append(
                Row(name=f"Relay, batches of {batch}", rounds=turns.ratios, limit=LIMIT, figures=figures, how=how)
            )
    if spans:
        spans.shutdown()
    return rows


def _record(event_id: UUID) -> dict[str, Any]:
    """Key, value and the CloudEvents headers."""
    envelope = Envelope(
        event_id=event_id,
        type=ApplicationSubmitted.type_,
        source="/somlos/applications",
        subject=event_id,
        epoch=1,
        version=1,
        time=AT,
        traceparent=TRACE,
    )
    return {"key": str(event_id).encode(), "value": DATA.encode(), "headers": envelope.headers()}
