"""A worker that was killed and started again has its partitions back at once: the group knows it by its name, not by a session that must first run out."""

import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from aiokafka.errors import KafkaError

from shared.kafka import connection
from shared.settings import KafkaSettings
from tests.support.kafka import Broker
from tests.support.until import until

TOPIC, PARTITIONS = "somlos.applications.application.v1", 3


@asynccontextmanager
async def consuming(broker: Broker, group: str, instance: str) -> AsyncIterator[Any]:
    """A consumer of the group under that name. It does not leave when it ends: a killed one does not either."""
    told = {name.lower(): value for name, value in broker.user("status").items()}
    settings = KafkaSettings(**told, kafka_instance=instance)  # type: ignore[arg-type]  # pydantic reads the texts
    consumer = connection.group_consumer(settings, group, [TOPIC])
    await consumer.start()
    try:
        yield consumer
    finally:
        with contextlib.suppress(KafkaError):
            await consumer.stop()


async def has_all(consumer: Any) -> bool:
    with contextlib.suppress(KafkaError):
        await consumer.getmany(timeout_ms=50)
    return len(consumer.assignment()) == PARTITIONS


async def test_a_worker_started_again_takes_every_partition_while_the_killed_ones_session_still_runs(
    broker: Broker,
) -> None:
    group, name = broker.group("status"), f"status-{uuid4()}"
    async with consuming(broker, group, name) as killed:
        await until(lambda: has_all(killed), 20)
        async with consuming(broker, group, name) as again:
            await until(lambda: has_all(again), 8)
