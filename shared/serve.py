"""Runs one ASGI application as a process: uvicorn with uvloop and a connection that has limits."""

import os
import sys
from functools import partial
from socket import socket
from typing import Any

import uvicorn
from uvicorn.config import STARTUP_FAILURE

from shared.connection import HEADER_SECONDS, Connection
from shared.memory import settle

_GRACE_SECONDS = 5


def config(app: Any, *, header_seconds: float = HEADER_SECONDS, **changed: Any) -> uvicorn.Config:
    """How every process of ours speaks HTTP; `changed`: what uvicorn.Config takes besides."""
    connection: Any = partial(Connection, header_seconds=header_seconds)  # uvicorn only ever calls it
    usual: dict[str, Any] = {
        "http": connection,
        "ws": "none",
        "access_log": False,
        "log_level": "warning",
        "server_header": False,
        "date_header": False,
        "timeout_graceful_shutdown": _GRACE_SECONDS,
        "timeout_keep_alive": 75,
    }
    return uvicorn.Config(app, **usual | changed)


class _Server(uvicorn.Server):
    """Settles when everything is started."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Starts as it does."""
        await super().startup(sockets)
        settle()


def serve(factory: str, *, port: int, host: str | None = None, header_seconds: float = HEADER_SECONDS) -> None:
    """Serves `module:factory` until SIGTERM or SIGINT; requests under way get 5 s to finish."""
    address = host or os.environ.get("HOST", "127.0.0.1")
    server = _Server(
        config(factory, header_seconds=header_seconds, factory=True, loop="uvloop", host=address, port=port)
    )
    server.run()
    if not server.started:
        sys.exit(STARTUP_FAILURE)
