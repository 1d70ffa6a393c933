"""A service whose way to its database can be cut."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from tests.faults.proxy import Proxy
from tests.services.mapping.world import Register, World
from tests.support.clock import MovableClock
from tests.support.keys import Keys
from tests.support.postgres import cloned
from tests.support.running import environment, running


@dataclass
class Cuttable:
    """The mapping service, its little world, and the proxy before its database."""

    world: World
    proxy: Proxy


@pytest.fixture
async def cuttable(
    keys: Keys, clock: MovableClock, tmp_path: Path, serve: Callable[[ASGIApp], Awaitable[str]]
) -> AsyncIterator[Cuttable]:
    """`make` of tests.support.running, with the proxy's port in the address of the database."""
    register = Register()
    async with cloned("mapping") as clone:
        proxy = Proxy(clone.server.port)
        await proxy.start()
        settings = {
            **environment("mapping", folder=tmp_path, keys=keys, clone=clone),
            "REGISTER_URL": await serve(register.app()),
            "DATABASE_URL": clone.server.url("mapping", clone.name, through=proxy.port),
        }
        async with running("mapping", settings, clone=clone, keys=keys, clock=clock) as mapping:
            yield Cuttable(World(mapping, register), proxy)
        await proxy.stop()
