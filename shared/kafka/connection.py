"""How aiokafka reaches the broker, in one typed place (aiokafka has no types of its own)."""

import ssl
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from shared.settings import KafkaSettings

_MAX_POLL_RECORDS = 500
_SESSION_TIMEOUT_MS = 10_000
_HEARTBEAT_MS = 3_000
_LINGER_MS = 2
_REQUEST_TIMEOUT_MS = 15_000


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
        request_timeout_ms=_REQUEST_TIMEOUT_MS,
    )


def group_consumer(settings: KafkaSettings, group: str, topics: list[str]) -> AIOKafkaConsumer:
    """A consumer in a group that never commits by itself."""
    return AIOKafkaConsumer(
        *topics,
        **options(settings),
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_poll_records=_MAX_POLL_RECORDS,
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
