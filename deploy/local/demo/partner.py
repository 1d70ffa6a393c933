"""A partner's own consumer, with confluent-kafka and the partner's own Kafka user: another implementation than ours."""

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from confluent_kafka import Consumer, KafkaException, Message

from deploy.local.demo.narrator import StoryBroken

_POLL_SECONDS = 0.5
_PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Told:
    """One event as the partner got it."""

    type: str
    data: dict[str, Any]


async def events_of(connection: dict[str, Any], organisation: str, reference: str, *, last: str) -> list[Told]:
    """What the partner's topic says of one reference, in order, up to the first event of the type `last`. Raises StoryBroken after 30 s."""
    return await asyncio.to_thread(_read, connection, organisation, reference, last)


def _read(connection: dict[str, Any], organisation: str, reference: str, last: str) -> list[Told]:
    consumer = Consumer(
        {**connection, "group.id": f"{organisation}.demo-{uuid4()}", "auto.offset.reset": "earliest", "log_level": 0}
    )
    consumer.subscribe([f"partner.{organisation}.events.v1"])
    found: list[Told] = []
    deadline = time.monotonic() + _PATIENCE_SECONDS
    try:
        while time.monotonic() < deadline:
            told = _told(consumer.poll(_POLL_SECONDS))
            if told is None or told.data.get("reference") != reference:
                continue
            found.append(told)
            if told.type == last:
                return found
    finally:
        consumer.close()
    raise StoryBroken(
        f"waited {_PATIENCE_SECONDS:.0f} s for {last} on the partner's topic; it said {[each.type for each in found]}"
    )


def _told(message: Message | None) -> Told | None:
    if message is None:
        return None
    if message.error():
        raise KafkaException(message.error())
    found = dict(message.headers() or [])
    headers = {name: value.decode() for name, value in found.items() if isinstance(value, bytes)}
    return Told(headers["ce_type"], json.loads(message.value() or b"{}"))
