"""A cluster that is stopped, set back and started again in one place: the same folder, the same ports, the operator's own commands."""

import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local import process
from deploy.local.layout import HOST, PORTS, ROOT
from deploy.local.process import Command
from tests.faults.apart import NO_LIMIT, STARTS_WITHIN_S, STOP_GRACE_S, Apart, is_ready
from tests.faults.proxy import Proxy
from tests.support.keeper import free_port
from tests.support.until import until


def say(text: str) -> None:
    """What was looked at is printed: nothing found must not mean that nothing was looked at."""
    sys.stdout.write(f"{text}\n")


@dataclass
class Stage:
    """Where it stands."""

    folder: Path
    ports: dict[str, int] = field(default_factory=lambda: {name: free_port() for name in PORTS})

    def _environment(self, more: dict[str, str] | None = None) -> dict[str, str]:
        ports = {PORTS[name][0]: str(number) for name, number in self.ports.items()}
        return {**os.environ, **ports, **NO_LIMIT, "SOMLOS_STATE_DIR": str(self.folder), **(more or {})}

    @asynccontextmanager
    async def up(self, proxy: Proxy | None = None) -> AsyncIterator[Apart]:
        """`make up`, until the block ends. `proxy`: what stands before PostgreSQL."""
        more = {"SOMLOS_DATABASE_PORT": str(proxy.port)} if proxy else {}
        words, log = (sys.executable, "-m", "deploy.local.cli", "up"), self.folder / "up.log"
        told = self._environment(more)
        command = Command(words, told, signal.SIGTERM, directory=ROOT)
        supervisor = await process.spawn(command, log)
        try:
            await until(lambda: supervisor.returncode is not None or is_ready(self.folder), STARTS_WITHIN_S)
            assert supervisor.returncode is None, process.tail(log, 40)
            gateway, issuer = (f"http://localhost:{self.ports[name]}" for name in ("gateway", "issuer"))
            kafka = f"{HOST}:{self.ports['kafka']}"
            yield Apart(gateway, issuer, kafka, self.folder, self.ports, proxy or Proxy(self.ports["postgres"]), told)
        finally:
            await process.end(supervisor, signal.SIGTERM, grace_s=STOP_GRACE_S)

    async def somlos(self, *words: str) -> str:
        """One of the operator's commands, and what it said. AssertionError when it failed."""
        log = self.folder / "commands.log"
        before = log.stat().st_size if log.exists() else 0
        arguments = (sys.executable, "-m", "deploy.local.cli", *words)
        code = await process.run(Command(arguments, self._environment(), directory=ROOT), log)
        said = log.read_bytes()[before:].decode()
        assert code == 0, f"somlos {' '.join(words)}: {said}"
        return said
