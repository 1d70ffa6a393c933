"""The way out: unsent outbox rows to their topics, in order, at least once, by one leader a service."""

import asyncio
import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any

import asyncpg
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from opentelemetry.trace import SpanKind

from shared import logging, telemetry
from shared.db.transaction import WAKE_CHANNEL
from shared.events.envelope import Envelope
from shared.kafka import connection
from shared.kafka.leaving import end_producer
from shared.settings import KafkaSettings

_BATCH = 500
_POLL_SECONDS = 1.0
_RETRY_SECONDS = 0.5
_SEND_TIMEOUT_SECONDS = 20
_SLOW_SEND_SECONDS = 3
_LEADER = "select pg_try_advisory_lock(hashtextextended('somlos.relay', 0))"
_UNSENT = "select position, event_id, topic, key, aggregate_id, epoch, version, type, at, traceparent, data from outbox where sent_at is null and position <> all($1::bigint[]) order by position limit $2"
_MARK = "update outbox set sent_at = clock_timestamp() where position = any($1::bigint[])"
Rows = Sequence[asyncpg.Record]
MakeProducer = Callable[[KafkaSettings], AIOKafkaProducer]
log = logging.get("relay")


class Relay:
    """Reads, sends and marks on the one connection that holds the leader lock: losing the lock is losing the pen.

    A send that times out may have arrived: the row stays unsent and is sent again with the same event id. Rows are marked after the broker's
    acknowledgement. The producer is replaced after any error, so that a fatal one heals too."""

    def __init__(
        self,
        service: str,
        database_url: str,
        kafka: KafkaSettings,
        *,
        batch: int = _BATCH,
        make_producer: MakeProducer = connection.producer,
    ) -> None:
        self._source, self._url, self._kafka = f"/somlos/{service}", database_url.replace("+asyncpg", "", 1), kafka
        self._batch, self._make_producer = batch, make_producer
        self._wake = asyncio.Event()
        self.is_leader = False
        self.broker_answers = True
        self._producer: AIOKafkaProducer | None = None
        self._sends_since: float | None = None

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

    async def reaches_broker(self) -> bool:
        """Whether what is written now would go out: asked of the broker, since an idle producer does not notice that it is gone."""
        slow = self._sends_since is not None and time.monotonic() - self._sends_since > _SLOW_SEND_SECONDS
        if slow or not self.broker_answers or self._producer is None:
            return self.broker_answers and not slow
        return await connection.answers(self._producer.client)

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
        producer = self._make_producer(self._kafka)
        try:
            await producer.start()
            self.broker_answers, self._producer = True, producer
            while True:
                self._wake.clear()
                rows: Rows = await session.fetch(_UNSENT, [], self._batch)
                if rows:
                    await self._pass_on(session, producer, rows)
                else:
                    await self._rest()
        finally:
            self._producer = self._sends_since = None
            await end_producer(producer)

    async def _pass_on(
        self, session: "asyncpg.Connection[asyncpg.Record]", producer: AIOKafkaProducer, rows: Rows
    ) -> None:
        """Sends the rows, and what follows while a batch is full. The broker takes a batch while the one before is marked and the next is read;
        a batch is sent when the broker has the one before, and marked when it has it itself."""
        sent: Rows = []
        while rows or sent:
            self._sends_since = time.monotonic()
            async with asyncio.timeout(_SEND_TIMEOUT_SECONDS):
                acknowledged = await self._send(producer, rows)
                try:
                    if sent:
                        await session.execute(_MARK, [row["position"] for row in sent])
                    full = len(rows) == self._batch
                    # Without those under way, and never from a position on: what commits late has a low one, and comes first.
                    under_way = [row["position"] for row in rows]
                    following = await session.fetch(_UNSENT, under_way, self._batch) if full else []
                finally:
                    await acknowledged
            self._sends_since = None
            sent, rows = rows, following

    async def _send(self, producer: AIOKafkaProducer, rows: Rows) -> "asyncio.Future[list[Any]]":
        """Hands over all rows, in their order. The future holds all acknowledgements."""
        pending = []
        for row in rows:
            marked = telemetry.mark(
                f"publish {row['type']}", SpanKind.PRODUCER, parent=row["traceparent"], attributes=_shown(row["topic"])
            )
            envelope = Envelope(
                event_id=row["event_id"],
                type=row["type"],
                source=self._source,
                subject=row["aggregate_id"],
                epoch=row["epoch"],
                version=row["version"],
                time=row["at"],
                traceparent=marked or row["traceparent"],
            )
            key, value = str(row["key"]).encode(), row["data"].encode()
            pending.append(await producer.send(row["topic"], key=key, value=value, headers=envelope.headers()))
        return asyncio.gather(*pending)

    def _on_wake(self, *_: object) -> None:
        self._wake.set()

    async def _rest(self) -> None:
        """Until a writer wakes us, or the poll that catches what no notice told of."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_POLL_SECONDS):
                await self._wake.wait()


@lru_cache(maxsize=256)
def _shown(topic: str) -> Mapping[str, str]:
    """The topic as a trace may show it: whose partner topic it is could reveal where a protected child lives."""
    return {"messaging.destination.name": re.sub(r"^partner\.\d+\.", "partner.*.", topic)}
