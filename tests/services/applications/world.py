"""A family that applies: the service, the mapping it asks, a child and its two guardians."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from shared.auth.principals import Principal
from tests.services.applications.fake_mapping import Child, FakeMapping
from tests.support.running import Service

APPLICATIONS = "/applications/v1/applications"
NAV, HAMAR, BODO = "312480018", "312482754", "312490978"
ANSWERS = [
    {"fact": "needs_supervision_or_care_more_than_same_age", "state": "known", "value": True},
    {"fact": "private_care_provided", "state": "known", "value": True},
    {"fact": "lives_in_institution", "state": "known", "value": False},
    {"fact": "condition_permanent", "state": "not_known"},
]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n" + b"0" * 600


def key() -> dict[str, str]:
    """A fresh idempotency key."""
    return {"Idempotency-Key": uuid4().hex}


@dataclass
class World:
    """The service, the mapping it asks, a child and its two guardians."""

    service: Service
    mapping: FakeMapping
    child: Child
    mother: Principal
    father: Principal

    async def start(self, form: str = "hjelpestonad", caller: Principal | None = None) -> httpx.Response:
        """A new draft."""
        body = {"child_id": str(self.child.id), "form_id": form}
        return await self.service.post(APPLICATIONS, caller or self.mother, json=body, headers=key())

    async def change(
        self, application: dict[str, Any], *answers: dict[str, Any], caller: Principal | None = None, **more: Any
    ) -> httpx.Response:
        """Answers in a draft."""
        headers = {"If-Match": more.pop("if_match", None) or await self.etag(application)}
        return await self.service.patch(
            f"{APPLICATIONS}/{application['id']}",
            caller or self.mother,
            json={"answers": list(answers), **more},
            headers=headers,
        )

    async def submit(
        self, application: dict[str, Any], caller: Principal | None = None, **headers: str
    ) -> httpx.Response:
        """Sends it in."""
        sent = {"If-Match": await self.etag(application), **key(), **headers}
        return await self.service.post(
            f"{APPLICATIONS}/{application['id']}/submission", caller or self.mother, headers=sent
        )

    async def submitted(self, form: str = "hjelpestonad") -> dict[str, Any]:
        """A hjelpestønad that has been sent in."""
        draft = (await self.start(form)).json()
        if form == "hjelpestonad":
            assert (await self.change(draft, *ANSWERS, free_text="Vi er oppe hver natt.")).status_code == 200
        answer = await self.submit(draft)
        assert answer.status_code == 201, answer.text
        sent: dict[str, Any] = answer.json()
        return sent

    async def etag(self, application: dict[str, Any]) -> str:
        """The application's ETag now."""
        [row] = await self.service.rows("select revision from application where id = :id", id=application["id"])
        return f'"{row["revision"]}"'

    async def read(
        self, application: dict[str, Any], caller: Principal | None = None, **request: Any
    ) -> httpx.Response:
        """The application as the caller sees it."""
        return await self.service.get(f"{APPLICATIONS}/{application['id']}", caller or self.mother, **request)


def lines(application: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The lines of a view, by fact."""
    return {line["fact"]: line for part in application["parts"] for line in part["lines"]}
