"""A cluster of its own for harm: every part a process whose number is known, PostgreSQL behind a proxy that can cut."""

import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from deploy.local import process, record
from deploy.local.layout import HOST, PORTS, ROOT, Layout, cache_directory
from deploy.local.process import Command
from tests.faults.pace import pause
from tests.faults.proxy import Proxy
from tests.support.cluster import Cluster
from tests.support.keeper import free_port
from tests.support.until import until

LEADS = """
select exists (
  select from pg_locks l join pg_stat_activity a on a.pid = l.pid
  where a.datname = current_database() and a.backend_start > $1 and l.locktype = 'advisory' and l.granted
    and (l.classid::bigint << 32) | l.objid::bigint = hashtextextended('somlos.relay', 0)
) as leads"""
STARTS_WITHIN_S, STOP_GRACE_S, BACK_WITHIN_S = 120.0, 15.0, 60.0
NO_LIMIT = {f"{kind}_{what}": "1000000" for kind in ("CITIZEN", "MACHINE", "PUBLIC") for what in ("RATE", "BURST")}


@dataclass(frozen=True)
class Apart(Cluster):
    """The cluster's addresses (tests/support/cluster.py), and its parts by name."""

    ports: Mapping[str, int]
    proxy: Proxy
    environment: Mapping[str, str] = field(default_factory=dict)
    """What a command of `somlos` needs to find this cluster."""

    def pid(self, part: str) -> int:
        """The part's process now."""
        return self._processes()[part]

    def parts(self) -> list[str]:
        """Every part that runs now."""
        return sorted(self._processes())

    def signal(self, part: str, number: signal.Signals = signal.SIGKILL) -> int:
        """Sends it; returns the process it was sent to."""
        pid = self.pid(part)
        os.kill(pid, number)
        return pid

    async def kill(self, part: str) -> float:
        """`kill -9`, and the seconds until the part serves again."""
        began = time.monotonic()
        await self.back(part, self.signal(part))
        return time.monotonic() - began

    async def back(self, part: str, old: int) -> None:
        """Returns when another process than `old` does the part's work."""
        since = datetime.now(UTC)
        await self.replaced(part, old)
        await until(partial(self._serves, part, since), BACK_WITHIN_S)

    async def replaced(self, part: str, old: int) -> None:
        """Returns when another process than `old` has been started for the part."""
        await until(lambda: self._processes().get(part, old) != old, BACK_WITHIN_S)

    async def _serves(self, part: str, since: datetime) -> bool:
        if part == "postgres":
            return await self._postgres_answers()
        if part not in self.ports:
            return await self._relay_leads(part.removesuffix("-worker"), since)
        async with httpx.AsyncClient(timeout=5) as http:
            try:
                return (await http.get(f"http://{HOST}:{self.ports[part]}/health/ready")).status_code == httpx.codes.OK
            except httpx.HTTPError:
                return False

    async def _relay_leads(self, service: str, since: datetime) -> bool:
        """A worker has no port: it works when its relay, in a session newer than that moment, holds the leader's lock."""
        await pause(0.05)
        return bool((await self.rows(service, LEADS, since))[0]["leads"])

    async def _postgres_answers(self) -> bool:
        await pause(0.1)  # each look costs the server a process
        try:
            connection = await asyncpg.connect(self.admin_address("postgres"), timeout=2)
        except (OSError, TimeoutError, asyncpg.PostgresError):
            return False
        await connection.close()
        return True

    def admin_address(self, database: str) -> str:
        """PostgreSQL's administrator, not through the proxy."""
        password = (self.state / "secrets" / "postgres" / "postgres").read_text().strip()
        return f"postgresql://postgres:{password}@{HOST}:{self.ports['postgres']}/{database}"

    def kafka_admin(self) -> dict[str, Any]:
        """Kafka's administrator, for aiokafka."""
        return {
            "bootstrap_servers": self.kafka,
            "security_protocol": "SASL_PLAINTEXT",
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": "admin",
            "sasl_plain_password": (self.state / "secrets" / "kafka" / "admin").read_text().strip(),
        }

    async def rows(self, service: str, sql: str, *values: Any) -> list[Any]:
        """Rows of a service's database, past every wall."""
        connection = await asyncpg.connect(self.admin_address(f"somlos_{service}"))
        try:
            return list(await connection.fetch(sql, *values))
        finally:
            await connection.close()

    async def command(self, service: str, sql: str) -> None:
        """Statements in a service's database, as the administrator."""
        connection = await asyncpg.connect(self.admin_address(f"somlos_{service}"))
        try:
            await connection.execute(sql)
        finally:
            await connection.close()

    def _processes(self) -> dict[str, int]:
        found = record.read(Layout(self.state, cache_directory()))
        return {part.name: part.pid for part in found.parts} if found else {}


@asynccontextmanager
async def apart(folder: Path, *flags: str) -> AsyncIterator[Apart]:
    """`make up` with these flags (`--separate`: workers by themselves) in that folder, on ports of its own, until the block ends."""
    ports = {name: free_port() for name in PORTS}
    proxy = Proxy(ports["postgres"])
    await proxy.start()
    variables = {PORTS[name][0]: str(number) for name, number in ports.items()}
    own = {"SOMLOS_STATE_DIR": str(folder), "SOMLOS_DATABASE_PORT": str(proxy.port)}
    told = {**os.environ, **variables, **NO_LIMIT, **own}
    words = (sys.executable, "-m", "deploy.local.cli", "up", *flags)
    log = folder / "up.log"
    supervisor = await process.spawn(Command(words, told, signal.SIGTERM, directory=ROOT), log)
    try:
        await until(lambda: supervisor.returncode is not None or is_ready(folder), STARTS_WITHIN_S)
        assert supervisor.returncode is None, log.read_text()
        gateway, issuer = (f"http://localhost:{ports[name]}" for name in ("gateway", "issuer"))
        yield Apart(gateway, issuer, f"{HOST}:{ports['kafka']}", folder, ports, proxy, told)
    finally:
        await process.end(supervisor, signal.SIGTERM, grace_s=STOP_GRACE_S)
        await proxy.stop()


def is_ready(folder: Path) -> bool:
    """Whether its supervisor has said so."""
    found = record.read(Layout(folder, cache_directory()))
    return found is not None and found.ready_after_s is not None
