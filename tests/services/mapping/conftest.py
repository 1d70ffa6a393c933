"""Fixtures of the mapping service's tests."""

import pytest

from tests.services.mapping.world import Register, World


@pytest.fixture
async def world(start, serve):
    """The service on a database of its own, with a register of its own."""
    register = Register()
    mapping = await start("mapping", {"REGISTER_URL": await serve(register.app())})
    return World(mapping, register)
