"""What is measured against: one PostgreSQL and one Kafka broker of the run, as `make up` starts them, and processes that come and go."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import psutil

from deploy.local import process
from deploy.local.kafka import KafkaBroker
from deploy.local.kafka import passwords_for as kafka_passwords_for
from deploy.local.layout import ROOT, WITH_DATABASE
from deploy.local.postgres import PostgresServer, passwords_for
from deploy.local.process import Command
from deploy.local.topics import declared
from shared.db.migrate import migrate
from tests.support.keeper import free_port
from tests.support.keys import Keys, make_keys
from tests.support.postgres import Clone
from tests.support.running import environment
from tests.support.until import until

START_SECONDS = 60.0
Wanted = tuple[str, Mapping[str, str]] | tuple[str, Mapping[str, str], int]


@dataclass(frozen=True, slots=True)
class Running:
    """A process of ours that serves HTTP."""

    port: int
    process: asyncio.subprocess.Process

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def cpu_seconds(self) -> float:
        """The processor time it has used so far; to the nanosecond where the kernel keeps it so, else to the hundredth."""
        tasks = [*Path("/proc", str(self.process.pid), "task").glob("*/schedstat")]
        if tasks:
            return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9
        used = psutil.Process(self.process.pid).cpu_times()
        return float(used.user + used.system)


class World:
    """The run's folder, keys and servers; the servers are started by the first who needs them."""

    def __init__(self, folder: Path, stack: AsyncExitStack) -> None:
        self.folder, self._stack = folder, stack
        self.keys: Keys = make_keys(folder / "keys")
        self._server: PostgresServer | None = None
        self._broker: KafkaBroker | None = None
        self._migrated: set[str] = set()

    async def server(self) -> PostgresServer:
        """The PostgreSQL, with the settings of deploy/postgres and fsync on."""
        if self._server is None:
            self._server = PostgresServer(self.folder / "postgres", free_port(), passwords_for(WITH_DATABASE))
            await self._server.start()
            self._stack.push_async_callback(self._server.stop)
        return self._server

    async def broker(self) -> KafkaBroker:
        """The Kafka broker, with the topics, users and permissions of deploy/kafka."""
        if self._broker is None:
            self._broker = KafkaBroker(
                self.folder / "kafka",
                port=free_port(),
                controller_port=free_port(),
                passwords=kafka_passwords_for(declared()),
            )
            await self._broker.start()
            self._stack.push_async_callback(self._broker.stop)
        return self._broker

    async def database(self, service: str, name: str) -> Clone:
        """A migrated, empty database of the service."""
        server, template = await self.server(), f"template_{service}"
        if service not in self._migrated:
            await server.create_service_database(service, template)
            await migrate(service, server.owner_url(service, template))
            self._migrated.add(service)
        return await self.copy(Clone(server, service, template), name)

    async def copy(self, of: Clone, name: str) -> Clone:
        """A copy of a database that nobody is connected to."""
        await of.server.clone(of.name, name, f"{of.service}_owner")
        return Clone(of.server, of.service, name)

    async def settings(self, service: str, clone: Clone | None = None, **more: str) -> dict[str, str]:
        """What a deployment would set for the service: traces are written, requests are logged."""
        folder = self.folder / service
        kafka = self._broker.credentials(service).environment() if self._broker else {}
        return {
            **environment(service, folder=folder, keys=self.keys, clone=clone),
            **kafka,
            "TRACES_DIR": str(self.folder / "traces"),
            **more,
        }

    @asynccontextmanager
    async def processes(self, wanted: Mapping[str, Wanted]) -> AsyncIterator[dict[str, Running]]:
        """Several at once: `{name: (factory, settings)}`, or `(factory, settings, port)` where others must find it."""
        async with AsyncExitStack() as stack:
            opened = [stack.enter_async_context(self.process(*each)) for each in wanted.values()]
            started = await asyncio.gather(*opened)
            yield dict(zip(wanted, started, strict=True))

    @asynccontextmanager
    async def process(
        self, factory: str, settings: Mapping[str, str], port: int | None = None
    ) -> AsyncIterator[Running]:
        """The application as `make up` would serve it, until the block ends."""
        number = port or free_port()
        log = self.folder / f"{number}.log"
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {**kept, "PYTHONPATH": str(ROOT), "TZ": "UTC", **settings}
        command = Command((sys.executable, "-m", "tests.bench.serving", factory, str(number)), own, directory=ROOT)
        started = await process.spawn(command, log)
        try:
            await until(lambda: _answers(started, number, log), START_SECONDS)
            yield Running(number, started)
        finally:
            await process.end(started, signal.SIGTERM, grace_s=10)


async def _answers(started: asyncio.subprocess.Process, port: int, log: Path) -> bool:
    if started.returncode is not None:
        raise RuntimeError(f"it ended at once:\n{process.tail(log, 30)}")
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.write(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    first = await reader.readline()
    writer.close()
    return first.split(b" ")[1:2] == [b"200"]


async def as_admin(clone: Clone, *statements: str) -> None:
    """Statements past every wall, each in a transaction of its own."""
    connection = await asyncpg.connect(clone.admin_url, server_settings={"search_path": f"{clone.service},public"})
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


@asynccontextmanager
async def open_world() -> AsyncIterator[World]:
    """A world in a temporary folder; what it started is stopped, last first."""
    with tempfile.TemporaryDirectory(prefix="somlos-bench-") as name:
        async with AsyncExitStack() as stack:
            yield World(Path(name), stack)
