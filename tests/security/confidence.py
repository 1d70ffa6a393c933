"""A father tells in confidence, through the real door of the whole cluster, and the authorities write to him: in words that stand nowhere else."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any
from uuid import uuid4

import httpx

from shared.dates import oslo_day
from tests.support.cluster import Cluster
from tests.support.until import until

FATHER, TWIN, MUNICIPALITY = ("gullfisk", "talmodig"), ("gullfisk", "glitrende"), "gjovik"
SCOPES = ("somlos:cases.read", "somlos:cases.write", "somlos:applications.read")
APPLICATIONS, INBOX = "/applications/v1/applications", "/applications/v1/inbox"
CARE = {"care_need_level": "extensive", "continuous_care_need": True, "heavy_care_burden": True}
FACT, NUMBER = "documented_extra_expenses_nok_per_year", 1904777.25
"""Kroner that nobody else has: the told value."""


@dataclass(frozen=True)
class Told:
    """The words by what they are, each with the run's own mark in it; and the id of the case, which is no secret inside."""

    mark: str
    case: str = ""

    def words(self, what: str) -> str:
        """With Norwegian letters, so that every escape is another form."""
        return f"{what} på kjøkkenet om våren {self.mark}"


class Confidence:
    """The steps of the story."""

    def __init__(self, father: httpx.AsyncClient, municipality: httpx.AsyncClient, told: Told) -> None:
        self._father, self._municipality, self._told = father, municipality, told

    async def tell(self) -> str:
        """The whole story; the id of the application."""
        child = await self._child()
        await self._profile(child)
        path = await self._apply(child)
        await self._handle(path.replace(APPLICATIONS, INBOX), path)
        case = path.rpartition("/")[2]
        await until(lambda: self._is_decided(case), deadline=30)
        words = {"about": self._told.words("Klagen"), "wish": self._told.words("Ønsket")}
        await self._ask(self._father, "POST", f"/status/v1/cases/{case}/complaints", json=words)
        for read in (
            f"/status/v1/cases/{case}",
            "/overview",
            f"/mapping/v1/children/{child}/access-log",
            f"/rights/v1/children/{child}",
        ):
            await self._ask(self._father, "GET", read)
        return case

    async def _child(self) -> str:
        listed = (await self._ask(self._father, "GET", "/mapping/v1/children")).json()["items"]
        return next(str(each["id"]) for each in listed if each["ground"] == "guardian")

    async def _profile(self, child: str) -> None:
        profile = f"/mapping/v1/children/{child}/profile"
        facts = [
            {"fact": "rare_diagnosis", "state": "known", "value": True},
            {"fact": FACT, "state": "known", "value": NUMBER},
        ]
        await self._ask(self._father, "PATCH", profile, json={"facts": facts}, of=profile)

    async def _apply(self, child: str) -> str:
        started = await self._ask(self._father, "POST", APPLICATIONS, json={"child_id": child, "form_id": "avlastning"})
        path = f"{APPLICATIONS}/{started.json()['id']}"
        answers = [{"fact": fact, "state": "known", "value": value} for fact, value in CARE.items()]
        await self._ask(
            self._father, "PATCH", path, json={"answers": answers, "free_text": self._told.words("Teksten")}, of=path
        )
        await self._attach(path, "vedlegg")
        await self._ask(self._father, "POST", f"{path}/submission", of=path)
        return path

    async def _attach(self, path: str, name: str) -> str:
        content = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n" + self._told.words("Vedlegget").encode() * 20
        headers = {
            "Content-Type": "application/pdf",
            "Content-Disposition": f'attachment; filename="{name} {self._told.mark}.pdf"',
        }
        return str(
            (await self._ask(self._father, "POST", f"{path}/attachments", content=content, headers=headers)).json()[
                "id"
            ]
        )

    async def _handle(self, inbox: str, path: str) -> None:
        org, today = self._municipality, oslo_day(datetime.now(UTC))
        await self._ask(org, "POST", f"{inbox}/receipt", json={"case_reference": "2026/77"}, of=inbox)
        wanted = {"what": self._told.words("Spørsmålet"), "deadline": str(today + timedelta(days=30))}
        await self._ask(org, "POST", f"{inbox}/documentation-requests", json=wanted, of=inbox)
        file = await self._attach(path, "svar")
        [request] = (await self._ask(self._father, "GET", path)).json()["documentation_requests"]
        answer = {"text": self._told.words("Svaret"), "attachment_ids": [file]}
        await self._ask(
            self._father, "POST", f"{path}/documentation-requests/{request['id']}/answer", json=answer, of=path
        )
        await self._ask(org, "GET", f"{path}/attachments/{file}")
        item = {
            "what": self._told.words("Saken"),
            "outcome": "refused",
            "reasons": self._told.words("Grunnen"),
            "law": "hol § 3-6",
        }
        complaint = {
            "body": "statsforvalter",
            "send_to": self._told.words("Mottaket"),
            "deadline": str(today + timedelta(days=90)),
        }
        decision = {"decided_at": str(today), "notified_at": str(today), "items": [item], "complaint": complaint}
        await self._ask(org, "POST", f"{inbox}/decision", json=decision, of=inbox)

    async def _is_decided(self, case: str) -> bool:
        answer = await self._father.get(f"/status/v1/cases/{case}")
        return answer.is_success and answer.json()["status"] == "decided"

    async def _ask(
        self,
        who: httpx.AsyncClient,
        method: str,
        path: str,
        *,
        of: str | None = None,
        headers: Mapping[str, str] | None = None,
        **body: Any,
    ) -> httpx.Response:
        """AssertionError when it is refused. `of`: what is read first, for its version."""
        version = {"If-Match": (await who.get(of)).headers["etag"]} if of else {}
        key = {"Idempotency-Key": uuid4().hex} if method == "POST" else {}
        answer = await who.request(method, path, headers={**version, **key, **(headers or {})}, **body)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer


async def confide(cluster: Cluster) -> Told:
    """Tells it all to the cluster, with a mark of this run's own."""
    told = Told(token_hex(8))
    async with AsyncExitStack() as stack:
        father = await stack.enter_async_context(cluster.person(*FATHER))
        municipality = await stack.enter_async_context(cluster.organisation(MUNICIPALITY, *SCOPES))
        case = await Confidence(father, municipality, told).tell()
        for path in (
            f"/catalog/v1/services?limit=1&cursor={told.mark}",
            f"/{told.mark}",
            f"/mapping/v1/children/{told.mark}",
        ):
            await father.get(path)
    return replace(told, case=case)
