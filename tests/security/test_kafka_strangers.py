"""What the walls of the broker leave to be tried: a user nobody made, a service at a partner's door, a partner with an administrator's wish."""

from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaConnectionError, TopicAuthorizationFailedError

from deploy.local.topics import declared

PARTNER = next(user for user in declared().users if user.isdigit())
SERVICES = [user for user in declared().users if not user.isdigit() and user != "admin"]


async def test_a_user_that_nobody_made_is_not_let_in(broker):
    login = {**broker.client("rights"), "sasl_plain_username": f"rights-{uuid4().hex[:6]}"}
    producer = AIOKafkaProducer(**login)
    with pytest.raises(KafkaConnectionError):
        await producer.start()
    await producer.stop()


async def test_without_a_login_there_is_no_way_in(broker):
    producer = AIOKafkaProducer(bootstrap_servers=broker.bootstrap, request_timeout_ms=2000)
    with pytest.raises(KafkaConnectionError):
        await producer.start()
    await producer.stop()


@pytest.mark.parametrize("service", [each for each in SERVICES if each != "gateway"])
async def test_no_service_but_the_way_out_writes_to_a_partner(broker, service):
    async with AIOKafkaProducer(**broker.client(service)) as producer:
        with pytest.raises(TopicAuthorizationFailedError):
            await producer.send_and_wait(f"partner.{PARTNER}.events.v1", b"{}", key=uuid4().bytes)


@pytest.mark.parametrize("service", SERVICES)
async def test_no_service_reads_what_partners_are_told(broker, service):
    login = broker.client(service)
    consumer = AIOKafkaConsumer(f"partner.{PARTNER}.events.v1", **login, group_id=broker.group(service))
    try:
        with pytest.raises(TopicAuthorizationFailedError):
            await _first_of(consumer)
    finally:
        await consumer.stop()


async def _first_of(consumer: AIOKafkaConsumer) -> object:
    await consumer.start()
    return await consumer.getone()


@pytest.mark.parametrize("user", [PARTNER, "rights"])
async def test_only_the_administrator_makes_and_removes_topics(broker, user):
    topic = f"partner.{PARTNER}.case-status.v1"
    admin = AIOKafkaAdminClient(**broker.client(user))
    await admin.start()
    try:
        made = await admin.create_topics([NewTopic(f"made-{uuid4().hex[:8]}", 1, 1)])
        assert [code for _, code, *_ in made.topic_errors] != [0]
        removed = await admin.delete_topics([topic])
        assert [code for _, code in removed.topic_error_codes] != [0]
    finally:
        await admin.close()
