"""The family answers what the authority asked for, with words and files, and the authority has them."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from shared.auth.principals import Subject
from tests.services.applications.office import CHANGED, Office, answer, attach, faults, good, problem
from tests.services.applications.world import APPLICATIONS, BODO, NAV, PDF, key
from tests.support.callers import citizen, machine


@pytest.fixture
def nav(world):
    return Office(world)


def files(case, one=None):
    return f"{APPLICATIONS}/{case['id']}/attachments" + (f"/{one}" if one else "")


async def test_an_answer_with_words_and_a_file_goes_to_the_authority_which_downloads_it(world, nav):
    case, request = await nav.asked()
    file = good(await attach(world, case))
    assert (file["sent"], file["request_id"]) == (False, None)
    sent = await answer(world, case, request, {"text": "Her er uttalelsen.", "attachment_ids": [file["id"]]})
    assert sent.status_code == 201, sent.text
    [event] = (await world.service.outbox(CHANGED))[2:]
    assert (event["version"], event["data"]["status"]) == (4, "received")
    [asked] = sent.json()["documentation_requests"]
    assert (asked["answer"], asked["attachments"]) == ("Her er uttalelsen.", [file["id"]])
    assert asked["answered_at"] == "2026-11-24T10:00:00Z"
    seen = good(await nav.read(case))
    assert (seen["status"], seen["version"], seen["documentation_requests"]) == ("received", 4, [asked])
    assert [(each["id"], each["request_id"], each["sent"]) for each in seen["attachments"]] == [
        (file["id"], request, True)
    ]
    out = await world.service.get(files(case, file["id"]), machine(NAV, purpose="case-handling"))
    assert (out.status_code, out.content) == (200, PDF)
    assert (await world.service.get(files(case, file["id"]), machine(BODO))).status_code == 404
    [row] = await world.service.rows("select answer from documentation_request")
    assert b"uttalelsen" not in row["answer"]


async def test_what_is_not_sent_yet_the_authority_does_not_see(world, nav):
    case, request = await nav.asked()
    first, second = good(await attach(world, case)), good(await attach(world, case))
    authority = machine(NAV)
    assert (await world.service.get(files(case, first["id"]), authority)).status_code == 404
    assert good(await world.service.get(files(case), authority))["items"] == []
    assert good(await nav.read(case))["attachments"] == []
    good(await answer(world, case, request, {"attachment_ids": [first["id"]]}))
    assert [each["id"] for each in good(await nav.read(case))["attachments"]] == [first["id"]]
    assert (await world.service.get(files(case, second["id"]), authority)).status_code == 404
    mine = good(await world.service.get(files(case), world.mother))["items"]
    assert [(each["id"], each["sent"]) for each in mine] == [(first["id"], True), (second["id"], False)]


async def test_uploading_does_not_disturb_the_authoritys_next_step(world, nav):
    case, _ = await nav.asked()
    before = good(await nav.read(case))["version"]
    good(await attach(world, case))
    assert good(await nav.read(case))["version"] == before
    good(await nav.decide(case, **{"If-Match": f'"{before}"'}))


async def test_a_file_is_taken_off_until_it_is_sent(world, nav):
    case, request = await nav.asked()
    wrong, right = good(await attach(world, case)), good(await attach(world, case))
    headers = {"If-Match": await world.etag(case)}
    assert (await world.service.delete(files(case, wrong["id"]), world.mother, headers=headers)).status_code == 204
    good(await answer(world, case, request, {"attachment_ids": [right["id"]]}))
    headers = {"If-Match": await world.etag(case)}
    assert problem(await world.service.delete(files(case, right["id"]), world.mother, headers=headers)) == (
        409,
        "not-a-draft",
    )


async def test_nothing_is_attached_when_nothing_is_asked_for(world, nav):
    case = await nav.received()
    assert problem(await attach(world, case)) == (409, "not-a-draft")


async def test_what_was_sent_in_the_first_place_is_as_it_was(world, nav):
    case, request = await nav.asked()
    file = good(await attach(world, case))
    good(await answer(world, case, request, {"attachment_ids": [file["id"]]}))
    seen = good(await world.read(case))
    assert seen["snapshot"] == case["snapshot"]
    assert seen["parts"] == case["parts"]


async def test_the_authority_may_ask_again_after_an_answer(world, nav):
    case, first = await nav.asked()
    good(await answer(world, case, first, {"text": "Her."}))
    second = good(await nav.ask(case))["id"]
    good(await answer(world, case, second, {"text": "Og her."}))
    assert [each["answer"] for each in good(await nav.read(case))["documentation_requests"]] == ["Her.", "Og her."]
    rows = await world.service.rows("select version from outbox where aggregate_id = cast(:id as uuid)", id=case["id"])
    assert sorted(each["version"] for each in rows) == [1, 2, 3, 4, 5, 6]


async def test_an_answer_after_the_last_day_is_taken_in(world, nav, clock):
    case, request = await nav.asked()
    clock.forward(timedelta(days=60))
    good(await answer(world, case, request, {"text": "Beklager at det tok tid."}))


@pytest.mark.parametrize("body", [{}, {"text": None}, {"text": "  "}, {"attachment_ids": []}])
async def test_an_answer_says_something(world, nav, body):
    case, request = await nav.asked()
    empty = await answer(world, case, request, body)
    assert faults(empty) == {"text": "nothing-said"}
    assert empty.json()["errors"][0]["detail"] == "Skriv noe, eller legg ved en fil."


async def test_a_file_that_is_not_there_is_named(world, nav):
    case, request = await nav.asked()
    other, _ = await nav.asked()
    elsewhere = good(await attach(world, other))["id"]
    mine = good(await attach(world, case))["id"]
    sent = await answer(world, case, request, {"attachment_ids": [mine, elsewhere, str(uuid4()), mine]})
    assert faults(sent) == {
        "attachment_ids.1": "not-attached",
        "attachment_ids.2": "not-attached",
        "attachment_ids.3": "twice",
    }
    assert good(await world.read(case))["status"] == "documentation-requested"


async def test_the_same_key_answers_once(world, nav):
    case, request = await nav.asked()
    headers = {**key(), "If-Match": await world.etag(case)}
    first = await answer(world, case, request, {"text": "Her."}, **headers)
    again = await answer(world, case, request, {"text": "Her."}, **headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert len(await world.service.outbox(CHANGED)) == 3


async def test_an_answer_builds_on_what_was_read_and_is_given_once(world, nav):
    case, request = await nav.asked()
    assert problem(await answer(world, case, request, {"text": "Her."}, **{"If-Match": '"1"'})) == (
        412,
        "stale-version",
    )
    good(await answer(world, case, request, {"text": "Her."}))
    assert problem(await answer(world, case, request, {"text": "Igjen."})) == (409, "wrong-step")
    good(await nav.ask(case))
    assert problem(await answer(world, case, request, {"text": "Igjen."})) == (409, "wrong-step")


async def test_an_answer_is_to_a_request_of_this_application(world, nav):
    case, _ = await nav.asked()
    _, elsewhere = await nav.asked()
    for request in (elsewhere, str(uuid4())):
        assert (await answer(world, case, request, {"text": "Her."})).status_code == 404


async def test_only_the_applicant_answers_and_a_stranger_finds_nothing(world, nav):
    case, request = await nav.asked()
    assert problem(await answer(world, case, request, {"text": "Her."}, world.father)) == (403, "not-the-applicant")
    assert (await answer(world, case, request, {"text": "Her."}, citizen())).status_code == 404
    assert (await answer(world, case, request, {"text": "Her."}, nav.caller)).status_code == 403


async def test_what_is_asked_and_answered_is_shown_as_far_as_the_applicants_own_words_are(world):
    draft = (await world.start("avlastning")).json()
    for fact, value in (("care_need_level", "extensive"), ("continuous_care_need", True)):
        await world.change(draft, {"fact": fact, "state": "known", "value": value})
    case = good(await world.submit(draft))
    hamar = Office(world, case_org(case))
    good(await hamar.acknowledge(case))
    good(await hamar.ask(case))
    seen = good(await world.read(case, world.father))
    assert (seen["status"], seen["receipt"], seen["documentation_requests"], seen["decision"]) == (
        "documentation-requested",
        None,
        [],
        None,
    )
    assert len(good(await world.read(case))["documentation_requests"]) == 1


async def test_of_the_childs_own_right_both_guardians_see_what_is_asked(world, nav):
    case, _ = await nav.asked()
    assert len(good(await world.read(case, world.father))["documentation_requests"]) == 1
    narrow = Subject("guardian", frozenset({"care"}))
    limited = replace(world.father, subjects={**world.father.subjects, world.child.id: narrow})
    assert good(await world.read(case, limited))["documentation_requests"] == []


def case_org(case):
    assert case["authority"]["kind"] == "municipality"
    return "312482754"
