"""Starting, reading and filling in an application."""

from uuid import uuid4

from tests.services.applications.fake_mapping import conflict, told
from tests.services.applications.world import APPLICATIONS, key, lines
from tests.support.callers import citizen


async def test_a_new_application_is_filled_in_and_each_answer_says_where_it_comes_from(world):
    answer = await world.start()
    assert answer.status_code == 201, answer.text
    draft = answer.json()
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"] == f"{APPLICATIONS}/{draft['id']}"
    found = lines(draft)
    assert found["national_insurance_member"]["value"] is True
    assert found["national_insurance_member"]["source"]["text"] == {
        "text": "Du fortalte dette 12. oktober 2026.",
        "lang": "nb",
    }
    assert found["child_age"]["value"] == 9
    assert found["child_age"]["source"]["text"]["text"] == "Regnet ut fra fødselsdatoen i Folkeregisteret."
    assert draft["status"] == "draft"
    assert world.mapping.purposes == ["prefill-application"]


async def test_the_words_come_in_the_language_asked_for(world):
    draft = (await world.start()).json()
    read = (await world.read(draft, headers={"Accept-Language": "en"})).json()
    assert lines(read)["national_insurance_member"]["source"]["text"] == {
        "text": "You told us this on 12 October 2026.",
        "lang": "en",
    }
    assert read["status_text"]["text"] == "Not sent"


async def test_nobody_is_told_of_a_draft(world):
    draft = (await world.start()).json()
    await world.change(draft, {"fact": "private_care_provided", "state": "known", "value": True})
    assert (
        await world.service.outbox("no.somlos.application.submitted.v1", "no.somlos.application.status-changed.v1")
        == []
    )


async def test_a_draft_is_its_applicants_own(world):
    draft = (await world.start()).json()
    assert (await world.read(draft, world.father)).status_code == 404
    assert (await world.service.get(APPLICATIONS, world.father)).json()["items"] == []
    assert [each["id"] for each in (await world.service.get(APPLICATIONS, world.mother)).json()["items"]] == [
        draft["id"]
    ]


async def test_a_stranger_finds_nothing(world):
    draft, stranger = (await world.start()).json(), citizen()
    assert (await world.read(draft, stranger)).status_code == 404
    assert (await world.start(caller=stranger)).status_code == 404
    assert (await world.change(draft, caller=stranger)).status_code == 404
    assert (await world.submit(draft, stranger)).status_code == 404


async def test_only_the_facts_of_the_form_are_fetched_into_it(world):
    world.child.facts["care_need_level"] = told("extensive", world.mother.person)
    assert "care_need_level" not in lines((await world.start("hjelpestonad")).json())
    assert lines((await world.start("avlastning")).json())["care_need_level"]["value"] == "extensive"


async def test_a_guardian_gets_her_own_facts_and_never_the_other_ones(world):
    assert (
        lines((await world.start("omsorgspenger-kronisk-sykt-barn", world.mother)).json())["parent_employed"]["value"]
        is True
    )
    assert (
        lines((await world.start("omsorgspenger-kronisk-sykt-barn", world.father)).json())["parent_employed"]["value"]
        is False
    )


async def test_answers_that_differ_are_not_filled_in_but_said_to_differ(world):
    world.child.facts["private_care_provided"] = conflict()
    line = lines((await world.start()).json())["private_care_provided"]
    assert (line["state"], line["value"]) == ("conflict", None)
    assert line["state_text"]["text"] == "Svarene er ulike. Svar selv."


async def test_what_the_other_guardian_told_is_said_to_be_hers(world):
    line = lines((await world.start(caller=world.father)).json())["national_insurance_member"]
    assert line["source"]["text"]["text"] == "Den andre forelderen eller vergen fortalte dette 12. oktober 2026."


async def test_a_question_is_asked_only_when_the_one_before_it_says_so(world):
    draft = (await world.start()).json()
    assert "life_threatening" not in lines(draft)
    changed = (await world.change(draft, {"fact": "serious_condition", "state": "known", "value": True})).json()
    assert lines(changed)["life_threatening"]["state"] is None


async def test_a_correction_stays_in_the_application_and_can_be_taken_back(world):
    draft = (await world.start()).json()
    changed = await world.change(draft, {"fact": "national_insurance_member", "state": "known", "value": False})
    assert changed.headers["ETag"] == '"2"'
    line = lines(changed.json())["national_insurance_member"]
    assert (line["value"], line["source"]["text"]["text"]) == (False, "Du svarte dette her 24. november 2026.")
    assert world.child.facts["national_insurance_member"]["value"] is True
    back = await world.change(draft, {"fact": "national_insurance_member", "state": "withdrawn"})
    assert lines(back.json())["national_insurance_member"]["value"] is True


