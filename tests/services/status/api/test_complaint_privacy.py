"""Who sees what of a complaint, what is logged, what is sealed, and what never leaves."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from shared.auth.principals import Subject
from tests.services.status.complaining import ABOUT, GOVERNOR_CALLS, HAMAR_CALLS, complaining
from tests.services.status.events.test_applications import CHILD
from tests.services.status.law import HAMAR
from tests.services.status.neighbours import alias
from tests.support.callers import citizen


@pytest.fixture
async def world(start):
    async with complaining(start) as made:
        yield made


async def test_what_people_wrote_is_sealed_in_the_database_and_on_no_event(world):
    complaint = await world.a_complaint("receipt", "reassessment", "forwarding", "decision")
    [row] = await world.service.rows("select * from complaint where id = :id", id=UUID(complaint["id"]))
    stored = repr(row).encode() + row["said"]
    for words in (ABOUT, "zylinder", "Vi står ved vedtaket", "Vilkårene er"):
        assert words.encode() not in stored
        assert words not in repr(await world.service.outbox())


async def test_another_guardian_sees_the_complaint_on_the_childs_own_right_with_its_words(world):
    complaint = await world.a_complaint(right_id="brukerstyrt-personlig-assistanse")
    seen = (await world.complaint(complaint["id"], citizen(children=[CHILD]))).json()
    assert (seen["about"], seen["yours"]) == (ABOUT, False)


@pytest.mark.parametrize(
    ("right_id", "groups"),
    [("omsorgsstonad", None), ("brukerstyrt-personlig-assistanse", frozenset({"family", "care"}))],
)
async def test_the_words_stay_with_whoever_wrote_them_where_they_may_hold_another_persons_own(world, right_id, groups):
    """A right that is judged for the guardian; or a reader who may not see free text of the child."""
    complaint = await world.a_complaint("receipt", "reassessment", right_id=right_id)
    father = citizen(grounds={CHILD: Subject("guardian", groups)})
    seen = (await world.complaint(complaint["id"], father)).json()
    assert (seen["status"], seen["about"], seen["reassessment"]["reasons"]) == ("reassessed", None, None)
    assert (await world.complaint(complaint["id"])).json()["about"] == ABOUT


async def test_a_stranger_finds_nothing_and_can_do_nothing(world):
    complaint = await world.a_complaint()
    stranger = citizen(children=[uuid4()])
    for answer in (
        await world.complaint(complaint["id"], stranger),
        await world.withdraw(complaint["id"], stranger),
        await world.complain(UUID(complaint["case_id"]), stranger),
        await world.complaint(str(uuid4())),
        await world.complain(uuid4()),
    ):
        assert answer.status_code == 404
    assert (await world.complaint(complaint["id"], HAMAR_CALLS)).status_code == 403


async def test_a_token_for_reading_does_not_complain(world):
    case_id = await world.a_decision()
    reader = citizen(children=[CHILD])
    answer = await world.service.call(
        "POST",
        f"/status/v1/cases/{case_id}/complaints",
        replace(reader, action="case.read"),
        json={"about": ABOUT},
        headers={"Idempotency-Key": uuid4().hex},
    )
    assert answer.status_code == 404


async def test_for_a_protected_child_the_authority_is_asked_for_and_never_told(world):
    case_id = await world.a_decision(protected=True)
    world.neighbours.parties[case_id] = HAMAR
    at_home = world.at_home()
    view = (await world.complain(case_id, at_home)).json()
    assert (view["authority"]["name"]["text"], view["body"]["name"]["text"]) == ("Kommunen", "Statsforvalteren")
    assert world.neighbours.errands == [("applications", "route-complaint", "party.read")]
    for step in ("receipt", "reassessment", "forwarding", "decision"):
        assert (await world.step(view["id"], step)).status_code == 201
    seen = await world.complaint(view["id"], at_home)
    assert "Hamar" not in seen.text
    assert "Innlandet" not in seen.text
    rows = await world.service.outbox()
    assert {row["data"].get("authority_org") for row in rows} == {None}
    assert {row["data"].get("appeal_org") for row in rows} == {None}
    assert {row["data"].get("organisation") for row in rows} == {None}


async def test_of_others_nobody_is_asked_where_the_application_went(world):
    await world.a_complaint()
    assert (world.neighbours.errands, world.neighbours.named) == ([], [HAMAR])


async def test_every_reading_is_logged_with_its_reader(world):
    complaint = await world.a_complaint("receipt", "reassessment", "forwarding")
    await world.inbox(complaint["id"], GOVERNOR_CALLS)
    rows = await world.service.rows(
        "select distinct what, child_id, reader_kind, organisation, purpose from access_log order by 1, 3, 4"
    )
    assert {(row["what"], row["reader_kind"], row["organisation"], row["purpose"]) for row in rows} == {
        ("complaint", "citizen", None, "guardian"),
        ("complaint", "machine", HAMAR, "case-handling"),
        ("complaint", "machine", "312489600", "case-handling"),
    }
    assert {row["child_id"] for row in rows} == {CHILD}


async def test_what_cannot_be_logged_is_not_served(world):
    complaint = await world.a_complaint()
    await world.service.rows("revoke insert on access_log from status")
    for answer in (await world.complaint(complaint["id"]), await world.inbox(complaint["id"], HAMAR_CALLS)):
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:somlos:problem:unavailable")
        assert ABOUT not in answer.text


async def test_once_the_child_is_erased_what_was_written_is_gone(world):
    complaint = await world.a_complaint()
    world.service.app.state.sealer.keys.destroy(CHILD)
    assert (await world.complaint(complaint["id"])).status_code == 410
    assert (await world.inbox(complaint["id"], HAMAR_CALLS)).status_code == 410


async def test_the_authority_knows_the_child_by_its_own_name(world):
    complaint = await world.a_complaint()
    assert (await world.inbox(complaint["id"], HAMAR_CALLS)).json()["person"] == alias(HAMAR)
