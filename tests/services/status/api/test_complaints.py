"""The family complains, follows the complaint and takes it back."""

import asyncio
from uuid import UUID, uuid4

import pytest

from tests.services.status.complaining import ABOUT, HAMAR_CALLS, complaining, decided
from tests.services.status.events.test_applications import CHILD, changed, submitted
from tests.support.callers import citizen, machine


@pytest.fixture
async def world(start):
    async with complaining(start) as made:
        yield made


async def test_a_complaint_goes_to_whoever_decided(world):
    case_id = await world.a_decision()
    answer = await world.complain(case_id, wish="Avlastning to døgn i måneden.")
    assert answer.status_code == 201, answer.text
    view = answer.json()
    assert (view["status"], view["about"], view["wish"], view["yours"], view["late"]) == (
        "filed",
        ABOUT,
        "Avlastning to døgn i måneden.",
        True,
        False,
    )
    assert (view["authority"]["name"]["text"], view["body"]["name"]["text"]) == (
        "Hamar kommune (syntetisk)",
        "Statsforvalteren",
    )
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"] == f"/status/v1/complaints/{view['id']}"
    assert (await world.complaint(view["id"])).json() == view


async def test_the_complaint_shows_what_the_law_says_about_the_step_that_is_due(world):
    complaint = await world.a_complaint()
    sent_on, preliminary = complaint["answer"]
    assert sent_on["text"]["text"] == (
        "Loven setter ingen fast frist. Klagen skal sendes videre så snart saken er tilrettelagt. Etter forvaltningsloven § 33."
    )
    assert preliminary["last_day"] == "2026-12-24"
    assert "Regnet én måned fra 24. november 2026, da klagen ble sendt." in preliminary["text"]["text"]


async def test_the_case_and_the_overview_say_it_too(world):
    complaint = await world.a_complaint()
    [listed] = (await world.overview()).json()["items"]
    read = (await world.case(complaint["case_id"])).json()
    assert listed["complaints"][0]["answer"] == read["complaints"][0]["answer"] == complaint["answer"] != []


async def test_once_forwarded_the_appeal_bodys_limits_run_from_then(world):
    complaint = await world.a_complaint("receipt", "reassessment")
    world.days_pass(6)
    await world.step(complaint["id"], "forwarding")
    view = (await world.complaint(complaint["id"])).json()
    limits = {each["deadline_id"]: each for each in view["answer"]}
    assert (
        "Regnet én måned fra 30. november 2026, da klagen ble sendt videre."
        in (limits["forelopig-svar-gjeldende"]["text"]["text"])
    )
    assert limits["klage-endring-til-skade"]["last_day"] == "2027-02-24"
    assert limits["klage-endring-til-skade"]["text"]["text"].startswith(
        "Statsforvalteren i Innlandet (syntetisk) kan bare gjøre vedtaket dårligere for dere når dere får melding om det i tide."
    )


async def test_the_family_sees_the_reasons_and_the_statement(world):
    view = await world.a_complaint("receipt", "reassessment", "forwarding", "decision")
    assert (view["reassessment"]["outcome"], view["reassessment"]["reasons"]) == ("upheld", "Vi står ved vedtaket.")
    assert view["forwarding"]["statement"] == "Vilkårene er ikke oppfylt."
    assert (view["decision"]["outcome"], view["decision"]["reasons"], view["decision"]["decided_at"]) == (
        "reversed",
        "Vilkårene er oppfylt.",
        "2026-11-24",
    )
    assert (view["open"], view["awaited"]["from"], view["answer"], view["further"]) == (False, "nobody", [], [])


async def test_each_step_is_told_once_in_order(world):
    complaint = await world.a_complaint("receipt", "reassessment", "forwarding", "decision")
    told = await world.told()
    assert [(kind, data["status"], data.get("outcome"), data["version"]) for kind, data in told] == [
        ("filed", "filed", None, 1),
        ("received", "received", None, 2),
        ("reassessed", "reassessed", "upheld", 3),
        ("forwarded", "forwarded", None, 4),
        ("decided", "decided", "reversed", 5),
    ]
    for _, data in told:
        assert (data["complaint_id"], data["application_id"], data["child_id"], data["right_id"]) == (
            complaint["id"],
            complaint["case_id"],
            str(CHILD),
            "avlastning",
        )
    assert [data.get("appeal_org") for _, data in told] == [None, None, None, "312489600", "312489600"]


async def test_a_late_complaint_without_a_reason_is_refused_by_the_name_of_the_field(world):
    case_id = await world.a_decision()
    world.days_pass(29)
    answer = await world.complain(case_id)
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {
            "field": "late_reason",
            "code": "late-reason-missing",
            "expected": "why it is late",
            "detail": "Fristen var 22. desember 2026. Skriv hvorfor klagen kommer sent.",
        }
    ]
    assert await world.told() == []


