"""Keeps one server for a test run: `python -m tests.support.keeper <kind> <folder>` prints one line of JSON when it is ready."""

import asyncio
import fcntl
import json
import os
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from deploy.local import kafka_admin, process, record
from deploy.local.kafka import KafkaBroker
from deploy.local.kafka import passwords_for as kafka_passwords_for
from deploy.local.layout import PORTS, ROOT, WITH_DATABASE, Layout, cache_directory
from deploy.local.postgres import PostgresServer, passwords_for
from deploy.local.process import Command
from deploy.local.topics import declared
from tests.support.run import is_held
from tests.support.until import until

Details = dict[str, Any]
CLUSTER_SECONDS, STOP_GRACE_SECONDS = 120.0, 15.0


def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


@asynccontextmanager
async def postgres(folder: Path) -> AsyncIterator[Details]:
    """A PostgreSQL without fsync."""
    details: Details = {"directory": str(folder), "port": free_port(), "passwords": passwords_for(WITH_DATABASE)}
    server = PostgresServer(folder, details["port"], details["passwords"], durable=False)
    await server.start()
    try:
        yield details
    finally:
        await server.stop()


@asynccontextmanager
async def kafka(folder: Path) -> AsyncIterator[Details]:
    """A broker with the topics, users and permissions of deploy/kafka."""
    details: Details = {
        "directory": str(folder),
        "port": free_port(),
        "controller_port": free_port(),
        "passwords": kafka_passwords_for(declared()),
    }
    broker = KafkaBroker(
        folder, port=details["port"], controller_port=details["controller_port"], passwords=details["passwords"]
    )
    await broker.start()
    try:
        logins = [broker.credentials(user).librdkafka() for user in details["passwords"]]
        # A new user is known a moment after the broker has said so.
        known = [until(partial(asyncio.to_thread, kafka_admin.answers, login), deadline=30) for login in logins]
        await asyncio.gather(*known)
        yield details
    finally:
        await broker.stop()


@asynccontextmanager
async def cluster(folder: Path) -> AsyncIterator[Details]:
    """Everything, as `make up` starts it, on ports and in a folder of its own."""
    ports = {variable: str(free_port()) for variable, _ in PORTS.values()}
    environment = {**os.environ, **ports, "SOMLOS_STATE_DIR": str(folder)}
    command = Command((sys.executable, "-m", "deploy.local.cli", "up"), environment, signal.SIGTERM, directory=ROOT)
    log = folder / "up.log"
    supervisor = await process.spawn(command, log)
    try:
        await until(lambda: supervisor.returncode is not None or _is_ready(folder), deadline=CLUSTER_SECONDS)
        if supervisor.returncode is not None:
            raise RuntimeError(log.read_text())
        yield {
            "gateway": f"http://localhost:{ports['SOMLOS_GATEWAY_PORT']}",
            "issuer": f"http://localhost:{ports['SOMLOS_ISSUER_PORT']}",
            "kafka": f"127.0.0.1:{ports['SOMLOS_KAFKA_PORT']}",
            "state": str(folder),
        }
    finally:
        await process.end(supervisor, signal.SIGTERM, grace_s=STOP_GRACE_SECONDS)


def _is_ready(folder: Path) -> bool:
    found = record.read(Layout(folder, cache_directory()))
    return found is not None and found.ready_after_s is not None


SERVERS: dict[str, Callable[[Path], AbstractAsyncContextManager[Details]]] = {
    "postgres": postgres,
    "kafka": kafka,
    "cluster": cluster,
}


def wait_for_the_end_of_the_run(run: Path) -> None:
    """Return when no process of the run holds its lock any more."""
    with (run / "alive").open("ab") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)


def sweep(run: Path) -> None:
    """The last keeper takes the run's folder along: the controller may have been killed."""
    if not any(is_held(lock) for lock in run.glob("*.keeper")):
        shutil.rmtree(run, ignore_errors=True)


async def keep(kind: str, run: Path) -> None:
    """Start, tell, wait, stop, clean up."""
    with (run / f"{kind}.keeper").open("ab") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        folder = run / kind
        async with SERVERS[kind](folder) as details:
            sys.stdout.write(json.dumps(details) + "\n")
            sys.stdout.flush()
            await asyncio.to_thread(wait_for_the_end_of_the_run, run)
        shutil.rmtree(folder, ignore_errors=True)
    await asyncio.to_thread(sweep, run)


if __name__ == "__main__":
    asyncio.run(keep(sys.argv[1], Path(sys.argv[2])))
