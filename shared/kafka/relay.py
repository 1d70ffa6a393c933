"""The way out: unsent outbox rows to their topics, in order, at least once, by one leader a service."""

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from opentelemetry.trace import SpanKind

from shared import logging, telemetry
from shared.db.transaction import WAKE_CHANNEL
from shared.events.envelope import Envelope
from shared.kafka import connection
from shared.settings import KafkaSettings

_BATCH = 500
_POLL_SECONDS = 1.0
_RETRY_SECONDS = 0.5
_SEND_TIMEOUT_SECONDS = 20
_STOP_SECONDS = 5
_LEADER = "select pg_try_advisory_lock(hashtextextended('somlos.relay', 0))"
_UNSENT = "select position, event_id, topic, key, aggregate_id, epoch, version, type, at, traceparent, data from outbox where sent_at is null order by position limit $1"
_MARK = "update outbox set sent_at = clock_timestamp() where position = any($1::bigint[])"
log = logging.get("relay")


@dataclass(frozen=True, slots=True)
class _Row:
    position: int
    event_id: UUID
    topic: str
    key: UUID
    aggregate_id: UUID
    epoch: int
    version: int
    type: str
    at: datetime
    traceparent: str | None
    data: str


class Relay:
    """Reads, sends and marks on the one connection that holds the leader lock: losing the lock is losing the pen.

    A send that times out may have arrived: the row stays unsent and is sent again with the same event id. Rows are marked after the broker's
    acknowledgement. The producer is replaced after any error, so that a fatal one heals too."""

    def __init__(self, service: str, database_url: str, kafka: KafkaSettings) -> None:
        self._service, self._url, self._kafka = service, database_url.replace("+asyncpg", "", 1), kafka
        self._wake = asyncio.Event()
        self.is_leader = False
        self.broker_answers = True

    async def run(self) -> None:
        """Works until cancelled. Whatever is away is tried again; nothing is lost meanwhile."""
        while True:
            try:
                await self._lead()
            except (
                OSError,
                asyncpg.PostgresError,
                asyncpg.InterfaceError,
                asyncpg.InternalClientError,
                KafkaError,
                TimeoutError,
            ) as fault:
                self.broker_answers = not isinstance(fault, KafkaError | TimeoutError)
                log.warning("relay starts again", error=type(fault).__name__)
            self.is_leader = False
            await asyncio.sleep(_RETRY_SECONDS)

    async def _lead(self) -> None:
        session = await asyncpg.connect(self._url, timeout=5, command_timeout=30)
        try:
            await session.add_listener(WAKE_CHANNEL, self._on_wake)
            while not await session.fetchval(_LEADER):
                self._wake.clear()
                await self._rest()
            self.is_leader = True
            await self._publish_with(session)
        finally:
            await session.close(timeout=5)

    async def _publish_with(self, session: "asyncpg.Connection[asyncpg.Record]") -> None:
        producer = connection.producer(self._kafka)
        try:
            await producer.start()
            self.broker_answers = True
            while True:
                self._wake.clear()
                rows = [_Row(**dict(record)) for record in await session.fetch(_UNSENT, _BATCH)]
                if not rows:
                    await self._rest()
                    continue
                async with asyncio.timeout(_SEND_TIMEOUT_SECONDS):
                    await self._send(producer, rows)
                await session.execute(_MARK, [row.position for row in rows])
        finally:
            await _stop(producer)

    async def _send(self, producer: AIOKafkaProducer, rows: Sequence[_Row]) -> None:
        """All rows, in their order, and all acknowledgements."""
        pending = []
        for row in rows:
            with telemetry.span(f"publish {row.type}", SpanKind.PRODUCER, parent=row.traceparent) as span:
                span.set_attribute("messaging.destination.name", _named(row.topic))
                envelope = Envelope(
                    event_id=row.event_id,
                    type=row.type,
                    source=f"/somlos/{self._service}",
                    subject=row.aggregate_id,
                    epoch=row.epoch,
                    version=row.version,
                    time=row.at,
                    traceparent=telemetry.traceparent() or row.traceparent,
                )
                pending.append(
                    await producer.send(
                        row.topic, key=str(row.key).encode(), value=row.data.encode(), headers=envelope.headers()
                    )
                )
        await asyncio.gather(*pending)

    def _on_wake(self, *_: object) -> None:
        self._wake.set()

    async def _rest(self) -> None:
        """Until a writer wakes us, or the poll that catches what no notice told of."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_POLL_SECONDS):
                await self._wake.wait()


def _named(topic: str) -> str:
    """The topic as a trace may show it: whose partner topic it is could reveal where a protected child lives."""
    return re.sub(r"^partner\.\d+\.", "partner.*.", topic)


async def _stop(producer: AIOKafkaProducer) -> None:
    try:
        async with asyncio.timeout(_STOP_SECONDS):
            await producer.stop()
    except (KafkaError, TimeoutError, OSError) as fault:
        log.info("producer was given up", error=type(fault).__name__)
