"""Sending in and withdrawing: what is frozen, where it goes, and who then sees what."""

import hashlib
from dataclasses import replace

import pytest

from shared.auth.principals import Subject
from tests.services.applications.fake_mapping import told
from tests.services.applications.world import ANSWERS, APPLICATIONS, BODO, HAMAR, NAV, key, lines
from tests.support.callers import citizen, machine

SUBMITTED, CHANGED = "no.somlos.application.submitted.v1", "no.somlos.application.status-changed.v1"


async def test_an_unfinished_application_is_refused_and_each_field_is_named(world):
    draft = (await world.start()).json()
    assert [each["field"] for each in draft["lacks"]] == [
        "answers.condition_permanent",
        "answers.needs_supervision_or_care_more_than_same_age",
        "answers.private_care_provided",
        "answers.lives_in_institution",
    ]
    answer = await world.submit(draft)
    assert answer.status_code == 422
    assert [(each["field"], each["code"]) for each in answer.json()["errors"]] == [
        (each["field"], "missing") for each in draft["lacks"]
    ]
    assert answer.json()["errors"][0]["detail"] == "Dette må besvares. «Vet ikke» er også et svar."
    assert await world.service.outbox(SUBMITTED) == []


async def test_a_finished_application_is_sent_to_nav_and_told_of(world):
    draft = (await world.start()).json()
    await world.change(draft, *ANSWERS)
    answer = await world.submit(draft)
    assert answer.status_code == 201, answer.text
    sent = answer.json()
    assert (sent["status"], sent["authority"]["name"]["text"]) == ("submitted", "Nav (syntetisk)")
    [event] = await world.service.outbox(SUBMITTED)
    assert event["version"] == 1
    assert event["data"] == {
        "application_id": draft["id"],
        "child_id": str(world.child.id),
        "right_id": "hjelpestonad",
        "authority_kind": "nav",
        "authority_org": NAV,
        "submitted_at": "2026-11-24T10:00:00Z",
        "version": 1,
    }
    assert world.mapping.purposes == ["prefill-application", "route-application"]


async def test_what_is_decided_by_the_municipality_goes_where_the_child_lives(world):
    draft = (await world.start("avlastning")).json()
    for fact, value in (("care_need_level", "extensive"), ("continuous_care_need", True)):
        await world.change(draft, {"fact": fact, "state": "known", "value": value})
    sent = await world.submit(draft)
    assert sent.json()["authority"] == {
        "kind": "municipality",
        "name": {"text": "Hamar kommune (syntetisk)", "lang": "nb"},
    }
    [event] = await world.service.outbox(SUBMITTED)
    assert event["data"]["authority_org"] == HAMAR


@pytest.mark.parametrize("kommunenummer", ["1103", None])
async def test_where_nobody_is_known_to_decide_nothing_is_sent(world, kommunenummer):
    draft = (await world.start("avlastning")).json()
    for fact, value in (("care_need_level", "extensive"), ("continuous_care_need", True)):
        await world.change(draft, {"fact": fact, "state": "known", "value": value})
    world.child.kommunenummer = kommunenummer
    answer = await world.submit(draft)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:somlos:problem:authority-unknown")
    assert (await world.read(draft)).json()["status"] == "draft"


async def test_what_was_sent_does_not_change_when_the_profile_does(world):
    sent = await world.submitted()
    before = await _frozen(world, sent)
    first = (await world.read(sent)).json()
    world.child.facts["national_insurance_member"] = told(False, world.father.person)
    world.child.facts["birth_date"]["value"] = "2001-01-01"
    world.child.version += 1
    assert await _frozen(world, sent) == before
    again = (await world.read(sent)).json()
    assert again == first
    line = lines(again)["national_insurance_member"]
    assert (line["value"], line["source"]["text"]["text"]) == (True, "Du fortalte dette 12. oktober 2026.")
    assert lines(again)["private_care_provided"]["source"]["text"]["text"] == "Du svarte dette her 24. november 2026."
    assert lines(again)["condition_permanent"]["state_text"]["text"] == "Vet ikke."


