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


@good("GET /rights/v1/children/{child_id}/next-questions")
async def next_questions(town: Town) -> Asked:
    """What to ask next about the child."""
    return await asked(town, "GET /rights/v1/children/{child_id}/next-questions", child=await _judged(town))


@good("GET /rights/v1/children/{child_id}/timeline")
async def timeline(town: Town) -> Asked:
    """When each right begins and ends."""
    return await asked(town, "GET /rights/v1/children/{child_id}/timeline", child=await _judged(town))


@good("GET /rights/v1/children/{child_id}/evaluations")
async def evaluations(town: Town) -> Asked:
    """What was answered before."""
    return await asked(town, "GET /rights/v1/children/{child_id}/evaluations", child=await _judged(town))


@good("GET /rights/v1/children/{child_id}/evaluations/{evaluation_id}")
async def one_evaluation(town: Town) -> Asked:
    """One of them, done again."""
    listed = await evaluations(town)
    found = body_of(await listed.send(town))["items"][0]["id"]
    route = "GET /rights/v1/children/{child_id}/evaluations/{evaluation_id}"
    return await asked(town, route, child=UUID(listed.values["child_id"]), values={"evaluation_id": found})
