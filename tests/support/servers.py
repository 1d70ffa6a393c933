"""Any ASGI application on a real port of this process: a fake of another system behind a client."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import uvicorn
from starlette.types import ASGIApp

from tests.support.until import until


@asynccontextmanager
async def served(app: ASGIApp, *, port: int = 0, lifespan: Literal["auto", "off"] = "auto") -> AsyncIterator[str]:
    """The address of the application, served until the block ends. `lifespan`: off where somebody else has entered it."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    server = _Server(
        uvicorn.Config(app, log_level="warning", lifespan=lifespan, ws="none", timeout_graceful_shutdown=1)
    )
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await until(lambda: server.started or task.done(), deadline=10)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.leave.set()
        await task
        listener.close()


class _Server(uvicorn.Server):
    """Leaves the process's signal handlers alone, and stops when told instead of looking ten times a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.leave = asyncio.Event()

    async def main_loop(self) -> None:
        """Until it is told."""
        await self.leave.wait()
        self.should_exit = True

    def install_signal_handlers(self) -> None:
        """They are pytest's."""
