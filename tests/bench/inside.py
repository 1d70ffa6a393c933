"""A service in this process, for what must be listened to or filled; what is measured runs as a process of its own."""

import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI

from shared.crypto import FileKeyProvider, Sealer, read_hex_key
from shared.db.transaction import Database
from tests.bench.world import World
from tests.support.postgres import Clone
from tests.support.running import alive, client_of


@asynccontextmanager
async def in_this_process(create: Callable[[], FastAPI], settings: Mapping[str, str]) -> AsyncIterator[FastAPI]:
    """The application with these settings, its lifespan entered, until the block ends."""
    before = dict(os.environ)
    os.environ.update({**settings, "LOG_LEVEL": "ERROR"})
    try:
        app = create()
    finally:
        os.environ.clear()
        os.environ.update(before)
    async with alive(app):
        yield app


@asynccontextmanager
async def database_of(world: World, clone: Clone) -> AsyncIterator[Database]:
    """The database as its service opens it, with the service's own keys."""
    provider = FileKeyProvider(
        world.folder / clone.service / "data-keys", clone.service, read_hex_key(world.keys.master)
    )
    database = Database(clone.url, service=clone.service, sealer=Sealer(provider))
    try:
        yield database
    finally:
        await database.close()


async def sent(app: FastAPI, request: Mapping[str, Any], *, expected: int = 200) -> httpx.Response:
    """The answer to `{"method", "path", "headers"}`. RuntimeError for another status than expected."""
    async with client_of(app) as http:
        answer = await http.request(request["method"], request["path"], headers=request["headers"])
    if answer.status_code != expected:
        raise RuntimeError(f"{answer.status_code}: {answer.text[:1500]}")
    return answer
