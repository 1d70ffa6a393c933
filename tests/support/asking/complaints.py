"""Good requests about complaints: the municipality refuses, the mother complains, the county governor decides."""

from collections.abc import Mapping
from typing import Any

from tests.support.asking.table import APPLICATIONS, Asked, asked, good, in_days, key, municipality, the_child
from tests.support.town import Town, body_of, etag_of

GOVERNOR = "312489600"
CASE, COMPLAINT, INBOX = (
    "/status/v1/cases/{case_id}",
    "/status/v1/complaints/{complaint_id}",
    "/status/v1/complaint-inbox",
)
CARE = {"care_need_level": "extensive", "continuous_care_need": True, "heavy_care_burden": True}
STEPS = ("receipt", "reassessment", "forwarding", "decision")
BODIES: dict[str, dict[str, Any] | None] = {
    "receipt": None,
    "reassessment": {"outcome": "upheld", "reasons": "Vi står ved vedtaket."},
    "forwarding": {"to": GOVERNOR, "statement": "Vilkårene er ikke oppfylt."},
}


async def _sent(town: Town) -> str:
    """An application for respite care, sent to the municipality."""
    child = str(await the_child(town))
    started = await asked(
        town, f"POST {APPLICATIONS}", json={"child_id": child, "form_id": "avlastning"}, headers=key()
    )
    draft = await started.send(town)
    values = {"application_id": str(body_of(draft)["id"])}
    answers = [{"fact": fact, "state": "known", "value": value} for fact, value in CARE.items()]
    route = f"{APPLICATIONS}/{{application_id}}"
    fill_in = await asked(town, f"PATCH {route}", values=values, json={"answers": answers}, headers=etag_of(draft))
    headers = {**etag_of(await fill_in.send(town)), **key()}
    body_of(await (await asked(town, f"POST {route}/submission", values=values, headers=headers)).send(town))
    return values["application_id"]


async def _by(
    town: Town,
    org: str,
    route: str,
    values: Mapping[str, str],
    *,
    json: Any = None,
    headers: Mapping[str, str] | None = None,
) -> Asked:
    """A case system's request."""
    method, template = route.split(" ")
    caller = await town.organisation(org, method, template.format_map(values))
    return Asked(method, template, caller, values, json=json, headers=headers or {})


async def _refused(town: Town) -> dict[str, str]:
    """A case that the municipality has refused, as the values of an address."""
    application = await _sent(town)
    values, route = {"application_id": application}, "/applications/v1/inbox/{application_id}"
    read = await (await _by(town, municipality(), f"GET {route}", values)).send(town)
    headers = {**etag_of(read), **key()}
    body: dict[str, Any] = {"case_reference": "2026/1234"}
    got = await (await _by(town, municipality(), f"POST {route}/receipt", values, json=body, headers=headers)).send(
        town
    )
    today = town.clock.now().date().isoformat()
    item = {"what": "Avlastning", "outcome": "refused", "reasons": "Behovet er dekket.", "law": "hol § 3-6"}
    complaint = {"body": "statsforvalter", "send_to": "Hamar kommune", "deadline": in_days(town, 385)}
    body = {"decided_at": today, "notified_at": today, "items": [item], "complaint": complaint}
    headers = {**etag_of(got), **key()}
    body_of(
        await (await _by(town, municipality(), f"POST {route}/decision", values, json=body, headers=headers)).send(town)
    )
    await town.spread()
    return {"case_id": application}


@good(f"POST {CASE}/complaints")
async def complain(town: Town) -> Asked:
    """She complains."""
    body = {"about": "Nettene er ikke regnet med.", "wish": "Avlastning to døgn i måneden."}
    return await asked(town, f"POST {CASE}/complaints", values=await _refused(town), json=body, headers=key())


async def _complained(town: Town, steps: int = 0) -> dict[str, str]:
    """A complaint on which so many steps have been taken, as the values of an address."""
    sent = body_of(await (await complain(town)).send(town))
    values = {"complaint_id": str(sent["id"])}
    for step in STEPS[:steps]:
        body_of(await (await _step(town, step, values)).send(town))
    return values


async def _step(town: Town, step: str, values: Mapping[str, str]) -> Asked:
    org, route = GOVERNOR if step == "decision" else municipality(), f"{INBOX}/{{complaint_id}}"
    read = await (await _by(town, org, f"GET {route}", values)).send(town)
    today = town.clock.now().date().isoformat()
    decision = {"outcome": "reversed", "reasons": "Vilkårene er oppfylt.", "decided_at": today}
    headers = {**etag_of(read), **key()}
    return await _by(town, org, f"POST {route}/{step}", values, json=BODIES.get(step, decision), headers=headers)


@good(f"GET {COMPLAINT}")
async def read_complaint(town: Town) -> Asked:
    """Hers."""
    return await asked(town, f"GET {COMPLAINT}", values=await _complained(town))


@good(f"POST {COMPLAINT}/withdrawal")
async def withdraw(town: Town) -> Asked:
    """She takes it back."""
    values = await _complained(town)
    read = await (await asked(town, f"GET {COMPLAINT}", values=values)).send(town)
    return await asked(town, f"POST {COMPLAINT}/withdrawal", values=values, headers=etag_of(read))


@good(f"GET {INBOX}", "machine")
async def inbox(town: Town) -> Asked:
    """What the municipality has."""
    await _complained(town)
    return await _by(town, municipality(), f"GET {INBOX}", {})


@good(f"GET {INBOX}/{{complaint_id}}", "machine")
async def addressed(town: Town) -> Asked:
    """One of them."""
    return await _by(town, municipality(), f"GET {INBOX}/{{complaint_id}}", await _complained(town))


def _taking(step: str, before: int) -> None:
    async def prepare(town: Town) -> Asked:
        return await _step(town, step, await _complained(town, before))

    good(f"POST {INBOX}/{{complaint_id}}/{step}", "machine")(prepare)


for _before, _each in enumerate(STEPS):
    _taking(_each, _before)


async def complain_and_win(town: Town) -> tuple[str, str]:
    """The ids of a case and of the complaint that reversed its decision; every service has heard of it."""
    values = await _complained(town, len(STEPS))
    await town.spread()
    read = body_of(await (await asked(town, f"GET {COMPLAINT}", values=values)).send(town))
    return str(read["case_id"]), values["complaint_id"]
