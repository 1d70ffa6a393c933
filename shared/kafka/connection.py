"""How aiokafka reaches the broker, in one typed place (aiokafka has no types of its own)."""

import asyncio
import ssl
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import KafkaError
from aiokafka.protocol.metadata import MetadataRequest

from shared.settings import KafkaSettings

_MAX_POLL_RECORDS = 500
_SESSION_TIMEOUT_MS = 10_000
_HEARTBEAT_MS = 1_000  # how soon a member hears that the group shares anew: at each deploy, and when one has died
_LINGER_MS = 2
# A partition has one batch on its way at a time: in small ones a relay's rows wait for each other.
_MAX_BATCH_BYTES = 128 * 1024
# A broker that is cut off keeps its connections and answers nothing: this long until another one is asked. An idempotent producer
# repeats a request without doubling it, so it may be short. A consumer's must outlast a rebalance, which waits for a lost member's session.
_PRODUCER_TIMEOUT_MS = 3_000
_CONSUMER_TIMEOUT_MS = 15_000
_ANSWER_SECONDS = 0.8


def options(settings: KafkaSettings) -> dict[str, Any]:
    """The connection settings that producers and consumers share."""
    tls = settings.kafka_security_protocol.endswith("SSL")
    found: dict[str, Any] = {
        "bootstrap_servers": settings.kafka_bootstrap_servers,
        "security_protocol": settings.kafka_security_protocol,
    }
    if tls:
        found["ssl_context"] = ssl.create_default_context(
            cafile=str(settings.kafka_ca_file) if settings.kafka_ca_file else None
        )
    if settings.kafka_security_protocol.startswith("SASL"):
        found |= {
            "sasl_mechanism": settings.kafka_sasl_mechanism,
            "sasl_plain_username": settings.kafka_username,
            "sasl_plain_password": settings.kafka_password.get_secret_value(),
        }
    return found


def producer(settings: KafkaSettings) -> AIOKafkaProducer:
    """An idempotent producer that waits for all replicas; murmur2 (aiokafka's default) chooses the partition by key."""
    return AIOKafkaProducer(
        **options(settings),
        acks="all",
        enable_idempotence=True,
        linger_ms=_LINGER_MS,
        max_batch_size=_MAX_BATCH_BYTES,
        request_timeout_ms=_PRODUCER_TIMEOUT_MS,
    )


def group_consumer(settings: KafkaSettings, group: str, topics: list[str]) -> AIOKafkaConsumer:
    """A consumer in a group that never commits by itself."""
    return AIOKafkaConsumer(
        *topics,
        **options(settings),
        group_id=group,
        group_instance_id=settings.kafka_instance,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_poll_records=_MAX_POLL_RECORDS,
        request_timeout_ms=_CONSUMER_TIMEOUT_MS,
        session_timeout_ms=_SESSION_TIMEOUT_MS,
        heartbeat_interval_ms=_HEARTBEAT_MS,
    )


def reader(settings: KafkaSettings) -> AIOKafkaConsumer:
    """A consumer without a group, for replay."""
    return AIOKafkaConsumer(
        **options(settings),
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_poll_records=_MAX_POLL_RECORDS,
    )


async def answers(client: Any) -> bool:
    """Whether any broker that this client knows answers a question now. By itself a client tells nobody that they are gone."""
    asked = [asyncio.create_task(_ask(client, broker.nodeId)) for broker in client.cluster.brokers()]
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            for answer in asyncio.as_completed(asked):
                if await answer:
                    return True
    except TimeoutError:
        return False
    finally:
        for task in asked:
            task.cancel()
        await asyncio.gather(*asked, return_exceptions=True)
    return False


async def _ask(client: Any, node: int) -> bool:
    try:
        await client.send(node, MetadataRequest([]))
    except KafkaError:
        return False
    return True
