"""Who may read and write what on Kafka, asked of the real broker."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import GroupAuthorizationFailedError, KafkaConnectionError, TopicAuthorizationFailedError

from deploy.local.topics import declared
from tests.support.kafka import Broker
from tests.support.until import until

PARTNER, STRANGER = [user for user in declared().users if user.isdigit()][:2]
Send = Callable[[str, str], Awaitable[None]]


@pytest.fixture
async def send(broker: Broker) -> AsyncIterator[Send]:
    async with AsyncExitStack() as stack:

        async def one(user: str, topic: str) -> None:
            producer = AIOKafkaProducer(**broker.client(user), enable_idempotence=True)
            await producer.start()
            stack.push_async_callback(producer.stop)
            await producer.send_and_wait(topic, b"{}", key=uuid4().bytes)

        yield one


@asynccontextmanager
async def reading(broker: Broker, user: str, topic: str, group: str) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(topic, **broker.client(user), group_id=group, auto_offset_reset="earliest")
    try:
        await consumer.start()
        yield consumer
    finally:
        await consumer.stop()


async def test_a_service_writes_its_own_topics(send: Send) -> None:
    await send("rights", "somlos.rights.assessment.v1")


async def test_a_service_cannot_write_anothers_topic(send: Send) -> None:
    with pytest.raises(TopicAuthorizationFailedError):
        await send("rights", "somlos.mapping.profile.v1")


async def test_a_topic_that_is_not_declared_is_refused_and_not_made(send: Send) -> None:
    with pytest.raises(TopicAuthorizationFailedError):
        await send("rights", "somlos.unknown.v1")


async def test_a_service_cannot_read_what_it_does_not_subscribe_to(broker: Broker) -> None:
    with pytest.raises(TopicAuthorizationFailedError):
        async with reading(broker, "rights", "somlos.applications.application.v1", broker.group("rights")) as consumer:
            await consumer.getone()


async def test_a_service_cannot_join_anothers_group(broker: Broker) -> None:
    with pytest.raises(GroupAuthorizationFailedError):
        async with reading(broker, "rights", "somlos.mapping.profile.v1", broker.group("mapping")) as consumer:
            await consumer.getone()


async def test_a_partner_reads_its_own_events_in_its_own_group(broker: Broker, send: Send) -> None:
    topic = f"partner.{PARTNER}.events.v1"
    await send("admin", topic)
    async with reading(broker, PARTNER, topic, f"{PARTNER}.{uuid4().hex[:8]}") as consumer:
        assert (await consumer.getone()).topic == topic


async def test_a_partner_sends_its_case_statuses(send: Send) -> None:
    await send(PARTNER, f"partner.{PARTNER}.case-status.v1")


@pytest.mark.parametrize(
    "topic", [f"partner.{STRANGER}.events.v1", f"partner.{STRANGER}.case-status.v1", "somlos.mapping.profile.v1"]
)
async def test_a_partner_reads_nobody_elses_topic(broker: Broker, topic: str) -> None:
    with pytest.raises(TopicAuthorizationFailedError):
        async with reading(broker, PARTNER, topic, f"{PARTNER}.{uuid4().hex[:8]}") as consumer:
            await consumer.getone()


@pytest.mark.parametrize("topic", [f"partner.{PARTNER}.events.v1", f"partner.{STRANGER}.case-status.v1"])
async def test_a_partner_cannot_write_what_it_is_to_read_nor_in_anothers_name(send: Send, topic: str) -> None:
    with pytest.raises(TopicAuthorizationFailedError):
        await send(PARTNER, topic)


async def test_a_partner_cannot_join_anothers_group(broker: Broker) -> None:
    with pytest.raises(GroupAuthorizationFailedError):
        async with reading(broker, PARTNER, f"partner.{PARTNER}.events.v1", f"{STRANGER}.x") as consumer:
            await consumer.getone()


async def test_a_wrong_password_is_not_let_in(broker: Broker) -> None:
    producer = AIOKafkaProducer(**{**broker.client("rights"), "sasl_plain_password": "guessed"})
    with pytest.raises(KafkaConnectionError):
        await producer.start()
    await producer.stop()


async def test_telling_the_broker_again_changes_nothing(broker: Broker, send: Send) -> None:
    await broker.server.ensure_topics_and_acls()
    await until(lambda: _can(send, "mapping", "somlos.mapping.profile.v1"), 10)


async def _can(send: Send, user: str, topic: str) -> bool:
    await send(user, topic)
    return True
