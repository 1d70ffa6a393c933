"""The second half: Nav over Kafka, the municipality's case system over REST, a refusal, a complaint, and a reversal."""

from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.local.demo.client import Caller, until
from deploy.local.demo.first_half import MUNICIPALITY, Family
from deploy.local.demo.narrator import expect
from deploy.local.demo.partner import events_of
from deploy.local.demo.start_page import awaits_the_family, cases_of, tell_open_case, tell_refusal
from deploy.local.demo.world import World
from shared.dates import oslo_day

INBOX, COMPLAINTS = "/applications/v1/inbox", "/status/v1/complaint-inbox"
SCOPES = ("somlos:cases.read", "somlos:cases.write", "somlos:applications.read")
APPEAL_BODY = "statsforvalter-innlandet"
REASONS = "Kommunen mener at omsorgen ikke er særlig tyngende nå."
LAW = "helse- og omsorgstjenesteloven § 3-6"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


async def tell(world: World, family: Family) -> None:
    """Tells the second half. Raises StoryBroken where something promised is absent."""
    say = world.narrator
    say.chapter("Nav hears of the application on its own topic")
    await _nav_asks_for_documentation(world, family)
    say.chapter("The municipality decides in its own case system")
    municipality = await world.organisation(MUNICIPALITY, *SCOPES)
    await _municipality_refuses(world, family, municipality)
    await _overview_shows_both(world, family)
    say.chapter("The family complains, and is heard")
    complaint = await _complain(world, family)
    await _municipality_forwards(world, municipality, complaint)
    await _county_governor_reverses(world, complaint)
    await _she_sees_it(world, family, complaint)


async def _nav_asks_for_documentation(world: World, family: Family) -> None:
    say, application = world.narrator, family.applications["hjelpestonad"]
    number = world.organisation_number("nav")
    say.step(
        "Nav's own consumer (confluent-kafka, Nav's own Kafka user) reads Nav's topic: ids and a reference, nothing about the person."
    )
    told = await events_of(
        world.kafka(number), number, f"{INBOX}/{application}", last="no.somlos.partner.application-submitted.v1"
    )
    say.says(str(told[-1].data))
    expect(family.child not in str(told[-1].data), "the partner's event held the child's inner id")
    say.step("Nav follows the reference and fetches the application; the read stands in the family's log.")
    nav = await world.organisation("nav", *SCOPES)
    path = told[-1].data["reference"]
    fetched = await nav.get(path)
    say.step("Nav acknowledges it, and asks for documentation with a deadline.")
    etag = (
        await nav.post(f"{path}/receipt", {"case_reference": "NAV-2026-0042"}, etag=fetched.headers["etag"])
    ).headers["etag"]
    wanted = {"what": "Send en uttalelse fra legen om hjelpebehovet.", "deadline": _in_days(21)}
    await nav.post(f"{path}/documentation-requests", wanted, etag=etag)
    await _mother_answers(world, family, application)
    say.step("Nav finds the answer with its attachment, and opens it.")
    again = (await nav.get(path)).json()
    expect(again["documentation_requests"][-1]["answered_at"], "Nav did not see the answer")
    attachments = (await nav.get(f"/applications/v1/applications/{application}/attachments")).json()["items"]
    opened = await nav.get(f"/applications/v1/applications/{application}/attachments/{attachments[0]['id']}")
    expect(opened.content == PDF, "the attachment came out otherwise than it went in")


async def _mother_answers(world: World, family: Family, application: str) -> None:
    say, mother = world.narrator, family.mother
    say.step("The mother sees what Nav asks for, uploads a statement and answers.")
    path = f"/applications/v1/applications/{application}"
    shown = await mother.get(path)
    request = shown.json()["documentation_requests"][-1]
    say.says(f"Nav spør: {request['what']} Frist: {request['deadline']}.")
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="uttalelse.pdf"',
        "If-Match": shown.headers["etag"],
    }
    sent = await mother.upload(f"{path}/attachments", PDF, headers)
    etag = (await mother.look(path)).headers["etag"]
    answer = {"text": "Her er uttalelsen.", "attachment_ids": [sent.json()["id"]]}
    await mother.post(f"{path}/documentation-requests/{request['id']}/answer", answer, etag=etag)


async def _municipality_refuses(world: World, family: Family, municipality: Caller) -> None:
    say, application = world.narrator, family.applications["avlastning"]
    say.step("The municipality's case system lists what is new, fetches it and acknowledges it.")
    await municipality.get(f"{INBOX}?state=new&limit=100")
    path = f"{INBOX}/{application}"
    fetched = await municipality.get(path)
    etag = (
        await municipality.post(
            f"{path}/receipt",
            {"case_reference": "2026/1234"},
            etag=fetched.headers["etag"],
        )
    ).headers["etag"]
    say.step("It tries to refuse without saying why or how to complain. That is not taken.")
    today = _in_days(0)
    bare = {
        "decided_at": today,
        "notified_at": today,
        "items": [{"what": "Avlastning 2 døgn i måneden", "outcome": "refused"}],
        "complaint": None,
    }
    refused = await municipality.post(f"{path}/decision", bare, etag=etag, expect=422)
    lacks = {error["field"] for error in refused.json()["errors"]}
    say.says(f"Lacking: {', '.join(sorted(lacks))}")
    expect(
        any("reasons" in field for field in lacks) and any("complaint" in field for field in lacks),
        "the 422 did not name what lacks",
    )
    say.step("It refuses with reasons, the law, and how to complain.")
    item = {"what": "Avlastning 2 døgn i måneden", "outcome": "refused", "reasons": REASONS, "law": LAW}
    complaint = {"body": "statsforvalter", "send_to": "Hamar kommune", "deadline": _in_days(35)}
    decision = {"decided_at": today, "notified_at": today, "items": [item], "complaint": complaint}
    await municipality.post(f"{path}/decision", decision, etag=etag)


