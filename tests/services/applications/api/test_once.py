"""A step of a case: in its order, from what was read, once, and by the organisation that the case was sent to."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.services.applications.office import ASKED, CHANGED, DECIDED, INBOX, Office, good, problem
from tests.services.applications.world import APPLICATIONS, BODO, HAMAR, key


@pytest.fixture
def nav(world):
    return Office(world)


@pytest.mark.parametrize(
    ("stands", "step", "due"),
    [
        ("submitted", "documentation-requests", "(receipt)"),
        ("submitted", "decision", "(receipt)"),
        ("received", "receipt", "(decision)"),
        ("asked", "receipt", "(answer)"),
        ("asked", "documentation-requests", "(answer)"),
        ("decided", "receipt", "«decided»"),
        ("decided", "documentation-requests", "«decided»"),
        ("decided", "decision", "«decided»"),
    ],
)
async def test_a_step_out_of_order_says_what_is_due(world, nav, stands, step, due):
    case = {
        "submitted": world.submitted,
        "received": nav.received,
        "asked": nav.asked,
        "decided": nav.decided,
    }[stands]
    made = await case()
    made = made[0] if stands == "asked" else made
    before = await world.service.outbox()
    answer = await {"receipt": nav.acknowledge, "documentation-requests": nav.ask, "decision": nav.decide}[step](made)
    assert problem(answer) == (409, "wrong-step")
    assert due in answer.json()["detail"]
    assert await world.service.outbox() == before


async def test_a_withdrawn_application_is_nothing_to_handle_and_says_nothing_any_more(world, nav):
    case, _ = await nav.asked()
    path = f"{APPLICATIONS}/{case['id']}/withdrawal"
    good(await world.service.post(path, world.mother, headers={"If-Match": await world.etag(case)}))
    assert problem(await nav.decide(case)) == (409, "wrong-step")
    seen = good(await nav.read(case))
    assert (seen["status"], seen["due"], seen["parts"], seen["free_text"]["text"]) == ("withdrawn", None, [], None)
    assert (seen["documentation_requests"], seen["receipt"], seen["decision"]) == ([], None, None)


STEPS = [("receipt", {}), ("documentation-requests", ASKED), ("decision", {"decided_at": "2026-11-24", "items": []})]


@pytest.mark.parametrize(("step", "body"), STEPS)
async def test_another_organisation_finds_nothing_at_any_step(world, nav, step, body):
    sent = await world.submitted()
    body = {**body, "items": [{"what": "x", "outcome": "granted"}]} if "items" in body else body
    for org in (BODO, HAMAR):
        other = Office(world, org)
        theirs = await other.step(sent, step, body)
        nobodys = await world.service.post(
            f"{INBOX}/{uuid4()}/{step}", other.caller, json=body, headers={"If-Match": '"1"', **key()}
        )
        assert (theirs.status_code, nobodys.status_code) == (404, 404)
        assert {**theirs.json(), "instance": ""} == {**nobodys.json(), "instance": ""}
        assert (await other.read(sent)).status_code == 404
        assert good(await other.inbox())["items"] == []
    assert await world.service.outbox(CHANGED) == []


async def test_a_token_for_reading_takes_no_step(world, nav):
    sent = await world.submitted()
    reading = replace(nav.caller, action="inbox.read")
    headers = {"If-Match": '"1"', **key()}
    assert (
        await world.service.post(f"{INBOX}/{sent['id']}/receipt", reading, json={}, headers=headers)
    ).status_code == 404
    writing = replace(nav.caller, action="inbox.write")
    assert (await world.service.get(f"{INBOX}/{sent['id']}", writing)).status_code == 404
    assert (await world.service.get(INBOX, writing)).status_code == 403


@pytest.mark.parametrize("step", ["receipt", "documentation-requests", "decision"])
async def test_a_step_builds_on_the_version_that_was_read(world, nav, step):
    case = await world.submitted() if step == "receipt" else await nav.received()
    take = {"receipt": nav.acknowledge, "documentation-requests": nav.ask, "decision": nav.decide}[step]
    before = await world.service.outbox()
    assert problem(await take(case, **{"If-Match": '"9"'})) == (412, "stale-version")
    assert problem(await take(case, **{"If-Match": ""})) == (400, "malformed-request")
    path, body = f"{INBOX}/{case['id']}/{step}", {"receipt": {}, "documentation-requests": ASKED}.get(step)
    body = body if body is not None else {"decided_at": "2026-11-24", "items": [{"what": "x", "outcome": "granted"}]}
    bare = await world.service.post(path, nav.caller, json=body, headers=key())
    assert problem(bare) == (428, "missing-precondition")
    keyless = await world.service.post(path, nav.caller, json=body, headers={"If-Match": '"1"'})
    assert problem(keyless) == (400, "malformed-request")
    assert await world.service.outbox() == before


@pytest.mark.parametrize("step", ["receipt", "documentation-requests", "decision"])
async def test_the_same_key_twice_is_one_step_and_one_event(world, nav, step):
    case = await world.submitted() if step == "receipt" else await nav.received()
    take = {"receipt": nav.acknowledge, "documentation-requests": nav.ask, "decision": nav.decide}[step]
    [row] = await world.service.rows("select version from application where id = :id", id=case["id"])
    headers = {**key(), "If-Match": f'"{row["version"]}"'}
    first, again = await take(case, **headers), await take(case, **headers)
    assert (first.status_code, again.status_code) == (201, 201), again.text
    assert first.json() == again.json()
    assert first.headers["ETag"] == again.headers["ETag"]
    rows = await world.service.rows("select version from outbox where aggregate_id = cast(:id as uuid)", id=case["id"])
    assert sorted(each["version"] for each in rows) == list(range(1, row["version"] + 2))


async def test_a_key_is_for_one_request_only(world, nav):
    case, header = await nav.received(), key()
    good(await nav.ask(case, **header))
    other = await nav.step(case, "documentation-requests", {**ASKED, "what": "Noe annet"}, **header)
    assert problem(other) == (422, "idempotency-key-reused")


async def test_of_two_who_decide_at_once_one_is_taken_in(world, nav):
    case = await nav.received()
    read = {"If-Match": '"2"'}
    answers = await asyncio.gather(*(nav.decide(case, **read) for _ in range(4)))
    assert sorted(each.status_code for each in answers) == [201, 412, 412, 412]
    assert len(await world.service.outbox(DECIDED)) == 1
