"""A client has given up waiting and asks again, while its first request is still on its way."""

import asyncio
from typing import Any

import pytest

from tests.services.applications.conftest import world
from tests.services.applications.fake_mapping import FakeMapping
from tests.services.applications.world import ANSWERS, World, key
from tests.support.until import until

__all__ = ["world"]


class SlowMapping(FakeMapping):
    """Its answer to the first request is held back until it is told to go on."""

    def __init__(self) -> None:
        self.asked, self.go = 0, asyncio.Event()
        super().__init__()

    async def _pseudonyms(self, body: dict[str, Any]) -> dict[str, Any]:
        self.asked += 1
        if self.asked == 1:
            await self.go.wait()
        return await super()._pseudonyms(body)


@pytest.fixture
async def mapping() -> SlowMapping:
    return SlowMapping()


async def test_the_first_submission_arriving_after_its_second_try_gets_the_same_answer(
    world: World,
    mapping: SlowMapping,
) -> None:
    draft: dict[str, Any] = (await world.start()).json()
    answers: list[Any] = ANSWERS
    same: Any = key()
    assert (await world.change(draft, *answers, free_text="Vi er oppe hver natt.")).status_code == 200
    first = asyncio.create_task(world.submit(draft, **same))
    await until(lambda: mapping.asked == 1)
    second = await world.submit(draft, **same)
    mapping.go.set()

    late = await first
    assert (second.status_code, late.status_code) == (201, 201), late.text
    assert late.json()["id"] == second.json()["id"]
    assert len(await world.service.outbox("no.somlos.application.submitted.v1")) == 1
