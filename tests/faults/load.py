"""Families that live: they tell, apply, send, are decided on, complain and take back, all at once, by a seed."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import httpx
import yaml

from deploy.local import login
from deploy.local.topics import ORGANISATIONS
from shared.dates import oslo_day
from tests.faults.client import Client, fresh_key
from tests.faults.history import Deed, History, Kind
from tests.faults.pace import pause
from tests.support.cluster import Cluster

FAMILIES = (
    ("solstraale", "lun", "Blid", "hamar"),
    ("solstraale", "stodig", "Rask", "hamar"),
    ("kaffekopp", "mild", "Spent", "hamar"),
    ("regnboge", "glad", "Undrende", "hamar"),
    ("bjorkeskog", "varsom", "Kvikk", "gjovik"),
    ("gullfisk", "talmodig", "Glitrende", "gjovik"),
)
"""(family, guardian, the child's first name, the municipality that decides): a child has one guardian who acts here."""
SCOPES = ("somlos:cases.read", "somlos:cases.write", "somlos:applications.read")
APPLICATIONS, INBOX, FORM = "/applications/v1/applications", "/applications/v1/inbox", "avlastning"
FACT = "needs_coordinated_services_count"
WITHDRAWN, TAKEN_BACK = 0.4, 0.3
"""How many applications are withdrawn rather than decided, and how many complaints are taken back."""
_CASE_SECONDS, _LOOK_SECONDS = 60.0, 0.1


@dataclass(slots=True)
class Family:
    """A guardian, a child, and the municipality's case system. `counted`: the number that is told next, never the same twice."""

    guardian: Client
    municipality: Client
    child: str
    chance: random.Random
    counted: int = 0

    def deed(self, kind: Kind, method: str, path: str, **more: Any) -> Deed:
        """What is about to be done for this child."""
        who = self.municipality if kind in (Kind.RECEIVE, Kind.DECIDE) else self.guardian
        return Deed(kind, who.who, self.child, method, path, **more)


async def open_families(
    cluster: Cluster, history: History, stack: AsyncExitStack, *, seed: int, count: int = len(FAMILIES)
) -> list[Family]:
    """The first `count` families, logged in, with a client each."""
    http = await stack.enter_async_context(httpx.AsyncClient(base_url=cluster.gateway))
    found = []
    for number, (family, guardian, first_name, municipality) in enumerate(FAMILIES[:count]):
        citizen = Client(guardian, partial(_citizen, cluster, family, guardian), http, history)
        machine = Client(municipality, partial(_machine, cluster, municipality), http, history)
        children = (await citizen.read("/mapping/v1/children")).json()["items"]
        child = next(each["id"] for each in children if each["name"].startswith(first_name))
        found.append(Family(citizen, machine, child, random.Random(f"{seed}/{number}")))
    return found


async def _citizen(cluster: Cluster, family: str, name: str) -> str:
    person = cluster.someone(family, name)
    async with httpx.AsyncClient(timeout=10) as http:
        return await login.log_in_citizen(http, f"{cluster.issuer}/idporten", person.national_id, cluster.gateway)


async def _machine(cluster: Cluster, key: str) -> str:
    async with httpx.AsyncClient(timeout=10) as http:
        file = cluster.state / "clients" / f"{key}.jwk.json"
        return await login.log_in_machine(http, f"{cluster.issuer}/maskinporten", file, SCOPES, cluster.gateway)


async def live(families: Sequence[Family], enough: asyncio.Event) -> None:
    """Every family lives one story after another, side by side, until it is enough; whoever is in the middle of one tells it to its end."""
    await asyncio.gather(*(_stories(family, enough) for family in families))


@asynccontextmanager
async def living(families: Sequence[Family]) -> AsyncIterator[None]:
    """The families live while the block does its harm; at its end each finishes its story. When the block fails, nothing is waited for."""
    enough = asyncio.Event()
    load = asyncio.create_task(live(families, enough))
    try:
        yield
        enough.set()
        await load
    finally:
        load.cancel()
        await asyncio.gather(load, return_exceptions=True)


async def _stories(family: Family, enough: asyncio.Event) -> None:
    while True:
        await _story(family)
        if enough.is_set():
            return


async def _story(family: Family) -> None:
    await tell(family)
    application = await apply(family)
    if application is not None:
        await _go_on(family, application)
    await family.guardian.do(family.deed(Kind.READ, "GET", f"/rights/v1/children/{family.child}"))
    await tell(family)


async def _go_on(family: Family, application: str) -> None:
    if family.chance.random() < WITHDRAWN:
        await withdraw(family, application)
    elif await decide(family, application):
        await complain(family, application)


async def tell(family: Family) -> None:
    """The next number. Without a key: when nobody answered, the next thing told builds on what is there then."""
    path = f"/mapping/v1/children/{family.child}/profile"
    before = await family.guardian.read(path)
    family.counted += 1
    body = {"facts": [{"fact": FACT, "state": "known", "value": family.counted}]}
    deed = family.deed(Kind.TELL, "PATCH", path, value=family.counted)
    await family.guardian.do(deed, body=body, etag=before.headers["etag"])


async def apply(family: Family) -> str | None:
    """A draft, filled in and sent; the application's id, or None where the family gave up."""
    deed = family.deed(Kind.DRAFT, "POST", APPLICATIONS, key=fresh_key())
    draft = await family.guardian.do(deed, body={"child_id": family.child, "form_id": FORM})
    if draft is None or not deed.acknowledged:
        return None
    deed.resource = application = str(draft.json()["id"])
    path = f"{APPLICATIONS}/{application}"
    lacking = [
        fault["field"].rsplit(".", 1)[-1] for fault in draft.json()["lacks"] if "free_text" not in fault["field"]
    ]
    answers = [{"fact": fact, "state": "not_known"} for fact in lacking]
    fill = family.deed(Kind.FILL, "PATCH", path, target=application)
    await family.guardian.do(
        fill, body={"answers": answers, "free_text": "Vi er oppe flere ganger hver natt."}, etag=draft.headers["etag"]
    )
    etag = (await family.guardian.read(path)).headers["etag"]
    sent = family.deed(Kind.SUBMIT, "POST", f"{path}/submission", target=application, key=fresh_key())
    await family.guardian.do(sent, etag=etag)
    return application if sent.acknowledged else None


async def withdraw(family: Family, application: str) -> None:
    """The family takes the application back."""
    path = f"{APPLICATIONS}/{application}"
    etag = (await family.guardian.read(path)).headers["etag"]
    await family.guardian.do(family.deed(Kind.WITHDRAW, "POST", f"{path}/withdrawal", target=application), etag=etag)


async def decide(family: Family, application: str) -> bool:
    """The municipality takes it in, and refuses."""
    path = f"{INBOX}/{application}"
    etag = (await family.municipality.read(path)).headers["etag"]
    receipt = family.deed(Kind.RECEIVE, "POST", f"{path}/receipt", target=application, key=fresh_key())
    await family.municipality.do(receipt, body={"case_reference": "2026/1"}, etag=etag)
    etag = (await family.municipality.read(path)).headers["etag"]
    decision = family.deed(Kind.DECIDE, "POST", f"{path}/decision", target=application, key=fresh_key())
    await family.municipality.do(decision, body=_refusal(), etag=etag)
    return decision.acknowledged


async def complain(family: Family, application: str) -> None:
    """As soon as the family sees the decision, it complains; sometimes it takes the complaint back."""
    case = f"/status/v1/cases/{application}"
    if not await _decided(family, case):
        return
    deed = family.deed(Kind.COMPLAIN, "POST", f"{case}/complaints", target=application, key=fresh_key())
    filed = await family.guardian.do(deed, body={"about": "Vi trenger avlastning."})
    if filed is None or not deed.acknowledged:
        return
    deed.resource = str(filed.json()["id"])
    if family.chance.random() < TAKEN_BACK:
        back = family.deed(
            Kind.TAKE_BACK, "POST", f"/status/v1/complaints/{deed.resource}/withdrawal", target=deed.resource
        )
        await family.guardian.do(back, etag=filed.headers["etag"])


async def _decided(family: Family, case: str) -> bool:
    ends = time.monotonic() + _CASE_SECONDS
    while time.monotonic() < ends:
        shown = await family.guardian.read(case)
        if shown.is_success and shown.json()["status"] == "decided":
            return True
        await pause(_LOOK_SECONDS)
    return False


def _refusal() -> dict[str, Any]:
    today = oslo_day(datetime.now(UTC))
    item = {
        "what": "Avlastning 2 døgn i måneden",
        "outcome": "refused",
        "reasons": "Omsorgen er ikke særlig tyngende nå.",
        "law": "helse- og omsorgstjenesteloven § 3-6",
    }
    complaint = {"body": "statsforvalter", "send_to": "Kommunen", "deadline": (today + timedelta(days=35)).isoformat()}
    return {"decided_at": today.isoformat(), "notified_at": today.isoformat(), "items": [item], "complaint": complaint}


def orgnr(key: str) -> str:
    """The number of an organisation of the local cluster."""
    listed = yaml.safe_load(ORGANISATIONS.read_text(encoding="utf-8"))["organisations"]
    return str(next(each["orgnr"] for each in listed if each["key"] == key))
