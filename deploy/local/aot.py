"""Builds the broker's class cache (it halves the start), once per Java and jars, at low priority, when all else runs.

Two steps, each a child of our own: the one-step way (`-XX:AOTCacheOutput`) leaves a grandchild that nobody could end.
"""

import asyncio
import os
import shutil
import signal
import socket
from collections.abc import Callable
from pathlib import Path

from deploy.local import kafka, process
from deploy.local.jars import JarStore
from deploy.local.java import aot_cache, java
from deploy.local.kafka import KafkaBroker
from deploy.local.layout import HOST, Layout
from deploy.local.process import Command, StartFailed
from deploy.local.topics import declared

_NICE = 19
_DUMPED_WITHIN_S = 120.0
_CREATED_WITHIN_S = 180.0


async def train(where: Layout, report: Callable[[str], None]) -> None:
    """Make the cache when there is none. Never a reason to stop: without it the next start takes a second or two more."""
    cache = aot_cache()
    if cache.exists() or os.environ.get("SOMLOS_AOT") == "0" or os.environ.get("KAFKA_BOOTSTRAP_SERVERS"):
        return
    folder = where.state / "kafka-training"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        await _record(folder)
        made = await _create(folder)
        cache.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, cache.with_suffix(".new"))
        cache.with_suffix(".new").replace(cache)
        report("Kafka will start faster from now on: its class cache is built")
    except (StartFailed, OSError, TimeoutError) as error:
        report(f"Kafka's class cache could not be built; it is not needed ({error})")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _record(folder: Path) -> None:
    """Run a broker of its own until it serves, and let it write down what it loaded."""
    declaration = declared()
    port, controller_port = _free_ports(2)
    options = ("-XX:AOTMode=record", f"-XX:AOTConfiguration={folder / 'kafka.aotconf'}")
    passwords = kafka.passwords_for(declaration)
    broker = KafkaBroker(
        folder / "broker", port=port, controller_port=controller_port, passwords=passwords, jvm=options
    )
    await broker.prepare()
    child = await process.spawn(broker.command(), broker.log, nice=_NICE)
    try:
        async with asyncio.timeout(_DUMPED_WITHIN_S):
            await broker.wait_ready()
        await process.end(child, signal.SIGTERM, grace_s=_DUMPED_WITHIN_S)
    finally:
        await process.end(child, signal.SIGKILL, grace_s=1)
    if not (folder / "kafka.aotconf").exists():
        raise StartFailed("the broker recorded nothing")


async def _create(folder: Path) -> Path:
    broker_options = (
        "-XX:AOTMode=create",
        f"-XX:AOTConfiguration={folder / 'kafka.aotconf'}",
        f"-XX:AOTCache={folder / 'kafka.aot'}",
    )
    call = java(JarStore(), *broker_options, main="kafka.Kafka")
    child = await process.spawn(
        Command(call, {"LANG": "C.UTF-8"}, signal.SIGKILL, directory=folder), folder / "create.log", nice=_NICE
    )
    try:
        async with asyncio.timeout(_CREATED_WITHIN_S):
            code = await child.wait()
    finally:
        await process.end(child, signal.SIGKILL, grace_s=1)
    if code != 0 or not (folder / "kafka.aot").exists():
        raise StartFailed(f"exit code {code}")
    return folder / "kafka.aot"


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server((HOST, 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports
