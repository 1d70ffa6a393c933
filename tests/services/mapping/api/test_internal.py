"""What the other services may ask: tokens, a profile by reference, pseudonyms."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from shared.auth.principals import Kind
from shared.auth.tokens import Verifier, read_public_keys
from tests.services.mapping.world import HAMAR, NAV, known
from tests.support.callers import worker


async def ask_token(world, service, **body):
    assertion = world.mapping.keys.signer(service, world.mapping.clock).assertion("mapping")
    wanted = {"audience": "mapping", "purpose": "assess-rights", "action": "profile.read", "child": None} | body
    return await world.mapping.http.post(
        "/internal/worker-tokens", json=wanted, headers={"Authorization": f"Bearer {assertion}"}
    )


async def test_a_service_gets_a_token_for_one_child_and_purpose(world):
    family = world.family()
    child = await world.child_of(family.mother)
    answer = await ask_token(world, "rights", child=str(child))
    assert (answer.status_code, answer.json()["expires_in"]) == (201, 60)
    verifier = Verifier("mapping", read_public_keys(world.mapping.keys.public), world.mapping.clock)
    caller = verifier.principal(answer.json()["token"])
    assert (caller.kind, caller.service, caller.action, list(caller.subjects)) == (
        Kind.WORKER,
        "rights",
        "profile.read",
        [child],
    )
    assert caller.subjects[child].ground == "system:assess-rights"
    headers = {"Authorization": f"Bearer {answer.json()['token']}"}
    assert (await world.mapping.http.get(f"/internal/children/{child}/profile", headers=headers)).status_code == 200
    other = await world.child_of(world.family().mother)
    assert (await world.mapping.http.get(f"/internal/children/{other}/profile", headers=headers)).status_code == 404


@pytest.mark.parametrize(
    ("service", "wanted"),
    [
        ("status", {}),
        ("rights", {"purpose": "curiosity"}),
        ("rights", {"action": "profile.write"}),
        ("rights", {"child": str(uuid4())}),
    ],
)
async def test_an_errand_that_the_table_does_not_name_and_an_unknown_child_are_404(world, service, wanted):
    child = await world.child_of(world.family().mother)
    assert (await ask_token(world, service, **{"child": str(child)} | wanted)).status_code == 404


async def test_a_gap_may_be_asked_about_without_a_child(world):
    answer = await ask_token(world, "rights", audience="mapping", purpose="fill-gap", action="outbox.resend")
    assert answer.status_code == 201
    headers = {"Authorization": f"Bearer {answer.json()['token']}"}
    body = {"aggregate": str(uuid4()), "from": 1}
    resent = await world.mapping.http.post("/internal/outbox/resend", json=body, headers=headers)
    assert (resent.status_code, resent.json()) == (202, {"resent": 0})


async def test_a_profile_by_reference_holds_all_that_is_told_and_registered(world):
    family = world.family()
    family.father.home = "elsewhere"
    child = await world.child_of(family.mother)
    mother, father = await world.id_of(family.mother), await world.id_of(family.father)
    await world.tell(
        family.mother,
        child,
        known("rare_diagnosis", True),
        known("parent_employed", True),
        known("heavy_care_burden", True),
        known("housing_unsuitable", True),
        {"fact": "serious_condition", "state": "not_known"},
    )
    await world.tell(family.father, child, known("housing_unsuitable", False), known("long_term", True))
    caller = replace(worker("rights", child), action="profile.read")
    handed = (await world.mapping.get(f"/internal/children/{child}/profile", caller)).json()
    assert (handed["child_id"], handed["version"], handed["kommunenummer"], handed["protected"]) == (
        str(child),
        3,
        "3403",
        False,
    )
    facts = {fact: held["value"] for fact, held in handed["facts"].items()}
    assert facts == {
        "birth_date": "2017-04-21",
        "lives_in_norway": True,
        "stillborn": False,
        "rare_diagnosis": True,
        "long_term": True,
    }
    assert (handed["facts"]["long_term"]["source"], handed["facts"]["long_term"]["speaker"]) == (
        "guardian",
        str(father),
    )
    assert handed["facts"]["birth_date"]["source"] == "register"
    guardians = {g["id"]: g for g in handed["guardians"]}
    assert set(guardians) == {str(mother), str(father)}
    assert guardians[str(mother)]["household_facts"]["housing_unsuitable"]["value"] is True
    assert guardians[str(father)]["household_facts"]["housing_unsuitable"]["value"] is False
    assert {"parent_employed", "heavy_care_burden", "parent_lives_with_child"} <= set(guardians[str(mother)]["facts"])
    assert "parent_employed" not in guardians[str(father)]["facts"]
    assert guardians[str(father)]["facts"]["parent_lives_with_child"]["value"] is False


async def test_answers_that_differ_are_handed_on_as_a_conflict(world):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.tell(family.mother, child, known("rare_diagnosis", True))
    await world.tell(family.father, child, known("rare_diagnosis", False))
    caller = replace(worker("rights", child), action="profile.read")
    held = (await world.mapping.get(f"/internal/children/{child}/profile", caller)).json()["facts"]["rare_diagnosis"]
    assert (held["state"], held["value"], held["speaker"]) == ("conflict", None, None)


async def test_what_was_asked_and_nobody_knows_is_handed_on_by_name_alone(world):
    family = world.family()
    child = await world.child_of(family.mother)
    await world.tell(family.mother, child, not_known("rare_diagnosis"), not_known("parent_employed"))
    caller = replace(worker("rights", child), action="profile.read")
    handed = (await world.mapping.get(f"/internal/children/{child}/profile", caller)).json()
    mother = next(each for each in handed["guardians"] if each["not_known"])
    assert (handed["not_known"], mother["not_known"]) == (["rare_diagnosis"], ["parent_employed"])
    assert "rare_diagnosis" not in handed["facts"]
    assert "parent_employed" not in mother["facts"]


def not_known(fact):
    return {"fact": fact, "state": "not_known"}


async def test_of_a_protected_child_only_the_guardian_who_may_act_is_handed_on(world):
    family = world.family(protection="confidential")
    family.mother.protection = "confidential"
    family.father.home = "elsewhere"
    child = await world.child_of(family.mother)
    caller = replace(worker("applications", child), action="profile.read")
    handed = (await world.mapping.get(f"/internal/children/{child}/profile", caller)).json()
    assert handed["protected"] is True
    assert [g["id"] for g in handed["guardians"]] == [str(await world.id_of(family.mother))]


async def test_a_service_is_not_handed_a_profile_from_before_yesterday(world, clock):
    family = world.family()
    child = await world.child_of(family.mother)
    world.register.away = True
    clock.forward(timedelta(hours=23))
    assert (await ask_token(world, "rights", child=str(child))).status_code == 201
    clock.forward(timedelta(hours=2))
    assert (await ask_token(world, "rights", child=str(child))).status_code == 503
    world.register.away = False
    assert (await ask_token(world, "rights", child=str(child))).status_code == 201


async def test_each_organisation_has_its_own_pseudonym_and_always_the_same(world):
    child = await world.child_of(world.family().mother)

    async def ask(org):
        assertion = world.mapping.keys.signer("gateway", world.mapping.clock).assertion("mapping")
        body = {"org": org, "persons": [str(child), str(uuid4())]}
        answer = await world.mapping.http.post(
            "/internal/pseudonyms", json=body, headers={"Authorization": f"Bearer {assertion}"}
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["pseudonyms"]

    hamar, nav = await ask(HAMAR), await ask(NAV)
    assert set(hamar) == {str(child)}
    assert await ask(HAMAR) == hamar
    assert len({str(child), hamar[str(child)], nav[str(child)]}) == 3


async def test_the_internal_routes_are_for_processes_and_workers_only(world):
    family = world.family()
    child = await world.child_of(family.mother)
    caller = await world.enter(family.mother, "profile.read", child)
    assert (await world.mapping.get(f"/internal/children/{child}/profile", caller)).status_code == 403
    for path in ("/internal/worker-tokens", "/internal/pseudonyms", "/internal/decisions"):
        assert (await world.mapping.post(path, caller, json={})).status_code == 401
