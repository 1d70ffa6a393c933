"""Good requests to rights."""

from uuid import UUID

from tests.support.asking.mapping import change_profile
from tests.support.asking.table import Asked, asked, good, the_child
from tests.support.town import Town, body_of


async def _judged(town: Town) -> UUID:
    child = await the_child(town)
    body_of(await (await change_profile(town)).send(town))
    await town.spread()
    return child


@good("GET /rights/v1/children/{child_id}")
async def rights(town: Town) -> Asked:
    """What the child may have a right to."""
    return await asked(town, "GET /rights/v1/children/{child_id}", child=await _judged(town))


@good("GET /rights/v1/children/{child_id}/rights/{right_id}")
async def one_right(town: Town) -> Asked:
    """One of them."""
    route = "GET /rights/v1/children/{child_id}/rights/{right_id}"
    return await asked(town, route, child=await _judged(town), values={"right_id": "hjelpestonad"})
