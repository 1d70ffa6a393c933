"""Good requests to status."""

from tests.support.asking.applications import submitted
from tests.support.asking.table import Asked, asked, good, the_child
from tests.support.town import Town


@good("GET /status/v1/children/{child_id}/overview")
async def overview(town: Town) -> Asked:
    """Every case of the child."""
    await submitted(town)
    await town.spread()
    return await asked(town, "GET /status/v1/children/{child_id}/overview", child=await the_child(town))


@good("GET /status/v1/cases/{case_id}")
async def one_case(town: Town) -> Asked:
    """One of them."""
    values = await submitted(town)
    await town.spread()
    return await asked(town, "GET /status/v1/cases/{case_id}", values={"case_id": values["application_id"]})