async def test_the_digest_is_that_of_the_frozen_bytes(world):
    sent = await world.submitted()
    [row] = await world.service.rows("select id, subject_id, snapshot, snapshot_sha256 from application")
    opened = world.service.app.state.sealer.unseal(
        row["subject_id"], row["snapshot"], ("application", "snapshot", row["id"])
    )
    assert sent["snapshot"]["sha256"] == row["snapshot_sha256"] == hashlib.sha256(opened).hexdigest()
    assert b"Vi er oppe hver natt." in opened


async def test_a_sent_application_cannot_be_sent_or_changed_again(world):
    sent = await world.submitted()
    assert (await world.submit(sent)).json()["type"] == "urn:somlos:problem:already-submitted"
    assert (await world.change(sent, *ANSWERS)).json()["type"] == "urn:somlos:problem:not-a-draft"
    assert len(await world.service.outbox(SUBMITTED)) == 1


async def test_the_same_key_sends_once_and_answers_the_same(world):
    draft, header = (await world.start()).json(), key()
    await world.change(draft, *ANSWERS)
    tag = await world.etag(draft)
    path = f"{APPLICATIONS}/{draft['id']}/submission"
    first = await world.service.post(path, world.mother, headers={**header, "If-Match": tag})
    again = await world.service.post(path, world.mother, headers={**header, "If-Match": tag})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert len(await world.service.outbox(SUBMITTED)) == 1


async def test_a_stale_etag_sends_nothing(world):
    draft = (await world.start()).json()
    await world.change(draft, *ANSWERS)
    answer = await world.service.post(
        f"{APPLICATIONS}/{draft['id']}/submission", world.mother, headers={"If-Match": '"1"', **key()}
    )
    assert answer.status_code == 412


async def test_an_application_that_the_child_has_grown_out_of_is_not_sent(world):
    draft = await world.start("brukerstyrt-personlig-assistanse", citizen(person=world.child.id))
    assert draft.status_code == 403
    world.child.facts["birth_date"]["value"] = "2010-07-12"
    youth = citizen(person=world.child.id)
    draft = (await world.start("brukerstyrt-personlig-assistanse", youth)).json()
    await world.change(draft, {"fact": "needs_personal_assistance", "state": "known", "value": False}, caller=youth)
    world.child.facts["birth_date"]["value"] = "2012-07-12"
    assert (await world.submit(draft, youth)).json()["type"] == "urn:somlos:problem:may-not-apply"


async def test_the_other_guardian_sees_the_case_and_not_the_applicants_own_facts(world):
    draft = (await world.start("avlastning")).json()
    for fact, value in (("care_need_level", "extensive"), ("continuous_care_need", True)):
        await world.change(draft, {"fact": fact, "state": "known", "value": value}, free_text="Jeg er utslitt.")
    sent = (await world.submit(draft)).json()
    assert "heavy_care_burden" in lines(sent)
    seen = (await world.read(sent, world.father)).json()
    assert set(lines(seen)) == {"lives_in_norway", "care_need_level", "continuous_care_need"}
    assert seen["free_text"]["text"] is None
    assert seen["applicant"] == {"relation": "guardian", "you": False}
    assert [each["id"] for each in (await world.service.get(APPLICATIONS, world.father)).json()["items"]] == [
        sent["id"]
    ]


async def test_only_the_applicant_withdraws(world):
    sent = await world.submitted()
    path, tag = f"{APPLICATIONS}/{sent['id']}/withdrawal", {"If-Match": await world.etag(sent)}
    assert (await world.service.post(path, world.father, headers=tag)).json()[
        "type"
    ] == "urn:somlos:problem:not-the-applicant"
    answer = await world.service.post(path, world.mother, headers=tag)
    assert (answer.status_code, answer.json()["status"]) == (201, "withdrawn")
    [event] = await world.service.outbox(CHANGED)
    assert (event["version"], event["data"]["status"]) == (2, "withdrawn")
    again = await world.service.post(path, world.mother, headers={"If-Match": await world.etag(sent)})
    assert again.json()["type"] == "urn:somlos:problem:cannot-withdraw"


async def test_a_withdrawn_draft_loses_what_it_held_and_nobody_is_told(world):
    draft = (await world.start()).json()
    answer = await world.service.post(
        f"{APPLICATIONS}/{draft['id']}/withdrawal", world.mother, headers={"If-Match": '"1"'}
    )
    assert (answer.json()["status"], answer.json()["parts"]) == ("withdrawn", [])
    [row] = await world.service.rows("select content, snapshot from application")
    assert (row["content"], row["snapshot"]) == (None, None)
    assert await world.service.outbox(CHANGED, SUBMITTED) == []