async def _overview_shows_both(world: World, family: Family) -> None:
    say, mother = world.narrator, family.mother
    say.step(
        "The mother's overview shows both, with deadlines: Nav has what it asked for, the municipality has refused, and how to complain."
    )
    waiting, refused = family.applications["hjelpestonad"], family.applications["avlastning"]

    async def look() -> Any:
        answer = await mother.look("/overview")
        cases = cases_of(answer.json(), family.child) if answer.is_success else {"open": [], "may_complain": []}
        answered = [each for each in cases["open"] if each["id"] == waiting and not awaits_the_family(cases, waiting)]
        return answered and [each for each in cases["may_complain"] if each["case_id"] == refused]

    await until("both cases on the overview, as they stand now", look)
    cases = cases_of((await mother.get("/overview")).json(), family.child)
    still_open = next(each for each in cases["open"] if each["id"] == waiting)
    tell_open_case(say, still_open)
    expect(any("last_day" in each for each in still_open["answer"]), "an open case showed no day for the answer")
    tell_refusal(say, next(each for each in cases["may_complain"] if each["case_id"] == refused))
    case = (await mother.get(f"/status/v1/cases/{refused}")).json()
    say.says(*(f"    {step['text']['text']}" for step in case["timeline"]))
    expect(case["complaint"]["may"], "a refused case said nothing of the right to complain")


async def _complain(world: World, family: Family) -> str:
    say = world.narrator
    say.step("She complains, from the decision.")
    body = {"about": "Kommunen har ikke regnet med nettene.", "wish": "Avlastning to døgn i måneden."}
    filed = await family.mother.post(f"/status/v1/cases/{family.applications['avlastning']}/complaints", body)
    say.says(f"{filed.json()['status_text']['text']}.")
    return str(filed.json()["id"])


async def _municipality_forwards(world: World, municipality: Caller, complaint: str) -> None:
    say = world.narrator
    say.step(
        "The municipality receives the complaint, looks at it again, keeps its decision, and forwards it to the County Governor."
    )
    path = f"{COMPLAINTS}/{complaint}"
    etag = (await municipality.get(path)).headers["etag"]
    etag = (await municipality.post(f"{path}/receipt", {}, etag=etag)).headers["etag"]
    again = {"outcome": "upheld", "reasons": "Kommunen finner ikke grunn til å endre vedtaket."}
    etag = (await municipality.post(f"{path}/reassessment", again, etag=etag)).headers["etag"]
    forward = {"to": world.organisation_number(APPEAL_BODY), "statement": "Saken følger vedlagt."}
    await municipality.post(f"{path}/forwarding", forward, etag=etag)


async def _county_governor_reverses(world: World, complaint: str) -> None:
    say = world.narrator
    say.step("The County Governor (Statsforvalteren) reads the complaint and reverses the decision.")
    governor = await world.organisation(APPEAL_BODY, "somlos:cases.read", "somlos:cases.write")
    path = f"{COMPLAINTS}/{complaint}"
    etag = (await governor.get(path)).headers["etag"]
    decision = {
        "outcome": "reversed",
        "reasons": "Nattarbeidet gjør omsorgen særlig tyngende.",
        "decided_at": _in_days(0),
    }
    await governor.post(f"{path}/decision", decision, etag=etag)


async def _she_sees_it(world: World, family: Family, complaint: str) -> None:
    say, mother, application = world.narrator, family.mother, family.applications["avlastning"]
    say.step("She sees it: on the complaint, and on the application, whose decision no longer stands.")
    shown = (await mother.get(f"/status/v1/complaints/{complaint}")).json()
    say.says(f"{shown['status_text']['text']}. {shown['timeline'][-1]['text']['text']}", shown["decision"]["reasons"])
    expect(shown["decision"]["outcome"] == "reversed", "the complaint did not show the reversal")

    async def look() -> Any:
        decision = (await mother.look(f"/applications/v1/applications/{application}")).json()["decision"]
        return decision if decision["superseded_by"] == complaint else None

    await until("the reversal to reach the application", look)
    await mother.get(f"/applications/v1/applications/{application}")
    say.step("Her access log shows every read by Nav, the municipality and the County Governor.")
    path = f"/mapping/v1/children/{family.child}/access-log"

    async def readers() -> Any:
        lines = [line["text"] for line in (await mother.look(path)).json()["items"]]
        words = " ".join(lines)
        return lines if all(name in words for name in ("Nav", "Hamar", "Statsforvalteren")) else None

    for line in (await until("every reader in the access log", readers))[:10]:
        say.says(f"• {line}")


def _in_days(days: int) -> str:
    return (oslo_day(datetime.now(UTC)) + timedelta(days=days)).isoformat()
