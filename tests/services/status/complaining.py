"""A family that complains, the municipality that decided, and the county governor."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from shared.auth.principals import Principal, Subject
from shared.events.applications import ApplicationDecided
from tests.services.status.events.test_applications import CHILD, submitted
from tests.services.status.law import BODO, GOVERNOR, HAMAR, NAV
from tests.services.status.neighbours import FakeNeighbours
from tests.services.status.world import World
from tests.support.callers import citizen, machine
from tests.support.clock import START
from tests.support.running import Service
from tests.support.servers import served

INBOX = "/status/v1/complaint-inbox"
TODAY = START.date()
ABOUT = "Nettene er ikke regnet med, zylinder."  # a word that is nowhere else, to look for
HAMAR_CALLS, GOVERNOR_CALLS, BODO_CALLS, NAV_CALLS = (
    machine(org, purpose="case-handling") for org in (HAMAR, GOVERNOR, BODO, NAV)
)
STEPS: dict[str, dict[str, Any] | None] = {
    "receipt": None,
    "reassessment": {"outcome": "upheld", "reasons": "Vi står ved vedtaket."},
    "forwarding": {"to": GOVERNOR, "statement": "Vilkårene er ikke oppfylt."},
    "decision": {"outcome": "reversed", "reasons": "Vilkårene er oppfylt.", "decided_at": TODAY.isoformat()},
}


def decided(case_id: UUID, version: int = 2, **more: Any) -> ApplicationDecided:
    """The municipality's refusal, which reached the family today."""
    given = {
        "application_id": case_id,
        "child_id": CHILD,
        "outcome": "refused",
        "decided_at": TODAY,
        "changed_at": START,
        "notified_at": TODAY,
        "complaint_deadline": None,
        "complaint_body": "statsforvalter",
        **more,
    }
    return ApplicationDecided(**given, version=version)


@dataclass
class Complaining(World):
    """The status service with its neighbours."""

    neighbours: FakeNeighbours

    async def a_decision(self, *, protected: bool = False, right_id: str = "avlastning", **said: Any) -> UUID:
        """A case that was decided, by the municipality unless the right says otherwise."""
        case_id = uuid4()
        org = None if protected else HAMAR
        sent = submitted(case_id, right_id=right_id, authority_kind="municipality", authority_org=org)
        await self.tell(sent, decided(case_id, **said))
        return case_id

    async def complain(
        self, case_id: UUID, caller: Principal | None = None, *, key: str | None = None, **said: Any
    ) -> httpx.Response:
        """A complaint on the case."""
        return await self.service.post(
            f"/status/v1/cases/{case_id}/complaints",
            caller or self.mother,
            json={"about": ABOUT, **said},
            headers={"Idempotency-Key": key or uuid4().hex},
        )

    async def a_complaint(self, *steps: str, caller: Principal | None = None, **decision: Any) -> dict[str, Any]:
        """A complaint that has come so far, as the family sees it."""
        sent = await self.complain(await self.a_decision(**decision), caller)
        assert sent.status_code == 201, sent.text
        for step in steps:
            taken = await self.step(sent.json()["id"], step)
            assert taken.status_code == 201, taken.text
        shown: dict[str, Any] = (await self.complaint(sent.json()["id"], caller)).json()
        return shown

    async def complaint(self, complaint_id: str, caller: Principal | None = None) -> httpx.Response:
        """The complaint as the family sees it."""
        return await self.service.get(f"/status/v1/complaints/{complaint_id}", caller or self.mother)

    async def withdraw(self, complaint_id: str, caller: Principal | None = None, *, version: int = 1) -> httpx.Response:
        """Takes it back."""
        return await self.service.post(
            f"/status/v1/complaints/{complaint_id}/withdrawal",
            caller or self.mother,
            headers={"If-Match": f'"{version}"'},
        )

    async def inbox(self, complaint_id: str, caller: Principal) -> httpx.Response:
        """The complaint as an organisation sees it."""
        return await self.service.get(f"{INBOX}/{complaint_id}", caller)

    async def step(
        self,
        complaint_id: str,
        step: str,
        caller: Principal | None = None,
        *,
        version: int | None = None,
        key: str | None = None,
        **body: Any,
    ) -> httpx.Response:
        """A step by whoever takes it as a rule, with its ordinary body; from the version that it stands at."""
        who = caller or (GOVERNOR_CALLS if step == "decision" else HAMAR_CALLS)
        if version is None:
            [row] = await self.service.rows("select version from complaint where id = :id", id=UUID(complaint_id))
            version = row["version"]
        said = {**(STEPS[step] or {}), **body}
        headers = {"If-Match": f'"{version}"', "Idempotency-Key": key or uuid4().hex}
        return await self.service.post(
            f"{INBOX}/{complaint_id}/{step}", who, headers=headers, **({"json": said} if said else {})
        )

    async def told(self) -> list[tuple[str, dict[str, Any]]]:
        """What was told of complaints: the last part of the type, and the data."""
        rows = await self.service.outbox()
        prefix = "no.somlos.complaint."
        return [
            (row["type"].removeprefix(prefix).removesuffix(".v1"), row["data"])
            for row in rows
            if row["type"].startswith(prefix)
        ]

    def days_pass(self, days: int) -> None:
        """The clock goes on."""
        self.service.clock.forward(timedelta(days=days))  # type: ignore[attr-defined]

    def at_home(self) -> Principal:
        """The mother at the same protected address."""
        return replace(self.mother, subjects={CHILD: Subject("guardian", protected=True)})


@asynccontextmanager
async def complaining(start: Callable[..., Awaitable[Service]]) -> AsyncIterator[Complaining]:
    """A service of its own with neighbours that answer."""
    neighbours = FakeNeighbours()
    async with served(neighbours.app) as url:
        service = await start("status", {"MAPPING_URL": url, "APPLICATIONS_URL": url})
        yield Complaining(service, citizen(children=[CHILD]), neighbours)


def days_from(days: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=days)
