"""The toy service's database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.shared.toy import OpenToy, toys
from tests.support.clock import MovableClock
from tests.support.keys import Keys


@pytest.fixture
async def toy(tmp_path: Path, keys: Keys, clock: MovableClock) -> AsyncIterator[OpenToy]:
    """`await toy("status")`: the toy service on a database of its own."""
    async with toys(tmp_path, keys, clock) as open_toy:
        yield open_toy
