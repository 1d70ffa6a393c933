"""One gateway for all tests of a file; each test starts with empty hands and every service in place."""

import pytest

from tests.gateway.world import open_world


@pytest.fixture(scope="module")
async def gateway(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gateway")
    generous = {f"{kind}_{what}": 100_000 for kind in ("citizen", "machine", "public") for what in ("rate", "burst")}
    async with open_world(folder, **generous) as world:
        yield world


@pytest.fixture
async def world(gateway):
    for service in gateway.services.values():
        service.seen.clear()
        service.questions.clear()
        service.tokens.clear()
        service.reply, service.refuses_assertions, service.hangs_up = None, False, 0
    gateway.families.persons.clear()
    gateway.families.grants.clear()
    gateway.issuers.away = False
    yield gateway
    for service in gateway.services.values():
        if service._runner is None:
            await service.start()
