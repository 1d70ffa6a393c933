"""Good requests about local rules: a municipality proposes, somebody else publishes, withdraws or ends."""

from collections.abc import Mapping
from typing import Any

from services.rights.store.local_rule_example import example
from tests.support.asking.table import HAMAR, Asked, good, key
from tests.support.town import Town, body_of, etag_of

LOCAL = "/rights/v1/local-rules"
ONE = f"{LOCAL}/{{local_rule_id}}"
BODIES: Mapping[str, Mapping[str, str]] = {
    "publication": {"by": "kari.fag"},
    "withdrawal": {"by": "ola.fag"},
    "end": {"on": "2030-01-01"},
}


async def _by_hamar(
    town: Town, route: str, values: Mapping[str, str], *, json: Any = None, headers: Mapping[str, str] | None = None
) -> Asked:
    method, template = route.split(" ")
    caller = await town.organisation(HAMAR, method, template.format_map(values))
    return Asked(method, template, caller, values, json=json, headers=headers or {})


@good(f"POST {LOCAL}", "machine")
async def propose(town: Town) -> Asked:
    """A lower age for the companion card."""
    return await _by_hamar(town, f"POST {LOCAL}", {}, json=example(), headers=key())


async def _proposed(town: Town) -> dict[str, str]:
    return {"local_rule_id": body_of(await (await propose(town)).send(town))["id"]}


@good(f"GET {LOCAL}", "machine")
async def own(town: Town) -> Asked:
    """What the municipality has proposed."""
    await _proposed(town)
    return await _by_hamar(town, f"GET {LOCAL}", {})


@good(f"GET {ONE}", "machine")
async def one(town: Town) -> Asked:
    """One of them."""
    return await _by_hamar(town, f"GET {ONE}", await _proposed(town))


async def _step(town: Town, step: str, values: Mapping[str, str]) -> Asked:
    read = await (await _by_hamar(town, f"GET {ONE}", values)).send(town)
    return await _by_hamar(
        town, f"POST {ONE}/{step}", values, json=dict(BODIES[step]), headers={**etag_of(read), **key()}
    )


def _taking(step: str, *before: str) -> None:
    async def prepare(town: Town) -> Asked:
        values = await _proposed(town)
        for each in before:
            body_of(await (await _step(town, each, values)).send(town))
        return await _step(town, step, values)

    good(f"POST {ONE}/{step}", "machine")(prepare)


_taking("publication")
_taking("withdrawal")
_taking("end", "publication")
