"""Runs one ASGI application as a process: uvicorn with uvloop and httptools."""

import os

import uvicorn

_GRACE_SECONDS = 5


def serve(factory: str, *, port: int, host: str | None = None) -> None:
    """Serves `module:factory` until SIGTERM or SIGINT; requests under way get 5 s to finish."""
    uvicorn.run(
        factory,
        factory=True,
        host=host or os.environ.get("HOST", "127.0.0.1"),
        port=port,
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_keep_alive=75,
    )
