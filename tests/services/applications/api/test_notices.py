"""A second application for the same right is not refused, but it is said that there is one already."""

from datetime import timedelta

import pytest

from tests.services.applications.office import Office, decision
from tests.services.applications.world import ANSWERS, APPLICATIONS
from tests.support.callers import citizen, machine

PER_GUARDIAN = "omsorgspenger-kronisk-sykt-barn"


async def test_a_new_draft_says_that_one_is_sent_already_and_where_it_is(world):
    sent = await world.submitted()
    draft = (await world.start()).json()
    assert draft["notices"] == [
        {
            "kind": "sent-already",
            "text": {
                "text": "Du har allerede en søknad om dette som ble sendt 24. november 2026. Den er ikke avgjort ennå. "
                "Du kan likevel sende denne, for eksempel for en ny periode.",
                "lang": "nb",
            },
            "application_id": sent["id"],
            "submitted_at": sent["submitted_at"],
            "href": f"{APPLICATIONS}/{sent['id']}",
        }
    ]
    assert (await world.service.get(draft["notices"][0]["href"], world.mother)).json()["id"] == sent["id"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("nn", "Du har alt ein søknad om dette som vart send 24. november 2026."),
        ("en", "You already have an application for this that was sent on 24 November 2026."),
    ],
)
async def test_it_is_said_in_the_language_asked_for_on_every_read(world, lang, said):
    await world.submitted()
    draft = (await world.start()).json()
    [notice] = (await world.read(draft, headers={"Accept-Language": lang})).json()["notices"]
    assert notice["text"]["lang"] == lang
    assert notice["text"]["text"].startswith(said)


async def test_the_first_application_says_nothing_and_the_second_says_it_until_and_when_it_is_sent(world, clock):
    first = await world.submitted()
    clock.forward(timedelta(minutes=1))
    assert first["notices"] == []
    second = (await world.start()).json()
    changed = await world.change(second, *ANSWERS)
    assert [each["application_id"] for each in changed.json()["notices"]] == [first["id"]]
    sent = (await world.submit(second)).json()
    assert (sent["status"], [each["application_id"] for each in sent["notices"]]) == ("submitted", [first["id"]])
    assert sent["notices"][0]["text"]["text"].endswith("Den er ikke avgjort ennå.")
    assert (await world.read(first)).json()["notices"] == []


async def test_what_is_decided_or_withdrawn_is_said_nothing_of(world):
    decided, withdrawn = await Office(world).decided(), await world.submitted()
    draft = (await world.start()).json()
    assert [each["application_id"] for each in draft["notices"]] == [withdrawn["id"]]
    path, tag = f"{APPLICATIONS}/{withdrawn['id']}/withdrawal", {"If-Match": await world.etag(withdrawn)}
    assert (await world.service.post(path, world.mother, headers=tag)).is_success
    assert (await world.read(draft)).json()["notices"] == []
    assert (await world.read(decided)).json()["status"] == "decided"


async def test_a_draft_that_is_read_again_says_what_has_been_sent_since(world):
    draft = (await world.start()).json()
    before = await world.read(draft)
    assert before.json()["notices"] == []
    sent = await world.submitted()
    again = await world.read(draft, headers={"If-None-Match": before.headers["ETag"]})
    assert again.status_code == 200
    assert [each["application_id"] for each in again.json()["notices"]] == [sent["id"]]


async def test_another_right_or_another_child_is_no_matter(world):
    await world.submitted()
    assert (await world.start("grunnstonad")).json()["notices"] == []
    sibling = world.mapping.child()
    body = {"child_id": str(sibling.id), "form_id": "hjelpestonad"}
    mother = citizen(world.mother.person, children=[world.child.id, sibling.id])
    answer = await world.service.post(APPLICATIONS, mother, json=body, headers={"Idempotency-Key": "the-sibling"})
    assert (answer.status_code, answer.json()["notices"]) == (201, [])


async def test_the_other_guardians_application_is_told_of_without_saying_who_and_only_as_far_as_he_sees_it(world):
    sent = await world.submitted()
    draft = (await world.start(caller=world.father)).json()
    [notice] = draft["notices"]
    assert notice["text"]["text"].startswith("Noen andre enn deg sendte en søknad om dette 24. november 2026.")
    assert str(world.mother.person) not in str(notice)
    listed = (await world.service.get(APPLICATIONS, world.father)).json()["items"]
    assert notice["application_id"] in {each["id"] for each in listed} == {sent["id"], draft["id"]}
    assert (await world.service.get(notice["href"], world.father)).json()["applicant"]["you"] is False


async def test_the_other_guardians_draft_is_never_told_of(world):
    await world.start()
    assert (await world.start(caller=world.father)).json()["notices"] == []


async def test_a_right_that_each_guardian_has_is_no_matter_of_the_others(world):
    draft = (await world.start(PER_GUARDIAN)).json()
    answers = [{"fact": each["field"].rsplit(".", 1)[-1], "state": "not_known"} for each in draft["lacks"]]
    await world.change(draft, *[each for each in answers if each["fact"] != "free_text"], free_text="Han er ofte syk.")
    assert (await world.submit(draft)).status_code == 201
    assert (await world.start(PER_GUARDIAN, world.father)).json()["notices"] == []
    assert len((await world.start(PER_GUARDIAN)).json()["notices"]) == 1


async def test_a_youths_own_application_is_told_of_as_far_as_the_family_sees_it(world):
    world.child.facts["birth_date"]["value"] = "2010-07-12"
    youth = citizen(person=world.child.id)
    form = "brukerstyrt-personlig-assistanse"
    own = (await world.start(form, youth)).json()
    await world.change(
        own, {"fact": "needs_personal_assistance", "state": "known", "value": False}, caller=youth, free_text="Selv."
    )
    assert (await world.submit(own, youth)).status_code == 201
    [notice] = (await world.start(form)).json()["notices"]
    assert notice["application_id"] == own["id"]
    assert (await world.service.get(notice["href"], world.mother)).json()["parts"] == []


async def test_the_authority_and_the_other_guardian_get_no_notices_of_a_sent_application(world, clock):
    office = Office(world)
    await world.submitted()
    clock.forward(timedelta(minutes=1))
    second = await world.submitted()
    assert len(second["notices"]) == 1
    assert (await world.read(second, world.father)).json()["notices"] == []
    assert (await world.read(second, machine(office.org))).json()["notices"] == []
    assert (await office.acknowledge(second)).is_success
    assert (await office.decide(second, decision())).is_success
    assert (await world.read(second)).json()["notices"] == []
