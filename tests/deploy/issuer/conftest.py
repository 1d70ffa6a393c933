"""The issuers in this process, with a clock that stands still and a browser that keeps cookies."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from deploy.local.issuer.main import create
from deploy.local.issuer.settings import IssuerSettings
from tests.deploy.issuer.parties import Citizens, Machines
from tests.support.clock import START, MovableClock


@pytest.fixture(scope="session")
def state_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all, since keys take time to make."""
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="session")
def settings(state_dir: Path) -> IssuerSettings:
    return IssuerSettings(state_dir=state_dir, issuer_url="http://issuer.test", issuer_test=True)


@pytest.fixture(scope="session")
def standing_clock() -> MovableClock:
    return MovableClock()


@pytest.fixture(scope="session")
def app(settings: IssuerSettings, standing_clock: MovableClock) -> FastAPI:
    return create(settings, standing_clock)


@pytest.fixture
def clock(app: FastAPI, standing_clock: MovableClock) -> MovableClock:
    """At the start again for each test."""
    app.state.clock.offset = timedelta()
    standing_clock.move_to(START)
    return standing_clock


@pytest.fixture
async def http(app: FastAPI, clock: MovableClock) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://issuer.test") as client:
        yield client


@pytest.fixture
def citizens(http: httpx.AsyncClient, state_dir: Path, clock: MovableClock) -> Citizens:
    return Citizens(http, state_dir / "clients", clock)


@pytest.fixture
def machines(http: httpx.AsyncClient, state_dir: Path, clock: MovableClock) -> Machines:
    return Machines(http, state_dir / "clients", clock)
