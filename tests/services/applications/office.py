"""The case system of the organisation that an application was sent to."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from shared.auth.principals import Principal
from tests.services.applications.world import APPLICATIONS, NAV, PDF, World, key
from tests.support.callers import machine

INBOX = "/applications/v1/inbox"
SUBMITTED, CHANGED, DECIDED = (
    "no.somlos.application.submitted.v1",
    "no.somlos.application.status-changed.v1",
    "no.somlos.application.decided.v1",
)
ASKED = {"what": "En uttalelse fra lege om nettene.", "deadline": "2026-12-15"}
GRANTED = {"what": "Hjelpestønad sats 2", "outcome": "granted", "amount": {"value": "2500.50", "unit": "NOK/month"}}
REFUSED = {
    "what": "Hjelpestønad",
    "outcome": "refused",
    "reasons": "Behovet for tilsyn er ikke stort nok.",
    "law": "ftrl § 6-4",
}
COMPLAINT = {"body": "nav_klageinstans", "send_to": "Nav", "deadline": "2027-01-05"}


def decision(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A refusal that says all it must, notified on the day the tests stand at."""
    return {
        "decided_at": "2026-11-24",
        "notified_at": "2026-11-24",
        "items": list(items or (REFUSED,)),
        "complaint": COMPLAINT,
        **more,
    }


@dataclass
class Office:
    """One organisation's case system, as the gateway lets it in."""

    world: World
    org: str = NAV
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def caller(self) -> Principal:
        """Its token, without a child: an inbox names none."""
        return machine(self.org, purpose="case-handling", scopes=["somlos:cases.read", "somlos:cases.write"])

    async def inbox(self, **query: Any) -> httpx.Response:
        """Its list."""
        return await self.world.service.get(INBOX, self.caller, params=query)

    async def read(self, case: dict[str, Any]) -> httpx.Response:
        """One application."""
        return await self.world.service.get(f"{INBOX}/{case['id']}", self.caller, headers=self.headers)

    async def step(self, case: dict[str, Any], step: str, body: dict[str, Any], **headers: str) -> httpx.Response:
        """One step, from the version that stands there now unless the headers say another."""
        [row] = await self.world.service.rows("select version from application where id = :id", id=case["id"])
        sent = {"If-Match": f'"{row["version"]}"', **key(), **self.headers, **headers}
        return await self.world.service.post(f"{INBOX}/{case['id']}/{step}", self.caller, json=body, headers=sent)

    async def acknowledge(self, case: dict[str, Any], **headers: str) -> httpx.Response:
        """It has the application."""
        return await self.step(case, "receipt", {"case_reference": "2026/01234"}, **headers)

    async def ask(self, case: dict[str, Any], **headers: str) -> httpx.Response:
        """It asks for more."""
        return await self.step(case, "documentation-requests", ASKED, **headers)

    async def decide(self, case: dict[str, Any], body: dict[str, Any] | None = None, **headers: str) -> httpx.Response:
        """It decides."""
        return await self.step(case, "decision", body or decision(), **headers)

    async def received(self) -> dict[str, Any]:
        """A hjelpestønad that it has acknowledged."""
        case = await self.world.submitted()
        good(await self.acknowledge(case))
        return case

    async def asked(self) -> tuple[dict[str, Any], str]:
        """One for which it has asked for more, and the id of what it asks."""
        case = await self.received()
        return case, good(await self.ask(case))["id"]

    async def decided(self, *items: dict[str, Any]) -> dict[str, Any]:
        """One that it has decided."""
        case = await self.received()
        good(await self.decide(case, decision(*items)))
        return case


async def attach(world: World, case: dict[str, Any], caller: Principal | None = None) -> httpx.Response:
    """The mother attaches a file."""
    path = f"{APPLICATIONS}/{case['id']}/attachments"
    return await world.service.post(path, caller or world.mother, content=PDF, headers=key())


async def answer(
    world: World,
    case: dict[str, Any],
    request_id: str,
    body: dict[str, Any],
    caller: Principal | None = None,
    **headers: str,
) -> httpx.Response:
    """The mother answers what was asked."""
    path = f"{APPLICATIONS}/{case['id']}/documentation-requests/{request_id}/answer"
    sent = {"If-Match": await world.etag(case), **key(), **headers}
    return await world.service.post(path, caller or world.mother, json=body, headers=sent)


def good(answer: httpx.Response) -> Any:
    """The JSON of a good answer."""
    assert answer.is_success, answer.text
    return answer.json()


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Its status and the slug of its type."""
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


def faults(answer: httpx.Response) -> dict[str, str]:
    """The fields at fault of a 422, with their codes."""
    assert answer.status_code == 422, answer.text
    return {each["field"]: each["code"] for each in answer.json()["errors"]}