async def test_a_change_names_each_field_at_fault_and_stores_nothing(world):
    draft = (await world.start("grunnstonad")).json()
    answer = await world.change(
        draft,
        {"fact": "documented_extra_expenses_nok_per_year", "state": "known", "value": -5},
        {"fact": "extra_expense_types", "state": "known", "value": ["gold"]},
        {"fact": "lives_in_institution", "state": "known", "value": "no"},
        {"fact": "child_age", "state": "known", "value": 3},
        {"fact": "condition_permanent", "state": "not_known", "value": True},
        {"fact": "lives_in_institution", "state": "known", "value": True},
        free_text="x",
    )
    assert answer.status_code == 422
    assert [(each["field"], each["code"]) for each in answer.json()["errors"]] == [
        ("answers.0.value", "too-small"),
        ("answers.1.value", "not-allowed"),
        ("answers.2.value", "wrong-type"),
        ("answers.3.fact", "not-in-form"),
        ("answers.4.value", "not-wanted"),
        ("answers.5.fact", "twice"),
    ]
    assert await world.etag(draft) == '"1"'


async def test_a_register_fact_is_not_changed_in_a_form(world):
    draft = (await world.start("avlastning")).json()
    answer = await world.change(draft, {"fact": "lives_in_norway", "state": "known", "value": False})
    assert [each["code"] for each in answer.json()["errors"]] == ["not-told"]


async def test_a_change_needs_the_etag_of_the_last_read(world):
    draft = (await world.start()).json()
    path = f"{APPLICATIONS}/{draft['id']}"
    assert (await world.service.patch(path, world.mother, json={})).status_code == 428
    assert (await world.service.patch(path, world.mother, json={}, headers={"If-Match": '"7"'})).status_code == 412


async def test_the_same_key_starts_one_application(world):
    body, header = {"child_id": str(world.child.id), "form_id": "hjelpestonad"}, key()
    first = await world.service.post(APPLICATIONS, world.mother, json=body, headers=header)
    again = await world.service.post(APPLICATIONS, world.mother, json=body, headers=header)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    other = await world.service.post(APPLICATIONS, world.mother, json={**body, "form_id": "avlastning"}, headers=header)
    assert other.status_code == 422
    assert (await world.service.post(APPLICATIONS, world.mother, json=body)).status_code == 400


async def test_an_unknown_form_is_named(world):
    answer = await world.start("gull-og-gronne-skoger")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "form_id")


async def test_who_may_apply_is_the_rights_own_rule(world):
    world.child.facts["birth_date"]["value"] = "2010-07-12"
    youth = citizen(person=world.child.id)
    assert (await world.start("hjelpestonad", youth)).json()["type"] == "urn:somlos:problem:may-not-apply"
    assert (await world.start("brukerstyrt-personlig-assistanse", youth)).status_code == 201
    assert (await world.start("hjelpestonad", world.mother)).status_code == 201


async def test_a_person_with_a_grant_only_may_not_apply(world):
    friend = citizen(grounds={world.child.id: "grant"})
    assert (await world.start(caller=friend)).status_code == 403


async def test_while_mapping_is_away_no_application_can_be_started(world):
    world.mapping.away = True
    answer = await world.start()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


async def test_the_list_is_paged_newest_first(world):
    ids = [(await world.start(form)).json()["id"] for form in ("hjelpestonad", "grunnstonad", "avlastning")]
    first = (await world.service.get(f"{APPLICATIONS}?limit=2", world.mother)).json()
    rest = (await world.service.get(f"{APPLICATIONS}?limit=2&cursor={first['next']}", world.mother)).json()
    assert [each["id"] for each in first["items"] + rest["items"]] == ids[::-1]
    assert rest["next"] is None
    assert (await world.service.get(f"{APPLICATIONS}?cursor=nonsense", world.mother)).status_code == 400


async def test_the_list_of_a_child_that_is_not_the_callers_is_not_found(world):
    await world.start()
    assert (await world.service.get(f"{APPLICATIONS}?child_id={uuid4()}", world.mother)).status_code == 404
    assert (
        len((await world.service.get(f"{APPLICATIONS}?child_id={world.child.id}", world.mother)).json()["items"]) == 1
    )


async def test_every_reading_is_logged(world):
    draft = (await world.start()).json()
    await world.read(draft)
    await world.service.get(APPLICATIONS, world.mother)
    rows = await world.service.rows("select what, child_id, reader_id from access_log order by id")
    assert [row["what"] for row in rows] == ["application", "application", "applications"]
    assert {(row["child_id"], row["reader_id"]) for row in rows} == {(world.child.id, world.mother.person)}


async def test_what_a_draft_holds_is_sealed_in_the_database(world):
    draft = (await world.start()).json()
    await world.change(draft, free_text="Vi er oppe hver natt.")
    [row] = await world.service.rows("select content from application")
    assert b"natt" not in bytes(row["content"])
    assert b"national_insurance_member" not in bytes(row["content"])


async def test_what_cannot_be_logged_is_not_served(world):
    draft = (await world.start()).json()
    await world.service.rows("revoke insert on access_log from applications")
    for answer in (await world.read(draft), await world.service.get(APPLICATIONS, world.mother), await world.start()):
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:somlos:problem:unavailable")
    [row] = await world.service.rows("select count(*) as drafts from application")
    assert row["drafts"] == 1


async def test_only_a_file_may_be_large(world):
    draft = (await world.start()).json()
    answer = await world.change(draft, free_text="x" * 70_000)
    assert answer.status_code == 413
