"""A topic of the measurements' own, and who may use it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.local.kafka import ADMIN, KafkaBroker
from shared.kafka import connection
from shared.settings import KafkaSettings

TOPIC, PARTITIONS, EXISTS = "bench.v1", 3, 36


def login(broker: KafkaBroker, user: str = ADMIN) -> KafkaSettings:
    """How a user reaches the broker, as a service is told it."""
    given: dict[str, Any] = {name.lower(): value for name, value in broker.credentials(user).environment().items()}
    return KafkaSettings(**given)


async def make_topic(broker: KafkaBroker) -> str:
    """The topic, for the administrator alone; it may be there already. RuntimeError when it cannot be made."""
    admin = AIOKafkaAdminClient(**connection.options(login(broker)))
    await admin.start()
    try:
        answer = await admin.create_topics([NewTopic(TOPIC, PARTITIONS, 1)])
        codes = {error[1] for error in answer.topic_errors}
        if codes - {0, EXISTS}:
            raise RuntimeError(f"the topic was not made: {codes}")
    finally:
        await admin.close()
    return TOPIC


@asynccontextmanager
async def producing(broker: KafkaBroker) -> AsyncIterator[AIOKafkaProducer]:
    """A raw producer with the relay's own settings."""
    producer = connection.producer(login(broker))
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()
