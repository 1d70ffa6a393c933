"""A service's worker: the relay and the consumer, beside the API or as a process of their own."""

import argparse
import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any
from uuid import UUID

from fastapi import FastAPI

from shared import logging, telemetry
from shared.app import Part
from shared.auth.tokens import Signer, read_key
from shared.auth.worker_tokens import Tokens, WorkerTokens
from shared.chores import Chore, keep_doing
from shared.clock import Clock, SystemClock
from shared.crypto import FileKeyProvider, Sealer, read_hex_key
from shared.db.transaction import Database
from shared.kafka.consumer import Consumer
from shared.kafka.relay import Relay
from shared.kafka.replay import replay
from shared.kafka.resend import Resend
from shared.kafka.subscriptions import Subscription
from shared.memory import settle
from shared.settings import ServiceSettings

log = logging.get("worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a service's worker is made of. `chores`: what it does by the clock. `make_clients(settings, tokens)` gives what `prepare_…` fetches with (with `async close()`);
    `make_tokens` where the service signs its own worker tokens (mapping)."""

    service: str
    settings: ServiceSettings
    subscriptions: tuple[Subscription, ...] = ()
    chores: tuple[Chore, ...] = ()
    make_clients: Callable[[Any, Tokens], Any] | None = None
    make_tokens: Callable[[Signer], Tokens] | None = None
    clock: Clock = field(default_factory=SystemClock)


@asynccontextmanager
async def running(definition: Definition) -> AsyncIterator[tuple[Relay, Consumer]]:
    """Relay and consumer at work until the block ends."""
    async with _made(definition) as (relay, consumer):
        tasks = [asyncio.create_task(relay.run(), name="relay")]
        if definition.subscriptions:
            tasks.append(asyncio.create_task(consumer.run(), name="consumer"))
        for chore in definition.chores:
            tasks.append(asyncio.create_task(keep_doing(chore, consumer.database), name=chore.name))
        for task in tasks:
            task.add_done_callback(_died)
        try:
            yield relay, consumer
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def _made(definition: Definition) -> AsyncIterator[tuple[Relay, Consumer]]:
    settings, clock, name = definition.settings, definition.clock, definition.service
    url = settings.database_url.get_secret_value()
    signer = Signer(name, read_key(settings.signing_key_file), clock)
    sealer = Sealer(FileKeyProvider(settings.data_keys_dir, name, read_hex_key(settings.master_key_file)))
    tokens = definition.make_tokens(signer) if definition.make_tokens else WorkerTokens(signer, settings.mapping_url)
    clients = definition.make_clients(settings, tokens) if definition.make_clients else None
    database = Database(url, service=name, sealer=sealer, pool_size=settings.worker_pool_size, clock=clock)
    resend = Resend(tokens, settings.url_of)
    try:
        yield (
            Relay(name, url, settings),
            Consumer(database, settings, definition.subscriptions, clients=clients, resend=resend),
        )
    finally:
        for part in (resend, clients, tokens):
            if close := getattr(part, "close", None):
                await close()
        await database.close()


def _died(task: "asyncio.Task[None]") -> None:
    """A worker that ends by a fault of ours takes the process down, so that the supervisor sees it; it never works on half."""
    if not task.cancelled() and task.exception():
        log.error("worker died", task=task.get_name(), exc_info=task.exception())
        signal.raise_signal(signal.SIGTERM)


def part(definition: Definition) -> Part:
    """The worker inside the API's process."""

    @asynccontextmanager
    async def inside(app: FastAPI) -> AsyncIterator[None]:
        async with running(definition) as (relay, consumer):
            await _add_checks(app, relay, consumer)
            app.state.relay, app.state.consumer = relay, consumer
            yield

    return inside


async def _add_checks(app: FastAPI, relay: Relay, consumer: Consumer) -> None:
    async def kafka() -> bool:
        asked = [relay.reaches_broker()]
        if consumer.subscriptions:
            asked.append(consumer.reaches_broker())
        return all(await asyncio.gather(*asked))

    app.state.checks.wanted["kafka"] = kafka
    if consumer.subscriptions:
        app.state.checks.details["consumer"] = consumer.describe


async def _alone(definition: Definition) -> None:
    logging.start(definition.service, definition.settings.log_level)
    settings = definition.settings
    spans = telemetry.start(
        f"{definition.service}-worker",
        traces_dir=settings.traces_dir,
        otlp_endpoint=settings.otel_exporter_otlp_endpoint,
    )
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(definition):
        settle()
        await stop.wait()
    if spans:
        spans.shutdown()


def run(definition: Definition) -> None:
    """The worker as a process of its own, until SIGTERM."""
    asyncio.run(_alone(definition))


async def replay_once(definition: Definition, *, key: UUID | None, since: datetime | None) -> int:
    """For the operator: see `shared.kafka.replay.replay`."""
    async with _made(definition) as (_, consumer):
        return await replay(consumer, key=key, since=since)


def main(arguments: list[str] | None = None) -> int:
    """`python -m shared.worker SERVICE [--since 2026-11-24T00:00:00+01:00] [--key UUID]`: replays into one service, with its environment."""
    parser = argparse.ArgumentParser(
        prog="replay", description="Reads a service's topics again and rebuilds what it made of them."
    )
    parser.add_argument("service")
    parser.add_argument("--key", type=UUID, help="one aggregate's key")
    parser.add_argument(
        "--since", type=datetime.fromisoformat, help="every key that had an event since then (with a time zone)"
    )
    parser.add_argument("--all", action="store_true", help="everything")
    chosen = parser.parse_args(arguments)
    if not (chosen.key or chosen.since or chosen.all):
        parser.error("say --key, --since or --all")
    if chosen.since and chosen.since.tzinfo is None:
        parser.error("--since needs a time zone, for example 2026-11-24T00:00:00+01:00")
    room = "gateway.delivery" if chosen.service == "gateway" else f"services.{chosen.service}"
    definition: Definition = import_module(f"{room}.worker").definition()
    handled = asyncio.run(replay_once(definition, key=chosen.key, since=chosen.since))
    sys.stdout.write(f"{handled} events handled again\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
