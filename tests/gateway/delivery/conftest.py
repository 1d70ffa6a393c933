"""A running worker of delivery on the run's broker, its neighbours, and partners that listen with a client of another make."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from confluent_kafka import Consumer, Message

from gateway.delivery.settings import Settings
from gateway.delivery.worker import definition
from shared.kafka import connection
from shared.settings import KafkaSettings
from shared.worker import Definition, running
from tests.gateway.delivery.neighbours import Neighbours
from tests.support.deliveries import Records
from tests.support.kafka import Broker
from tests.support.postgres import Clone
from tests.support.run import only_one
from tests.support.running import environment


@dataclass
class Delivery:
    """The worker, and what is around it."""

    worker: Definition
    environment: dict[str, str]
    clone: Clone
    neighbours: Neighbours
    broker: Broker

    async def tell(self, records: Records, *, speaker: str = "applications") -> None:
        """Puts the records on their topics, in order, as that service's own user."""
        user = {name.lower(): value for name, value in self.broker.user(speaker).items()}
        producer = connection.producer(KafkaSettings(**user))
        await producer.start()
        try:
            for one in records:
                await producer.send_and_wait(one.topic, key=one.key, value=one.value, headers=list(one.headers))
        finally:
            await producer.stop()


class Partner:
    """A partner with its own Kafka user, on librdkafka. Raises nothing: what the broker refuses is in `refusals`."""

    def __init__(self, broker: Broker, organisation: str, *, topic: str = "", group: str = "") -> None:
        self.organisation, self.messages, self.refusals = organisation, list[Message](), set[str]()
        self._consumer = Consumer(
            {
                **broker.server.credentials(organisation).librdkafka(),
                "group.id": group or f"{organisation}.test-{uuid4().hex[:8]}",
                "auto.offset.reset": "earliest",
                "enable.auto.commit": False,
                "log_level": 0,
            }
        )
        self._consumer.subscribe([topic or f"partner.{organisation}.events.v1"])

    async def listen(self) -> None:
        """One look at the topic."""
        message = await asyncio.to_thread(self._consumer.poll, 0.2)
        if message is not None and message.error() is None:
            self.messages.append(message)
        elif message is not None and message.error() is not None:
            self.refusals.add(message.error().name())

    async def heard(self, count: int, application: Any) -> list[Message]:
        """The messages about the application, once there are so many."""
        await self.listen()
        own = [m for m in self.messages if m.key() == str(application).encode()]
        return own if len(own) >= count else []

    def close(self) -> None:
        """Leaves the group."""
        self._consumer.close()


@asynccontextmanager
async def alone(name: str) -> AsyncIterator[None]:
    """Only one test of the run at a time: a worker's consumer group is the whole broker's."""
    stack = AsyncExitStack()
    await asyncio.to_thread(stack.enter_context, only_one(name))
    async with stack:
        yield


@pytest.fixture
async def delivery_at_rest(
    broker: Broker, database: Callable[[str], Awaitable[Clone]], serve: Any, keys: Any, clock: Any, tmp_path: Any
) -> AsyncIterator[Delivery]:
    """Everything but the worker itself, which is not running yet; its database is its own."""
    neighbours, clone = Neighbours(keys, clock), await database("gateway")
    url = await serve(neighbours.app())
    given = environment("gateway", folder=tmp_path, keys=keys, clone=clone)
    given |= {**broker.user("gateway"), "MAPPING_URL": url, "APPLICATIONS_URL": url, "STATUS_URL": url}
    settings = Settings(**{name.lower(): value for name, value in given.items()})
    async with alone("gateway-group"):
        yield Delivery(definition(settings, clock=clock), given, clone, neighbours, broker)


@pytest.fixture
async def delivery(delivery_at_rest: Delivery) -> AsyncIterator[Delivery]:
    """The worker at work: relay and consumer."""
    async with running(delivery_at_rest.worker):
        yield delivery_at_rest


@pytest.fixture
def partner(broker: Broker) -> Any:
    """`partner(organisation)`: listens until the test ends."""
    made: list[Partner] = []

    def listen(organisation: str, **how: str) -> Partner:
        made.append(Partner(broker, organisation, **how))
        return made[-1]

    yield listen
    for each in made:
        each.close()
