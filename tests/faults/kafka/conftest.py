"""Clusters of their own for tests that kill them, and the toy service's databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.kafka.brokers import Brokers, running
from tests.shared.toy import OpenToy, toys
from tests.support.clock import MovableClock
from tests.support.keys import Keys


@pytest.fixture(scope="session")
async def lone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Brokers]:
    """One broker, to be killed; each test leaves it running."""
    async with running(tmp_path_factory.mktemp("lone"), 1) as brokers:
        yield brokers


@pytest.fixture(scope="module")
async def three(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Brokers]:
    """Three brokers: replication 3, two must have an event before it is acknowledged."""
    async with running(tmp_path_factory.mktemp("three"), 3) as brokers:
        yield brokers


@pytest.fixture
async def toy(tmp_path: Path, keys: Keys, clock: MovableClock) -> AsyncIterator[OpenToy]:
    """`await toy("status")`: the toy service on a database of its own."""
    async with toys(tmp_path, keys, clock) as open_toy:
        yield open_toy
