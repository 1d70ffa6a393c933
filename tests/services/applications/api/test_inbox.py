"""The inbox: what an organisation finds there, acknowledges and asks for, and what others learn of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.auth.principals import Subject
from tests.services.applications.office import ASKED, CHANGED, COMPLAINT, INBOX, Office, answer, good
from tests.services.applications.world import APPLICATIONS, HAMAR, NAV, lines
from tests.support.callers import citizen, machine, worker

ALIAS = "alias-of-{child}-for-{org}"


@pytest.fixture
def nav(world):
    return Office(world)


async def test_what_was_sent_is_listed_under_the_organisations_own_name_of_the_child(world, nav):
    sent = await world.submitted()
    await world.start("grunnstonad")
    [item] = good(await nav.inbox())["items"]
    assert item == {
        "id": sent["id"],
        "person": ALIAS.format(child=world.child.id, org=NAV),
        "right_id": "hjelpestonad",
        "form_id": "hjelpestonad",
        "status": "submitted",
        "due": "receipt",
        "submitted_at": "2026-11-24T10:00:00Z",
        "changed_at": "2026-11-24T10:00:00Z",
        "version": 1,
    }


async def test_the_inbox_is_read_page_by_page_oldest_first_and_what_comes_in_later_comes_after(world, nav, clock):
    sent = []
    for _ in range(3):
        sent.append((await world.submitted())["id"])
        clock.forward(timedelta(minutes=1))
    first = good(await nav.inbox(limit=2))
    assert [each["id"] for each in first["items"]] == sent[:2]
    late = (await world.submitted())["id"]
    second = good(await nav.inbox(limit=2, cursor=first["next"]))
    assert [each["id"] for each in second["items"]] == [sent[2], late]
    assert second["next"] is None


async def test_two_sent_in_the_same_moment_are_both_found(world, nav):
    sent = {(await world.submitted())["id"] for _ in range(3)}
    seen, cursor = [], {}
    while True:
        page = good(await nav.inbox(limit=1, **cursor))
        seen += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert sorted(seen) == sorted(sent)


async def test_the_inbox_is_read_by_where_the_cases_stand(world, nav):
    new, received = await world.submitted(), await nav.received()
    asked, _ = await nav.asked()
    decided, withdrawn = await nav.decided(), await world.submitted()
    path = f"{APPLICATIONS}/{withdrawn['id']}/withdrawal"
    good(await world.service.post(path, world.mother, headers={"If-Match": await world.etag(withdrawn)}))

    async def ids(**query):
        return {each["id"] for each in good(await nav.inbox(**query))["items"]}

    assert await ids(state="new") == {new["id"]}
    assert await ids(state="open") == {received["id"], asked["id"]}
    assert await ids(state="closed") == {decided["id"], withdrawn["id"]}
    assert len(await ids()) == 5
    assert (await nav.inbox(state="lost")).status_code == 400


async def test_the_whole_application_is_read_with_who_said_what_and_stands_in_the_log(world, nav):
    sent = await world.submitted()
    answer = await nav.read(sent)
    seen = good(answer)
    assert (seen["version"], answer.headers["ETag"][:3]) == (1, '"1.')
    assert (seen["person"], seen["applicant"]) == (ALIAS.format(child=world.child.id, org=NAV), "guardian")
    assert str(world.child.id) not in answer.text.replace(seen["person"], "")
    assert str(world.mother.person) not in answer.text
    line = lines(seen)["private_care_provided"]
    assert line["source"]["text"]["text"] == "Søkeren svarte dette i søknaden 24. november 2026."
    assert seen["free_text"]["text"] == "Vi er oppe hver natt."
    assert (seen["receipt"], seen["documentation_requests"], seen["decision"], seen["attachments"]) == (
        None,
        [],
        None,
        [],
    )
    rows = await world.service.rows("select organisation, purpose, what from access_log where reader_kind = 'machine'")
    assert rows == [{"organisation": NAV, "purpose": "case-handling", "what": "application"}]


async def test_an_acknowledged_application_is_told_of_once_and_shown_to_the_family(world, nav):
    sent = await world.submitted()
    answer = await nav.acknowledge(sent)
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"2"')
    assert (answer.json()["status"], answer.json()["due"], answer.json()["version"]) == ("received", "decision", 2)
    [event] = await world.service.outbox(CHANGED)
    assert (event["version"], event["data"]["status"]) == (2, "received")
    seen = good(await world.read(sent))
    assert seen["receipt"] == {"received_at": "2026-11-24T10:00:00Z", "case_reference": "2026/01234"}
    [row] = await world.service.rows("select case_reference from receipt")
    assert b"01234" not in row["case_reference"]


async def test_a_case_system_need_not_name_its_case(world, nav):
    sent = await world.submitted()
    good(await nav.step(sent, "receipt", {}))
    assert good(await nav.read(sent))["receipt"]["case_reference"] is None


async def test_what_is_asked_for_is_told_of_and_shown_to_the_family(world, nav):
    case = await nav.received()
    asked = await nav.ask(case)
    assert (asked.status_code, asked.headers["ETag"]) == (201, '"3"')
    expected = {
        **ASKED,
        "id": asked.json()["id"],
        "asked_at": "2026-11-24T10:00:00Z",
        "answered_at": None,
        "answer": None,
        "attachments": [],
    }
    assert asked.json() == expected
    for seen in (good(await world.read(case)), good(await nav.read(case))):
        assert (seen["status"], seen["documentation_requests"]) == ("documentation-requested", [expected])
    assert [each["data"]["status"] for each in await world.service.outbox(CHANGED)] == [
        "received",
        "documentation-requested",
    ]
    [row] = await world.service.rows("select what from documentation_request")
    assert b"uttalelse" not in row["what"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"deadline": "2026-11-24"}, "deadline"),
        ({"deadline": "2026-11-01"}, "deadline"),
        ({"deadline": None}, "deadline"),
        ({"what": "   "}, "what"),
        ({"what": "x" * 2001}, "what"),
        ({"what": "a\u0000b"}, "what"),
    ],
)
async def test_what_cannot_be_asked_is_refused_and_nothing_is_told(world, nav, change, field):
    case = await nav.received()
    answer = await nav.step(case, "documentation-requests", {**ASKED, **change})
    assert answer.status_code == 422, answer.text
    assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert len(await world.service.outbox(CHANGED)) == 1


async def test_the_last_day_to_answer_is_counted_in_norway(world, nav, clock):
    case = await nav.received()
    clock.forward(timedelta(hours=13, minutes=30))  # half past midnight in Oslo, still the 24th in UTC
    answer = await nav.step(case, "documentation-requests", {**ASKED, "deadline": "2026-11-25"})
    assert answer.json()["errors"][0]["code"] == "not-after-today"
    assert answer.json()["errors"][0]["detail"] == "Familien må få minst én dag. Velg en senere dag."


@pytest.mark.parametrize("caller", [citizen(), worker("status"), None])
async def test_the_inbox_is_for_organisations_alone(world, caller):
    sent = await world.submitted()
    expected = 403 if caller else 401
    assert (await world.service.get(INBOX, caller)).status_code == expected
    assert (await world.service.get(f"{INBOX}/{sent['id']}", caller)).status_code == expected


async def test_a_protected_childs_organisation_is_in_no_event(world):
    world.child.protected = True
    at_home = replace(
        world.mother, subjects={**world.mother.subjects, world.child.id: Subject("guardian", protected=True)}
    )
    draft = (await world.start("avlastning", at_home)).json()
    for fact, value in (("care_need_level", "extensive"), ("continuous_care_need", True)):
        await world.change(draft, {"fact": fact, "state": "known", "value": value}, caller=at_home)
    case = good(await world.submit(draft, at_home))
    hamar = Office(world, HAMAR)
    good(await hamar.inbox())
    good(await hamar.read(case))
    good(await hamar.acknowledge(case))
    asked = good(await hamar.ask(case))
    good(await answer(world, case, asked["id"], {"text": "Her."}, at_home))
    refused = {"what": "Avlastning", "outcome": "refused", "reasons": "Nei.", "law": "hol § 3-6"}
    complaint = {**COMPLAINT, "body": "statsforvalter", "send_to": "Kommunen"}
    body = {"decided_at": "2026-11-24", "notified_at": None, "items": [refused], "complaint": complaint}
    good(await hamar.decide(case, body))
    told = await world.service.outbox()
    assert len([each for each in told if each["type"].startswith("no.somlos.application.")]) == 5
    assert HAMAR not in str([each["data"] for each in told])
    assert {each["data"].get("protected") for each in told if "access" in each["type"]} == {True}


async def test_a_party_reads_its_case_after_the_child_has_come_of_age(world, nav, clock):
    case = await nav.decided()
    clock.forward(timedelta(days=365 * 11))
    assert good(await nav.read(case))["decision"]["outcome"] == "refused"
    assert [each["id"] for each in good(await nav.inbox(state="closed"))["items"]] == [case["id"]]


async def test_when_the_log_cannot_be_written_no_step_is_taken(world, nav):
    sent = await world.submitted()
    await world.service.rows("revoke insert on access_log from applications")
    assert (await nav.acknowledge(sent)).status_code == 503
    assert (await nav.inbox()).status_code == 503
    await world.service.rows("grant insert on access_log to applications")
    assert good(await nav.read(sent))["status"] == "submitted"


async def test_a_grant_that_is_withdrawn_is_of_no_account_to_the_party(world, nav):
    sent = await world.submitted()
    without = machine(NAV, purpose="case-handling")
    assert without.subjects == {}
    assert (await world.service.get(f"{INBOX}/{sent['id']}", without)).status_code == 200
