"""Good requests to mapping."""

from dataclasses import replace
from typing import Any

from tests.support.asking.table import CHILD, Asked, asked, good, in_days, key, municipality, the_child
from tests.support.town import Town, body_of, etag_of


@good("GET /mapping/v1/children")
async def children(town: Town) -> Asked:
    """Her children."""
    return await asked(town, "GET /mapping/v1/children")


def _of_the_child(route: str) -> None:
    async def prepare(town: Town) -> Asked:
        return await asked(town, route, child=await the_child(town))

    good(route)(prepare)


for _each in ("", "/profile", "/profile/history", "/grants", "/access-log"):
    _of_the_child(f"GET {CHILD}{_each}")


@good(f"PATCH {CHILD}/profile")
async def change_profile(town: Town) -> Asked:
    """She tells three things."""
    read = await (await asked(town, f"GET {CHILD}/profile", child=await the_child(town))).send(town)
    facts = [
        {"fact": "serious_condition", "state": "known", "value": True},
        {"fact": "diagnosis_groups", "state": "known", "value": ["rare_disease"]},
        {"fact": "parent_employed", "state": "not_known"},
    ]
    return await asked(
        town, f"PATCH {CHILD}/profile", child=await the_child(town), json={"facts": facts}, headers=etag_of(read)
    )


@good(f"POST {CHILD}/grants")
async def give_grant(town: Town) -> Asked:
    """She lets the municipality read."""
    for given in await _live_grants(town):
        await (
            await asked(town, "POST /mapping/v1/grants/{grant_id}/withdrawal", values={"grant_id": given["id"]})
        ).send(town)
    body = {
        "organisation": municipality(),
        "purpose": "follow-up",
        "groups": ["health", "care"],
        "actions": ["profile.read", "profile.write"],
        "valid_to": in_days(town, 180),
    }
    return await asked(town, f"POST {CHILD}/grants", child=await the_child(town), json=body, headers=key())


async def _live_grants(town: Town) -> list[Any]:
    read = await (await asked(town, f"GET {CHILD}/grants", child=await the_child(town))).send(town)
    return [grant for grant in body_of(read)["items"] if grant["withdrawn_at"] is None]


async def the_grant(town: Town) -> str:
    """A live grant to the municipality."""
    live = await _live_grants(town)
    given = live[0] if live else body_of(await (await give_grant(town)).send(town))
    return str(given["id"])


@good("GET /mapping/v1/grants")
async def grants(town: Town) -> Asked:
    """All her grants."""
    await the_grant(town)
    return await asked(town, "GET /mapping/v1/grants")


@good("GET /mapping/v1/grants/{grant_id}")
async def one_grant(town: Town) -> Asked:
    """One of them."""
    return await asked(town, "GET /mapping/v1/grants/{grant_id}", values={"grant_id": await the_grant(town)})


@good("POST /mapping/v1/grants/{grant_id}/withdrawal")
async def withdraw_grant(town: Town) -> Asked:
    """She takes it back."""
    return await asked(
        town, "POST /mapping/v1/grants/{grant_id}/withdrawal", values={"grant_id": await the_grant(town)}
    )


@good("GET /mapping/v1/grants", "machine")
async def grants_of_the_municipality(town: Town) -> Asked:
    """What the municipality was given."""
    await the_grant(town)
    return Asked("GET", "/mapping/v1/grants", await town.organisation(municipality(), "GET", "/mapping/v1/grants"))


@good("GET /mapping/v1/grants/{grant_id}", "machine")
async def one_grant_of_the_municipality(town: Town) -> Asked:
    """One of them."""
    values, route = {"grant_id": await the_grant(town)}, "/mapping/v1/grants/{grant_id}"
    return Asked("GET", route, await town.organisation(municipality(), "GET", route.format_map(values)), values)


async def _granted(town: Town, method: str) -> Asked:
    await the_grant(town)
    listed = body_of(await (await grants_of_the_municipality(town)).send(town))["items"]
    values = {"child_id": str(await the_child(town))}
    caller = await town.organisation(
        municipality(), method, f"{CHILD}/profile".format_map(values), listed[0]["child_id"]
    )
    return Asked(method, f"{CHILD}/profile", caller, values)


@good(f"GET {CHILD}/profile", "machine")
async def profile_for_the_municipality(town: Town) -> Asked:
    """What the grant opens."""
    return await _granted(town, "GET")


@good(f"PATCH {CHILD}/profile", "machine")
async def change_by_the_municipality(town: Town) -> Asked:
    """The municipality tells something."""
    read = await (await _granted(town, "GET")).send(town)
    facts = [{"fact": "serious_condition", "state": "known", "value": True}]
    return replace(await _granted(town, "PATCH"), json={"facts": facts}, headers=etag_of(read))