async def test_a_late_complaint_with_a_reason_is_taken_and_marked_late(world):
    case_id = await world.a_decision()
    world.days_pass(29)
    view = (await world.complain(case_id, late_reason="Brevet lå hos naboen.")).json()
    assert (view["late"], view["late_reason"], view["last_day"]) == (True, "Brevet lå hos naboen.", "2026-12-22")
    seen = (await world.inbox(view["id"], HAMAR_CALLS)).json()
    assert (seen["late"], seen["late_reason"]) == (True, "Brevet lå hos naboen.")


async def test_on_the_last_day_it_is_not_late(world):
    case_id = await world.a_decision()
    world.days_pass(28)
    assert (await world.complain(case_id)).json()["late"] is False


async def test_before_there_is_a_decision_there_is_nothing_to_complain_about(world):
    sent = submitted()
    await world.tell(sent)
    answer = await world.complain(sent.application_id)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:somlos:problem:nothing-decided")


async def test_one_complaint_at_a_time(world):
    complaint = await world.a_complaint()
    answer = await world.complain(complaint["case_id"])
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:somlos:problem:complaint-open")
    assert (await world.withdraw(complaint["id"])).status_code == 201
    assert (await world.complain(complaint["case_id"])).status_code == 201


async def test_of_two_at_once_one_is_taken(world):
    case_id = await world.a_decision()
    answers = await asyncio.gather(world.complain(case_id), world.complain(case_id))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert [kind for kind, _ in await world.told()] == ["filed"]


async def test_the_answer_to_a_complaint_is_the_last_one_until_there_is_a_new_decision(world):
    complaint = await world.a_complaint("receipt", "reassessment", "forwarding", "decision")
    case_id = UUID(complaint["case_id"])
    answer = await world.complain(case_id)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:somlos:problem:complaint-decided")
    await world.tell(changed(3, "decided", case_id))
    assert (await world.complain(case_id)).status_code == 409
    await world.tell(decided(case_id, version=4))
    assert (await world.complain(case_id)).status_code == 201


async def test_where_nobody_is_known_to_decide_none_is_taken(world):
    case_id = await world.a_decision(right_id="noe-nytt", complaint_body=None)
    answer = await world.complain(case_id)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:somlos:problem:no-complaint-body")


async def test_the_same_request_twice_complains_once(world):
    case_id, key = await world.a_decision(), uuid4().hex
    first, again = await world.complain(case_id, key=key), await world.complain(case_id, key=key)
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert [kind for kind, _ in await world.told()] == ["filed"]
    other = await world.complain(case_id, key=key, wish="Noe annet.")
    assert (other.status_code, other.json()["type"]) == (422, "urn:somlos:problem:idempotency-key-reused")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "about"),
        ({"about": ""}, "about"),
        ({"about": "   "}, "about"),
        ({"about": "x" * 10_001}, "about"),
        ({"about": "x\x00"}, "about"),
        ({"about": "x", "wish": 3}, "wish"),
        ({"about": "x", "case_id": "1"}, "case_id"),
    ],
)
async def test_a_fault_names_its_field(world, body, field):
    case_id = await world.a_decision()
    answer = await world.service.post(
        f"/status/v1/cases/{case_id}/complaints", world.mother, json=body, headers={"Idempotency-Key": uuid4().hex}
    )
    assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (422, [field])


async def test_only_the_one_who_complained_takes_it_back(world):
    complaint = await world.a_complaint()
    father = citizen(children=[CHILD])
    refused = await world.withdraw(complaint["id"], father)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:somlos:problem:not-the-complainant")
    assert (await world.withdraw(complaint["id"], version=7)).status_code == 412
    taken_back = await world.withdraw(complaint["id"])
    assert (taken_back.status_code, taken_back.json()["status"], taken_back.headers["ETag"]) == (
        201,
        "withdrawn",
        '"2"',
    )
    again = await world.withdraw(complaint["id"], version=2)
    assert (again.status_code, again.json()["type"]) == (409, "urn:somlos:problem:complaint-ended")
    assert [kind for kind, _ in await world.told()] == ["filed", "withdrawn"]


async def test_while_mapping_is_away_nothing_is_sent(world):
    case_id = await world.a_decision()
    world.neighbours.away = True
    answer = await world.complain(case_id)
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:somlos:problem:unavailable")
    assert await world.told() == []
    world.neighbours.away = False
    assert (await world.complain(case_id)).status_code == 201


async def test_navs_answer_can_be_taken_to_the_national_insurance_court(world):
    case_id = await world.a_decision(right_id="hjelpestonad", complaint_body="nav_klageinstans")
    sent = (await world.complain(case_id)).json()
    for step in ("receipt", "reassessment"):
        await world.step(sent["id"], step)
    await world.step(sent["id"], "forwarding", to="312481383")
    appeals = machine("312481383", purpose="case-handling")
    assert (await world.step(sent["id"], "decision", appeals, outcome="upheld")).status_code == 201
    [court] = (await world.complaint(sent["id"])).json()["further"]
    assert court["text"]["text"] == (
        "Er dere fortsatt uenige, kan dere anke til Trygderetten. Fristen er 6 uker fra dere fikk svaret."
        " Etter folketrygdloven § 21-12, trygderettsloven § 9 og trygderettsloven § 10."
    )
    assert court["last_day"] is None
