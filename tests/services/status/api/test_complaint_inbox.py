"""What the organisations that have a complaint see and do; and what the others do not."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.services.status.complaining import (
    ABOUT,
    BODO_CALLS,
    GOVERNOR_CALLS,
    HAMAR_CALLS,
    INBOX,
    NAV_CALLS,
    STEPS,
    complaining,
)
from tests.services.status.events.test_applications import CHILD
from tests.services.status.law import BODO, GOVERNOR, HAMAR, NAV_APPEALS
from tests.services.status.neighbours import alias


@pytest.fixture
async def world(start):
    async with complaining(start) as made:
        yield made


async def test_the_authority_has_it_from_the_filing(world):
    complaint = await world.a_complaint()
    answer = await world.inbox(complaint["id"], HAMAR_CALLS)
    seen = answer.json()
    assert (answer.status_code, seen["version"], answer.headers["ETag"][:3]) == (200, 1, '"1.')
    assert (seen["person"], seen["roles"], seen["due"], seen["about"], seen["complainant"]) == (
        alias(HAMAR),
        ["authority"],
        "receipt",
        ABOUT,
        "guardian",
    )
    assert seen["application_id"] == complaint["case_id"]
    assert [each["deadline_id"] for each in seen["limits"]] == ["klage-oversending", "forelopig-svar-gjeldende"]


async def test_the_childs_inner_id_is_never_shown_to_an_organisation(world):
    complaint = await world.a_complaint("receipt", "reassessment", "forwarding")
    for caller in (HAMAR_CALLS, GOVERNOR_CALLS):
        assert str(CHILD) not in (await world.inbox(complaint["id"], caller)).text


async def test_the_appeal_body_has_it_from_the_forwarding_only(world):
    complaint = await world.a_complaint("receipt", "reassessment")
    assert (await world.inbox(complaint["id"], GOVERNOR_CALLS)).status_code == 404
    assert (await world.step(complaint["id"], "decision")).status_code == 404
    assert (await world.service.get(f"{INBOX}?role=appeal", GOVERNOR_CALLS)).json()["items"] == []
    await world.step(complaint["id"], "forwarding")
    seen = (await world.inbox(complaint["id"], GOVERNOR_CALLS)).json()
    assert (seen["person"], seen["roles"], seen["due"]) == (alias(GOVERNOR), ["appeal"], "decision")
    assert (seen["about"], seen["reassessment"]["reasons"], seen["forwarding"]["statement"]) == (
        ABOUT,
        "Vi står ved vedtaket.",
        "Vilkårene er ikke oppfylt.",
    )


async def test_another_authority_finds_nothing_and_can_do_nothing(world):
    complaint = await world.a_complaint()
    for caller in (BODO_CALLS, NAV_CALLS):
        assert (await world.inbox(complaint["id"], caller)).status_code == 404
        assert (await world.service.get(INBOX, caller)).json() == {"items": [], "next": None}
        for step in STEPS:
            assert (await world.step(complaint["id"], step, caller)).status_code == 404
    for path in (f"{INBOX}/{complaint['id']}", INBOX):
        assert (await world.service.get(path, world.mother)).status_code == 403
    assert (await world.inbox(str(uuid4()), HAMAR_CALLS)).status_code == 404


async def test_the_way_of_a_complaint(world):
    complaint = await world.a_complaint()
    for step, due, version in (
        ("receipt", "reassessment", 2),
        ("reassessment", "forwarding", 3),
        ("forwarding", "decision", 4),
        ("decision", None, 5),
    ):
        answer = await world.step(complaint["id"], step)
        assert (answer.status_code, answer.json()["due"], answer.headers["ETag"]) == (201, due, f'"{version}"')
    assert (await world.inbox(complaint["id"], HAMAR_CALLS)).json()["decision"]["outcome"] == "reversed"


@pytest.mark.parametrize(
    ("taken", "wrong", "due"),
    [
        ((), "reassessment", "receipt"),
        ((), "forwarding", "receipt"),
        (("receipt",), "receipt", "reassessment"),
        (("receipt",), "forwarding", "reassessment"),
        (("receipt", "reassessment"), "reassessment", "forwarding"),
        (("receipt", "reassessment", "forwarding"), "forwarding", "decision"),
        (("receipt", "reassessment", "forwarding", "decision"), "decision", "none"),
    ],
)
async def test_a_step_out_of_order_is_refused_by_the_name_of_the_one_that_is_due(world, taken, wrong, due):
    complaint = await world.a_complaint(*taken)
    answer = await world.step(complaint["id"], wrong)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:somlos:problem:wrong-step")
    assert f"Neste steg i klagen er: {due}." in answer.json()["detail"]
    assert len(await world.told()) == 1 + len(taken)


async def test_the_authority_does_not_decide_its_own_complaint(world):
    complaint = await world.a_complaint("receipt", "reassessment", "forwarding")
    for step, caller in (("decision", HAMAR_CALLS), ("receipt", GOVERNOR_CALLS)):
        answer = await world.step(complaint["id"], step, caller)
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:somlos:problem:not-your-step")


async def test_a_decision_that_the_authority_changes_ends_the_complaint_and_is_told(world):
    complaint = await world.a_complaint("receipt")
    answer = await world.step(complaint["id"], "reassessment", outcome="changed", reasons="Nettene teller.")
    assert (answer.status_code, answer.json()["status"], answer.json()["due"]) == (201, "closed", None)
    kind, data = (await world.told())[-1]
    assert (kind, data["status"], data["outcome"]) == ("reassessed", "closed", "changed")
    shown = (await world.complaint(complaint["id"])).json()
    assert shown["timeline"][-1]["text"]["text"] == (
        "Hamar kommune (syntetisk) har sett på saken igjen og endret vedtaket."
    )
    assert (await world.case(UUID(complaint["case_id"]))).json()["decision"]["superseded_by"] == complaint["id"]


@pytest.mark.parametrize("to", [NAV_APPEALS, BODO, HAMAR, "999999999"])
async def test_it_goes_on_to_an_appeal_body_of_the_right_kind_and_county_only(world, to):
    complaint = await world.a_complaint("receipt", "reassessment")
    assert (await world.inbox(complaint["id"], HAMAR_CALLS)).json()["forward_to"] == [GOVERNOR]
    answer = await world.step(complaint["id"], "forwarding", to=to)
    assert answer.status_code == 422
    [fault] = answer.json()["errors"]
    assert (fault["field"], fault["code"], fault["expected"]) == ("to", "not-an-appeal-body", f"one of {GOVERNOR}")
    assert world.neighbours.named == [HAMAR]


async def test_the_municipalitys_own_board_goes_by_the_municipalitys_number(world):
    complaint = await world.a_complaint(
        "receipt", "reassessment", right_id="hc-parkering", complaint_body="municipal_appeals_board"
    )
    assert (await world.inbox(complaint["id"], HAMAR_CALLS)).json()["forward_to"] == [HAMAR]
    forwarded = await world.step(complaint["id"], "forwarding", to=HAMAR)
    assert (forwarded.status_code, forwarded.json()["roles"]) == (201, ["appeal", "authority"])
    assert (await world.step(complaint["id"], "decision", HAMAR_CALLS)).status_code == 201


@pytest.mark.parametrize(
    ("step", "body", "fields"),
    [
        ("reassessment", {"outcome": "reversed"}, ["outcome"]),
        ("reassessment", {"reasons": ""}, ["reasons"]),
        ("reassessment", {"reasons": "x" * 10_001}, ["reasons"]),
        ("forwarding", {"to": "31248"}, ["to"]),
        ("forwarding", {"statement": 3, "to": None}, ["to", "statement"]),
        ("decision", {"outcome": "changed", "decided_at": "yesterday"}, ["outcome", "decided_at"]),
        ("decision", {"reasons": "  "}, ["reasons"]),
        ("decision", {"more": 1}, ["more"]),
    ],
)
async def test_a_fault_names_each_field(world, step, body, fields):
    complaint = await world.a_complaint("receipt", "reassessment", "forwarding")
    answer = await world.step(complaint["id"], step, **body)
    assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (422, fields)


@pytest.mark.parametrize(("days", "code"), [(1, "in-the-future"), (-1, "before-forwarding")])
async def test_a_decision_is_dated_between_the_forwarding_and_today(world, days, code):
    complaint = await world.a_complaint("receipt", "reassessment", "forwarding")
    on = (world.service.clock.now() + timedelta(days=days)).date().isoformat()
    answer = await world.step(complaint["id"], "decision", decided_at=on)
    assert answer.status_code == 422
    assert [(each["field"], each["code"]) for each in answer.json()["errors"]] == [("decided_at", code)]


@pytest.mark.parametrize("step", STEPS)
async def test_a_step_sent_twice_is_taken_once(world, step):
    before = list(STEPS)[: list(STEPS).index(step)]
    complaint = await world.a_complaint(*before)
    key, version = uuid4().hex, 1 + len(before)
    first = await world.step(complaint["id"], step, key=key, version=version)
    again = await world.step(complaint["id"], step, key=key, version=version)
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert len(await world.told()) == 2 + len(before)


@pytest.mark.parametrize("step", STEPS)
async def test_a_step_is_taken_from_the_version_that_was_read(world, step):
    before = list(STEPS)[: list(STEPS).index(step)]
    complaint = await world.a_complaint(*before)
    assert (await world.step(complaint["id"], step, version=9)).status_code == 412
    who = GOVERNOR_CALLS if step == "decision" else HAMAR_CALLS
    body = {"json": STEPS[step]} if STEPS[step] else {}
    path = f"{INBOX}/{complaint['id']}/{step}"
    without = await world.service.post(path, who, headers={"Idempotency-Key": uuid4().hex}, **body)
    assert without.status_code == 428
    without = await world.service.post(path, who, headers={"If-Match": '"1"'}, **body)
    assert without.status_code == 400


async def test_once_withdrawn_only_that_is_left_to_see(world):
    complaint = await world.a_complaint("receipt", "reassessment", "forwarding")
    assert (await world.withdraw(complaint["id"], version=4)).status_code == 201
    for caller in (HAMAR_CALLS, GOVERNOR_CALLS):
        seen = (await world.inbox(complaint["id"], caller)).json()
        assert (seen["status"], seen["due"], seen["about"], seen["reassessment"]["reasons"]) == (
            "withdrawn",
            None,
            None,
            None,
        )
        assert seen["forwarding"]["statement"] is None
    for step, caller in (("decision", GOVERNOR_CALLS), ("receipt", HAMAR_CALLS)):
        assert (await world.step(complaint["id"], step, caller)).status_code == 409
    assert (await world.complaint(complaint["id"])).json()["about"] == ABOUT


async def test_the_list_is_in_the_order_they_came_and_a_kept_cursor_leads_to_what_is_new(world):
    ids = []
    for _ in range(3):
        ids.append((await world.a_complaint())["id"])
        world.days_pass(1)
    first = (await world.service.get(f"{INBOX}?limit=2", HAMAR_CALLS)).json()
    rest = (await world.service.get(f"{INBOX}?limit=2&cursor={first['next']}", HAMAR_CALLS)).json()
    assert [each["id"] for each in first["items"] + rest["items"]] == ids
    assert rest["next"] is None
    assert {each["person"] for each in first["items"]} == {alias(HAMAR)}
    assert (await world.service.get(f"{INBOX}?cursor=WyIyMDI2LTExLTI0IiwieCJd", HAMAR_CALLS)).status_code == 400
    assert (await world.service.get(f"{INBOX}?role=neither", HAMAR_CALLS)).status_code == 400


async def test_the_appeal_bodys_list_is_by_when_it_was_forwarded(world):
    early, late = await world.a_complaint("receipt", "reassessment"), await world.a_complaint("receipt", "reassessment")
    for complaint in (late, early):
        world.days_pass(1)
        assert (await world.step(complaint["id"], "forwarding")).status_code == 201
    page = (await world.service.get(f"{INBOX}?role=appeal&limit=1", GOVERNOR_CALLS)).json()
    rest = (await world.service.get(f"{INBOX}?role=appeal&cursor={page['next']}", GOVERNOR_CALLS)).json()
    assert [each["id"] for each in page["items"] + rest["items"]] == [late["id"], early["id"]]
    assert (await world.service.get(INBOX, GOVERNOR_CALLS)).json()["items"] == []


async def test_a_list_leaves_one_line_in_the_log_for_each_child(world):
    await world.a_complaint()
    await world.a_complaint()
    await world.service.get(INBOX, HAMAR_CALLS)
    rows = await world.service.rows("select child_id, organisation from access_log where what = 'complaints'")
    assert [(row["child_id"], row["organisation"]) for row in rows] == [(CHILD, HAMAR)]
