"""The town behind its door, once for all tests of a file."""

from collections.abc import AsyncIterator

import pytest

from tests.security.outside import Outside, open_outside
from tests.support.town import Town


@pytest.fixture(scope="module")
async def outside(town: Town) -> AsyncIterator[Outside]:
    """The real door in front of the town."""
    async with open_outside(town) as opened:
        yield opened
