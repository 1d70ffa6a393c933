"""The decision as the gateway asks for it: ages, addresses, grants, strangers, the register."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from tests.services.mapping.world import BODO, HAMAR, known
from tests.support.builders import national_id


async def subjects(world, person, action="profile.read"):
    answer = await world.asks(person, action)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    return {UUID(who): claim for who, claim in said["subjects"].items()}, UUID(said["sub"])


async def test_a_guardian_may_touch_her_child_and_herself(world):
    family = world.family()
    allowed, me = await subjects(world, family.mother)
    child = await world.child_of(family.mother)
    assert {who: claim["ground"] for who, claim in allowed.items()} == {me: "self", child: "guardian"}
    assert allowed[child]["groups"] is None
    answer = (await world.asks(family.mother, "profile.read", child)).json()
    assert answer["child"] == str(child)
    assert answer["law_version"]


async def test_a_strangers_child_and_none_at_all_get_the_same_answer_by_the_same_work(world):
    family, other = world.family(), world.family()
    theirs = await world.child_of(other.mother)
    await world.enter(family.mother)
    statements: list[str] = []
    engine = world.mapping.app.state.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    answers, work = [], []
    for child in (theirs, uuid4(), "no-id-at-all"):
        statements.clear()
        answers.append(await world.asks(family.mother, "profile.read", child))
        work.append(list(statements))
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    bodies = [{k: v for k, v in answer.json().items() if k != "instance"} for answer in answers]
    assert bodies[0] == bodies[1] == bodies[2]
    assert work[0] == work[1] == work[2]
    refusals = await world.rows("select reason from refusal")
    assert [row["reason"] for row in refusals] == ["no-relation"] * 3
    denied = await world.rows("select child_id, denied from access_log where denied")
    assert [row["child_id"] for row in denied] == [theirs]


async def test_the_same_is_so_for_an_organisation(world):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.grant(family.mother, child)
    alias = await world.alias(HAMAR, child)
    answers = [
        await world.machine_asks(org, "profile.read", who)
        for org, who in ((BODO, alias), (HAMAR, uuid4()), (HAMAR, child))
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert (await world.machine_asks(HAMAR, "profile.read", alias)).status_code == 200


async def test_an_allowed_decision_takes_one_query(world):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.grant(family.mother, child)
    alias = await world.alias(HAMAR, child)
    statements: list[str] = []
    engine = world.mapping.app.state.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    for ask in (world.asks(family.mother, "profile.read", child), world.machine_asks(HAMAR, "profile.read", alias)):
        statements.clear()
        assert (await ask).status_code == 200
        assert len([s for s in statements if "set_config" not in s]) == 1


async def test_a_withdrawn_grant_is_gone_on_the_next_decision(world):
    family = world.family()
    child = await world.child_of(family.mother)
    grant = (await world.grant(family.mother, child)).json()["id"]
    alias = await world.alias(HAMAR, child)
    allowed = (await world.machine_asks(HAMAR, "profile.read", alias)).json()
    assert allowed["child"] == str(child)
    assert allowed["subjects"][str(child)] == {
        "ground": "grant",
        "groups": ["care", "health"],
        "alias": alias,
        "protected": False,
    }
    answer = await world.call(family.father, "POST", f"/mapping/v1/grants/{grant}/withdrawal")
    assert answer.status_code == 201, answer.text
    assert (await world.machine_asks(HAMAR, "profile.read", alias)).status_code == 404


async def test_a_grant_opens_its_purpose_and_actions_only(world):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.grant(family.mother, child)
    alias = await world.alias(HAMAR, child)
    assert (await world.machine_asks(HAMAR, "profile.write", alias)).status_code == 404
    assert (await world.machine_asks(HAMAR, "profile.read", alias, purpose="case-handling")).status_code == 404


@pytest.mark.parametrize(
    ("turns", "ground_of_mother", "groups_of_mother"),
    [
        (12, "guardian", None),
        (16, "guardian", {"family", "care", "function", "work", "economy", "housing"}),
        (18, None, None),
    ],
)
async def test_a_child_grows_up_by_moving_the_clock(world, clock, turns, ground_of_mother, groups_of_mother):
    family = world.family(born=date(2026 - turns, 11, 25))
    child = await world.child_of(family.mother)
    yesterday, _ = await subjects(world, family.mother)
    clock.move_to(datetime(2026, 11, 24, 23, 0, tzinfo=UTC))  # midnight in Oslo
    today, _ = await subjects(world, family.mother)
    if ground_of_mother is None:
        assert child in yesterday
        assert child not in today
    else:
        assert today[child]["ground"] == ground_of_mother
        assert today[child]["groups"] == (sorted(groups_of_mother) if groups_of_mother else None)
    itself, _ = await subjects(world, family.child, "grant.give")
    assert (child in itself) is (turns >= 16)


async def test_from_12_a_child_may_withdraw_but_not_give(world, clock):
    family = world.family(born=date(2014, 11, 25))
    child = await world.child_of(family.mother)
    before, _ = await subjects(world, family.child, "grant.withdraw")
    assert child not in before
    clock.move_to(datetime(2026, 11, 24, 23, 0, tzinfo=UTC))
    grant = (await world.grant(family.mother, child)).json()["id"]
    assert (await world.grant(family.child, child)).status_code == 404
    answer = await world.call(family.child, "POST", f"/mapping/v1/grants/{grant}/withdrawal")
    assert (answer.status_code, answer.json()["withdrawn_by"]) == (201, "you")


async def test_a_guardian_of_16_applies_with_all_facts_and_reads_with_few(world):
    family = world.family(born=date(2010, 7, 12))
    child = await world.child_of(family.mother)
    reading, _ = await subjects(world, family.mother, "profile.read")
    applying, _ = await subjects(world, family.mother, "application.write")
    assert "health" not in reading[child]["groups"]
    assert applying[child]["groups"] is None


async def test_a_youth_opens_health_to_the_mother(world):
    family = world.family(born=date(2010, 7, 12))
    child = await world.child_of(family.mother)
    mother = await world.id_of(family.mother)
    await world.tell(family.child, child, known("rare_diagnosis", True))
    assert "rare_diagnosis" not in await world.profile(family.mother, child)
    answer = await world.grant(family.child, child, organisation=None, guardian=str(mother), groups=["health"])
    assert answer.status_code == 201, answer.text
    assert (await world.profile(family.mother, child))["rare_diagnosis"]["said_by"] == "child"
    assert "rare_diagnosis" not in await world.profile(family.father, child)


async def test_a_guardian_of_17_can_grant_only_what_she_sees(world):
    family = world.family(born=date(2009, 7, 12))
    child = await world.child_of(family.mother)
    refused = await world.grant(family.mother, child, groups=["health", "care"])
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "groups"
    assert (await world.grant(family.mother, child, groups=["care"])).status_code == 201


async def test_at_a_protected_address_only_the_guardian_there_may_act(world):
    family = world.family(protection="strictly_confidential")
    family.mother.protection = "strictly_confidential"
    family.father.home = "elsewhere"
    child = await world.child_of(family.mother)
    mothers, _ = await subjects(world, family.mother)
    fathers, _ = await subjects(world, family.father)
    assert mothers[child]["protected"] is True
    assert child not in fathers
    answer = await world.asks(family.father, "profile.read", child)
    nobody = await world.asks(family.father, "profile.read", uuid4())
    assert answer.status_code == nobody.status_code == 404


async def test_an_address_that_becomes_protected_ends_every_organisations_grant(world, clock):
    family = world.family()
    child = await world.child_of(family.mother)
    grant = (await world.grant(family.mother, child)).json()["id"]
    alias = await world.alias(HAMAR, child)
    family.mother.protection = family.child.protection = "confidential"
    clock.forward(timedelta(hours=2))
    assert (await world.machine_asks(HAMAR, "profile.read", alias)).status_code == 404
    (ended,) = await world.mapping.outbox("no.somlos.grant.withdrawn.v1")
    assert (str(ended["aggregate_id"]), ended["version"]) == (grant, 2)
    assert "organisation" not in ended["data"]
    machine = await world.machine(HAMAR, "grant.read", None)
    assert (await world.mapping.get("/mapping/v1/grants", machine)).json()["items"] == []
    shown = await world.call(family.mother, "GET", f"/mapping/v1/grants/{grant}")
    assert (shown.json()["state"], shown.json()["withdrawn_by"]) == ("withdrawn", "system")
    refused = await world.grant(family.mother, child)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:somlos:problem:protected-address")


@pytest.mark.parametrize("number", ["", "123", "00000000000", "abcdefghijk"])
async def test_a_number_that_is_none_is_nobody(world, number):
    body = {
        "principal": {"kind": "citizen", "national_id": number},
        "action": "child.read",
        "purpose": None,
        "child": None,
        "service": "mapping",
    }
    assert (await world.decide(body)).status_code == 404


async def test_one_whom_the_register_does_not_know_is_nobody(world):
    body = {
        "principal": {"kind": "citizen", "national_id": national_id(date(1990, 1, 1))},
        "action": "child.read",
        "purpose": None,
        "child": None,
        "service": "mapping",
    }
    assert (await world.decide(body)).status_code == 404


async def test_only_the_gateway_asks(world):
    family = world.family()
    body = {
        "principal": {"kind": "citizen", "national_id": family.mother.number},
        "action": "child.read",
        "purpose": None,
        "child": None,
        "service": "mapping",
    }
    assert (await world.decide(body, process="rights")).status_code == 403
    assert (await world.mapping.post("/internal/decisions", json=body)).status_code == 401


async def test_an_organisation_without_a_child_has_no_subjects(world):
    answer = await world.machine_asks(HAMAR, "grant.read", None)
    assert answer.json()["subjects"] == {}
    assert answer.json()["sub"] == HAMAR
