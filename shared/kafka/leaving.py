"""Ending a client that cannot end by itself: aiokafka waits for the broker, without limit for a producer, 40 s for a consumer."""

import asyncio
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from shared import logging

_FLUSH_SECONDS = 1
_LEAVE_SECONDS = 3
_TURNS, _TURN_SECONDS = 30, 0.1
log = logging.get("kafka")


async def end_producer(producer: AIOKafkaProducer) -> None:
    """Ends it. What it still holds is dropped when the broker does not take it now: an idempotent producer never gives a batch up, so
    one that is merely left would stay for ever, with its connections and its rows."""
    try:
        async with asyncio.timeout(_FLUSH_SECONDS):
            await producer.flush()
            await producer.stop()
    except TimeoutError:
        log.info("producer was given up")
        producer._closed = True
        sender = producer._sender.sender_task
        await _cut(producer.client, [sender] if sender else [])


async def end_consumer(consumer: AIOKafkaConsumer) -> None:
    """Leaves the group when the broker answers; otherwise the group waits for the end of its session."""
    stopping = asyncio.ensure_future(consumer.stop())
    try:
        async with asyncio.timeout(_LEAVE_SECONDS):
            await asyncio.shield(stopping)
    except TimeoutError:
        log.info("consumer left without saying so")
        await _cut(consumer._client, [stopping])


async def _cut(client: Any, tasks: list["asyncio.Task[None]"]) -> None:
    """Closes the connections, which fails what waits for an answer, and sees the tasks end."""
    await client.close()
    for task in tasks:
        task.cancel()
    for _ in range(_TURNS):
        if client._md_update_fut is not None and not client._md_update_fut.done():
            client._md_update_fut.set_result(False)  # nobody will update the metadata of a closed client
        _, unfinished = await asyncio.wait(tasks, timeout=_TURN_SECONDS) if tasks else (set(), set())
        if not unfinished:
            break
    await client.close()  # connections that were opened meanwhile
    await asyncio.gather(*(task for task in tasks if task.done()), return_exceptions=True)
