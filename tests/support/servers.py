"""Any ASGI application on a real port of this process: a fake of another system behind a client."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Literal

import uvicorn
from starlette.types import ASGIApp

from shared.connection import HEADER_SECONDS
from shared.serve import config
from tests.support.until import until

GRACE_SECONDS = 1.0


def bound(port: int = 0) -> socket.socket:
    """A port on 127.0.0.1 that is ours from now on: one that is only looked up can be another's a moment later."""
    listener = socket.socket(
        proto=socket.IPPROTO_TCP
    )  # named, or asyncio leaves Nagle on and each kept connection waits 40 ms
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    return listener


@asynccontextmanager
async def served(
    app: ASGIApp,
    *,
    port: int = 0,
    listener: socket.socket | None = None,
    lifespan: Literal["auto", "off"] = "auto",
    header_seconds: float = HEADER_SECONDS,
) -> AsyncIterator[str]:
    """The address of the application, served as our processes serve it until the block ends. `listener`: a port taken beforehand.
    `lifespan`: off where somebody else has entered it."""
    listener = listener or bound(port)
    server = _Server(config(app, lifespan=lifespan, header_seconds=header_seconds))
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

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """uvicorn's own, without the tenth of a second that it waits whether anybody is connected or not."""
        state = self.server_state
        for listening in (*self.servers, *(sockets or [])):
            listening.close()
        for connection in list(state.connections):
            connection.shutdown()
        with suppress(AssertionError):
            await until(lambda: not state.connections and not state.tasks, deadline=GRACE_SECONDS)
        for task in state.tasks:
            task.cancel()
        await self.lifespan.shutdown()

    def install_signal_handlers(self) -> None:
        """They are pytest's."""
