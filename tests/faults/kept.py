"""One PostgreSQL under the supervisor of `make up`, in a folder of a test's own."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg

from deploy.local.parts import PASSING
from deploy.local.postgres import PostgresServer
from deploy.local.supervisor import Part, Supervisor
from tests.support.until import until

AWAY = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)


@dataclass
class Kept:
    """The server, who keeps it running, and what the supervisor said."""

    server: PostgresServer
    supervisor: Supervisor
    run: "asyncio.Task[None]"
    said: list[str] = field(default_factory=list)

    @property
    def pid(self) -> int | None:
        """The postmaster that lives now."""
        child = self.supervisor.running.get("postgres")
        return child.pid if child is not None and child.returncode is None else None

    async def ask(self, sql: str, *values: Any) -> Any:
        """One value, on a connection of its own."""
        connection = await asyncpg.connect(self.server.admin_url(), timeout=5)
        try:
            return await connection.fetchval(sql, *values)
        finally:
            await connection.close()

    async def answers(self) -> bool:
        """Whether it takes a new session. Fails when the supervisor has given up."""
        assert not self.run.done(), self.run.exception()
        try:
            return bool(await self.ask("select true"))
        except AWAY:
            return False


@asynccontextmanager
async def kept(folder: Path, port: int, passwords: dict[str, str]) -> AsyncIterator[Kept]:
    """Running until the block ends."""
    server = PostgresServer(folder, port, passwords)
    said: list[str] = []
    part = Part(
        "postgres",
        command=server.command,
        log=folder / "postgres.log",
        ready=server.wait_ready,
        prepare=server.prepare,
        port=port,
        is_store=True,
        passing=PASSING,
    )
    supervisor, ready = Supervisor([part], said.append), asyncio.Event()

    async def when_ready() -> None:
        ready.set()

    run = asyncio.create_task(supervisor.run(when_ready))
    try:
        await until(lambda: ready.is_set() or run.done(), 60)
        yield Kept(server, supervisor, run, said)
    finally:
        supervisor.request_stop()
        with contextlib.suppress(Exception):
            await run