async def test_the_addressed_authority_reads_it_all_by_its_own_pseudonym(world):
    sent = await world.submitted()
    nav = machine(NAV, purpose="case-handling")
    seen = (await world.read(sent, nav)).json()
    assert seen["child_id"] == f"alias-of-{world.child.id}-for-{NAV}"
    assert str(world.child.id) not in seen["id"] + seen["child_id"].replace(f"alias-of-{world.child.id}", "")
    assert (
        lines(seen)["private_care_provided"]["source"]["text"]["text"]
        == "Søkeren svarte dette i søknaden 24. november 2026."
    )
    assert seen["free_text"]["text"] == "Vi er oppe hver natt."
    rows = await world.service.rows(
        "select organisation, purpose, reader_id from access_log where reader_kind = 'machine'"
    )
    assert rows == [{"organisation": NAV, "purpose": "case-handling", "reader_id": None}]


async def test_another_organisation_finds_nothing(world):
    sent = await world.submitted()
    other = machine(BODO)
    assert (await world.read(sent, other)).status_code == 404
    assert (await world.service.get(APPLICATIONS, other)).json()["items"] == []


async def test_an_authority_lists_what_is_addressed_to_it_and_no_drafts(world):
    await world.start("grunnstonad")
    sent = await world.submitted()
    nav = machine(NAV)
    assert [each["id"] for each in (await world.service.get(APPLICATIONS, nav)).json()["items"]] == [sent["id"]]
    alias = f"alias-of-{world.child.id}-for-{NAV}"
    assert len((await world.service.get(f"{APPLICATIONS}?child_id={alias}", nav)).json()["items"]) == 1
    assert (await world.service.get(f"{APPLICATIONS}?child_id={world.child.id}", nav)).json()["items"] == []


async def test_an_authority_sees_that_it_was_withdrawn_and_no_longer_what_it_said(world):
    sent = await world.submitted()
    await world.service.post(
        f"{APPLICATIONS}/{sent['id']}/withdrawal", world.mother, headers={"If-Match": await world.etag(sent)}
    )
    seen = (await world.read(sent, machine(NAV))).json()
    assert (seen["status"], seen["parts"], seen["free_text"]["text"]) == ("withdrawn", [], None)


async def test_a_protected_childs_municipality_is_used_for_the_address_and_never_shown(world):
    world.child.protected = True
    at_home = replace(
        world.mother, subjects={**world.mother.subjects, world.child.id: Subject("guardian", protected=True)}
    )
    draft = (await world.start("avlastning", at_home)).json()
    for fact, value in (("care_need_level", "extensive"), ("continuous_care_need", True)):
        await world.change(draft, {"fact": fact, "state": "known", "value": value}, caller=at_home)
    sent = await world.submit(draft, at_home)
    assert sent.json()["authority"] == {"kind": "municipality", "name": {"text": "Kommunen", "lang": "nb"}}
    [event] = await world.service.outbox(SUBMITTED)
    assert "authority_org" not in event["data"]
    assert (await world.read(sent.json(), machine(HAMAR))).status_code == 200
    logged = await world.service.outbox("no.somlos.access.logged.v1")
    assert all("organisation" not in each["data"] for each in logged)


async def test_a_youths_own_application_shows_its_answers_to_nobody_else_at_home(world):
    world.child.facts["birth_date"]["value"] = "2010-07-12"
    youth = citizen(person=world.child.id)
    draft = (await world.start("brukerstyrt-personlig-assistanse", youth)).json()
    await world.change(
        draft,
        {"fact": "needs_personal_assistance", "state": "known", "value": False},
        caller=youth,
        free_text="Jeg vil bestemme selv.",
    )
    sent = await world.submit(draft, youth)
    assert sent.status_code == 201, sent.text
    seen = (await world.read(sent.json(), world.mother)).json()
    assert (seen["status"], seen["parts"], seen["free_text"]["text"]) == ("submitted", [], None)


async def _frozen(world, application):
    [row] = await world.service.rows(
        "select snapshot, snapshot_sha256 from application where id = :id", id=application["id"]
    )
    return bytes(row["snapshot"]), row["snapshot_sha256"]
