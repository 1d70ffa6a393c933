"""Grants over HTTP: given, listed, withdrawn."""

from uuid import uuid4

import pytest

from tests.services.mapping.world import BODO, HAMAR, NAV
from tests.support.callers import machine


async def test_a_given_grant_is_seen_by_both_guardians_and_told(world):
    family = world.family()
    child = await world.child_of(family.mother)
    given = await world.grant(family.mother, child)
    assert given.status_code == 201, given.text
    assert given.headers["etag"] == '"1"'
    grant = given.json()
    assert (grant["state"], grant["given_by"], grant["organisation"]["name"]) == (
        "active",
        "you",
        "Hamar kommune (syntetisk)",
    )
    listed = (await world.call(family.father, "GET", f"/mapping/v1/children/{child}/grants", child=child)).json()
    assert [(each["id"], each["given_by"]) for each in listed["items"]] == [(grant["id"], "guardian")]
    (told,) = await world.mapping.outbox("no.somlos.grant.given.v1")
    assert told["data"] == {"grant_id": grant["id"], "child_id": str(child), "version": 1}


async def test_the_same_key_gives_once(world):
    family = world.family()
    child = await world.child_of(family.mother)
    headers = {"Idempotency-Key": str(uuid4())}
    body = {
        "organisation": HAMAR,
        "purpose": "follow-up",
        "groups": ["care"],
        "actions": ["profile.read"],
        "valid_to": "2027-01-01",
    }
    path = f"/mapping/v1/children/{child}/grants"
    first = await world.call(family.mother, "POST", path, child=child, json=body, headers=headers)
    again = await world.call(family.mother, "POST", path, child=child, json=body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = await world.call(
        family.mother, "POST", path, child=child, json=body | {"groups": ["work"]}, headers=headers
    )
    assert other.status_code == 422
    without = await world.call(family.mother, "POST", path, child=child, json=body)
    assert without.status_code == 400
    assert len(await world.rows("select * from access_grant")) == 1
    assert len(await world.mapping.outbox("no.somlos.grant.given.v1")) == 1


async def test_the_same_again_is_refused_until_the_first_is_withdrawn(world):
    family = world.family()
    child = await world.child_of(family.mother)
    first = (await world.grant(family.mother, child)).json()["id"]
    again = await world.grant(family.mother, child, groups=["work"])
    assert (again.status_code, again.json()["type"]) == (409, "urn:somlos:problem:already-granted")
    await world.call(family.mother, "POST", f"/mapping/v1/grants/{first}/withdrawal")
    assert (await world.grant(family.mother, child, groups=["work"])).status_code == 201


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"organisation": None}, "organisation"),
        ({"guardian": str(uuid4())}, "organisation"),
        ({"organisation": "312491001"}, "organisation"),
        ({"organisation": None, "guardian": str(uuid4())}, "guardian"),
        ({"purpose": "curiosity"}, "purpose"),
        ({"groups": ["health", "secrets"]}, "groups"),
        ({"actions": ["grant.give"]}, "actions"),
        ({"valid_from": "2026-11-23"}, "valid_from"),
        ({"valid_to": "2026-11-24"}, "valid_to"),
    ],
)
async def test_each_fault_names_its_field(world, wanted, field):
    family = world.family()
    child = await world.child_of(family.mother)
    answer = await world.grant(family.mother, child, **wanted)
    assert answer.status_code == 422
    assert field in [fault["field"] for fault in answer.json()["errors"]]
    assert await world.rows("select * from access_grant") == []


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "høyst 12 måneder"), ("nn", "høgst 12 månader"), ("en", "12 months at most")]
)
async def test_a_grant_that_lasts_too_long_is_refused_in_plain_words(world, language, words):
    family = world.family()
    child = await world.child_of(family.mother)
    caller = await world.enter(family.mother, "grant.give", child)
    body = {
        "organisation": HAMAR,
        "purpose": "follow-up",
        "groups": ["care"],
        "actions": ["profile.read"],
        "valid_to": "2028-01-01",
    }
    headers = {"Idempotency-Key": str(uuid4()), "Accept-Language": language}
    answer = await world.mapping.post(f"/mapping/v1/children/{child}/grants", caller, json=body, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:somlos:problem:grant-too-long")
    assert words in answer.json()["detail"]


async def test_faults_are_said_in_the_callers_language(world):
    family = world.family()
    child = await world.child_of(family.mother)
    caller = await world.enter(family.mother, "grant.give", child)
    body = {
        "organisation": HAMAR,
        "purpose": "x",
        "groups": ["care"],
        "actions": ["profile.read"],
        "valid_to": "2027-01-01",
    }
    headers = {"Idempotency-Key": str(uuid4()), "Accept-Language": "nn"}
    answer = await world.mapping.post(f"/mapping/v1/children/{child}/grants", caller, json=body, headers=headers)
    assert answer.json()["errors"][0]["detail"] == "Dette føremålet finst ikkje."


async def test_withdrawing_again_changes_nothing(world):
    family = world.family()
    child = await world.child_of(family.mother)
    grant = (await world.grant(family.mother, child)).json()["id"]
    for _ in range(2):
        answer = await world.call(family.father, "POST", f"/mapping/v1/grants/{grant}/withdrawal")
        assert (answer.status_code, answer.json()["version"], answer.json()["state"]) == (201, 2, "withdrawn")
    assert len(await world.mapping.outbox("no.somlos.grant.withdrawn.v1")) == 1


async def test_an_organisation_lists_its_own_grants_by_pseudonym(world):
    family = world.family()
    child = await world.child_of(family.mother)
    mother = await world.id_of(family.mother)
    grant = (await world.grant(family.mother, child)).json()["id"]
    await world.grant(family.mother, child, organisation=NAV)
    caller = await world.machine(HAMAR, "grant.read", None)
    listed = await world.mapping.get("/mapping/v1/grants", caller)
    assert listed.status_code == 200, listed.text
    (item,) = listed.json()["items"]
    alias, giver = await world.alias(HAMAR, child), await world.alias(HAMAR, mother)
    assert (item["id"], item["child_id"], item["giver"], item["given_by"]) == (grant, alias, giver, "guardian")
    assert str(child) not in listed.text
    assert str(mother) not in listed.text
    assert await world.alias(NAV, child) != alias
    assert (await world.mapping.get(f"/mapping/v1/grants/{grant}", caller)).json()["child_id"] == alias
    stranger = await world.machine(BODO, "grant.read", None)
    assert (await world.mapping.get("/mapping/v1/grants", stranger)).json()["items"] == []
    assert (await world.mapping.get(f"/mapping/v1/grants/{grant}", stranger)).status_code == 404
    await world.call(family.mother, "POST", f"/mapping/v1/grants/{grant}/withdrawal")
    assert (await world.mapping.get("/mapping/v1/grants", caller)).json()["items"] == []
    assert (await world.mapping.get(f"/mapping/v1/grants/{grant}", caller)).status_code == 404


async def test_grants_come_in_pages(world):
    family = world.family()
    child = await world.child_of(family.mother)
    given = [(await world.grant(family.mother, child, organisation=org)).json()["id"] for org in (HAMAR, NAV, BODO)]
    path = f"/mapping/v1/children/{child}/grants?limit=2"
    first = (await world.call(family.mother, "GET", path, child=child)).json()
    second = (await world.call(family.mother, "GET", f"{path}&cursor={first['next']}", child=child)).json()
    assert [each["id"] for each in first["items"] + second["items"]] == given
    assert second["next"] is None
    assert (await world.call(family.mother, "GET", f"{path}&cursor=nonsense", child=child)).status_code == 400


async def test_a_strangers_grant_is_not_there(world):
    family, other = world.family(), world.family()
    child = await world.child_of(family.mother)
    await world.enter(other.mother)
    grant = (await world.grant(family.mother, child)).json()["id"]
    for method, path in (("GET", f"/mapping/v1/grants/{grant}"), ("POST", f"/mapping/v1/grants/{grant}/withdrawal")):
        assert (await world.call(other.mother, method, path)).status_code == 404
        assert (await world.call(other.mother, method, path.replace(grant, str(uuid4())))).status_code == 404
    assert (await world.rows("select withdrawn_at from access_grant"))[0]["withdrawn_at"] is None


async def test_a_machine_may_neither_give_nor_withdraw(world):
    family = world.family()
    child = await world.child_of(family.mother)
    grant = (await world.grant(family.mother, child)).json()["id"]
    for path in (f"/mapping/v1/children/{child}/grants", f"/mapping/v1/grants/{grant}/withdrawal"):
        assert (await world.mapping.post(path, machine(HAMAR, child), json={})).status_code == 403
