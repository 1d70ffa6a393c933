"""Good requests about case handling: Nav acknowledges, asks for more and decides; the mother answers."""

from collections.abc import Mapping
from typing import Any

from tests.support.asking.applications import PDF, submitted
from tests.support.asking.table import APPLICATIONS, NAV, Asked, asked, good, in_days, key
from tests.support.town import Town, body_of, etag_of

INBOX = "/applications/v1/inbox"
ONE = f"{INBOX}/{{application_id}}"
ANSWER = f"POST {APPLICATIONS}/{{application_id}}/documentation-requests/{{request_id}}/answer"


def bodies(town: Town) -> dict[str, dict[str, Any]]:
    """What Nav sends at each step."""
    today = town.clock.now().date().isoformat()
    item = {
        "what": "Hjelpestønad",
        "outcome": "partly",
        "amount": {"value": "1500.50", "unit": "NOK/month"},
        "period": {"from": today, "to": in_days(town, 760)},
        "reasons": "Behovet er ikke stort nok til en høyere sats.",
        "law": "ftrl § 6-4",
    }
    complaint = {"body": "nav_klageinstans", "send_to": "Nav", "deadline": in_days(town, 410)}
    return {
        "receipt": {"case_reference": "2026/01234"},
        "documentation-requests": {"what": "En uttalelse fra lege om nettene.", "deadline": in_days(town, 410)},
        "decision": {"decided_at": today, "notified_at": today, "items": [item], "complaint": complaint},
    }


async def _by_nav(
    town: Town, route: str, values: Mapping[str, str], *, json: Any = None, headers: Mapping[str, str] | None = None
) -> Asked:
    method, template = route.split(" ")
    caller = await town.organisation(NAV, method, template.format_map(values))
    return Asked(method, template, caller, values, json=json, headers=headers or {})


async def _step(town: Town, step: str, values: Mapping[str, str]) -> Asked:
    read = await (await _by_nav(town, f"GET {ONE}", values)).send(town)
    headers = {**etag_of(read), **key()}
    return await _by_nav(town, f"POST {ONE}/{step}", values, json=bodies(town)[step], headers=headers)


async def handled(town: Town, *steps: str) -> dict[str, str]:
    """An application on which Nav has taken these steps, as the values of an address."""
    values = await submitted(town)
    for step in steps:
        body_of(await (await _step(town, step, values)).send(town))
    return values


@good(f"GET {INBOX}", "machine")
async def inbox(town: Town) -> Asked:
    """What Nav has."""
    await submitted(town)
    return await _by_nav(town, f"GET {INBOX}", {})


@good(f"GET {ONE}", "machine")
async def addressed(town: Town) -> Asked:
    """One of them."""
    return await _by_nav(town, f"GET {ONE}", await submitted(town))


def _taking(step: str, *before: str) -> None:
    async def prepare(town: Town) -> Asked:
        return await _step(town, step, await handled(town, *before))

    good(f"POST {ONE}/{step}", "machine")(prepare)


_taking("receipt")
_taking("documentation-requests", "receipt")
_taking("decision", "receipt")


@good(ANSWER)
async def answer(town: Town) -> Asked:
    """She answers what Nav asks."""
    values = await handled(town, "receipt", "documentation-requests")
    route = f"{APPLICATIONS}/{{application_id}}"
    attach = await asked(town, f"POST {route}/attachments", values=values, content=PDF, headers=key())
    file = body_of(await attach.send(town))["id"]
    read = await (await asked(town, f"GET {route}", values=values)).send(town)
    [request] = body_of(read)["documentation_requests"]
    values = {**values, "request_id": request["id"]}
    body = {"text": "Legen har skrevet om nettene.", "attachment_ids": [file]}
    return await asked(town, ANSWER, values=values, json=body, headers={**etag_of(read), **key()})
