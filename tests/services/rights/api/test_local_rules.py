"""Local rules: a municipality proposes, the linter judges, somebody else publishes, and nothing is ever written over."""

from copy import deepcopy
from uuid import uuid4

import pytest

from services.rights.store.local_rule_example import example
from tests.support.callers import machine, public

HAMAR, GJOVIK, NAV = machine("312482754"), machine("312484129"), machine("312480018")
OWN = "/rights/v1/local-rules"
HAMARS = "/rights/v1/municipalities/3403/rules"


@pytest.fixture
async def rights(start):
    return await start("rights")


def fresh(version=None):
    match = {"If-Match": f'"{version}"'} if version else {}
    return {"Idempotency-Key": str(uuid4()), **match}


def proposal(**changed):
    body = deepcopy(example())
    body["rule"] |= changed
    return body


async def proposed(rights, org=HAMAR, body=None, headers=None):
    answer = await rights.post(OWN, org, json=body or proposal(), headers=headers or fresh())
    assert answer.status_code == 201, answer.text
    return answer.json()


async def step(rights, rule, what, body, org=HAMAR, headers=None):
    return await rights.post(f"{OWN}/{rule['id']}/{what}", org, json=body, headers=headers or fresh(rule["version"]))


async def published(rights, **changed):
    rule = await proposed(rights, body=proposal(**changed))
    answer = await step(rights, rule, "publication", {"by": "kari.fag"})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def shown(rights):
    answer = await rights.get(HAMARS, public())
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_a_proposal_is_seen_by_its_municipality_alone(rights):
    rule = await proposed(rights)
    assert (rule["status"], rule["municipality"], rule["number"]) == ("proposed", "3403", None)
    assert rule["rule"]["when"]["all"][0]["id"] == "from-eight"
    assert (await rights.get(f"{OWN}/{rule['id']}", HAMAR)).json()["rule"] == rule["rule"]
    assert (await rights.get(f"{OWN}/{rule['id']}", GJOVIK)).status_code == 404
    assert (await rights.get(OWN, GJOVIK)).json()["items"] == []
    assert await shown(rights) == []


async def test_the_wall_itself_keeps_a_proposal_from_others_and_shows_what_is_published(rights):
    await proposed(rights)
    of_gjovik = {"kind": "machine", "org": GJOVIK.org, "subjects": ""}
    assert await rights.database.rows_as_service("select 1 from local_rule", of_gjovik) == []
    await published(rights)
    rows = await rights.database.rows_as_service("select number from local_rule", of_gjovik)
    assert [row["number"] for row in rows] == [1]


async def test_whoever_proposed_cannot_publish_and_another_can(rights):
    rule = await proposed(rights)
    refused = await step(rights, rule, "publication", {"by": rule["proposed_by"]})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:somlos:problem:same-person")
    assert await shown(rights) == []
    assert (await step(rights, rule, "publication", {"by": "kari.fag"})).status_code == 201
    [item] = await shown(rights)
    assert (item["status"], item["number"], item["valid_from"]) == ("published", 1, "2027-01-01")
    assert not {"proposed_by", "settled_by"} & item.keys()


async def test_every_version_stays_with_its_number(rights):
    first = await published(rights)
    second = await published(rights, valid={"from": "2028-01-01", "until": None})
    assert [first["number"], second["number"]] == [1, 2]
    ended = await step(rights, first, "end", {"on": "2027-06-01"})
    assert ended.status_code == 201, ended.text
    assert [(each["number"], each["status"], each["valid_until"]) for each in await shown(rights)] == [
        (1, "ended", "2027-06-01"),
        (2, "published", None),
    ]
    told = await rights.outbox(
        "no.somlos.rights.local-rule-proposed.v1",
        "no.somlos.rights.local-rule-published.v1",
        "no.somlos.rights.local-rule-ended.v1",
    )
    of_first = [each["version"] for each in told if str(each["aggregate_id"]) == first["id"]]
    assert of_first == [1, 2, 3]


async def test_what_is_withdrawn_is_never_published(rights):
    rule = await proposed(rights)
    dropped = await step(rights, rule, "withdrawal", {"by": "ola.fag"})
    assert dropped.json()["status"] == "withdrawn"
    late = await step(rights, dropped.json(), "publication", {"by": "kari.fag"})
    assert (late.status_code, late.json()["type"]) == (409, "urn:somlos:problem:rule-not-proposed")
    never = await step(rights, dropped.json(), "end", {"on": "2027-06-01"})
    assert (never.status_code, never.json()["type"]) == (409, "urn:somlos:problem:rule-not-published")


async def test_a_rule_is_not_ended_in_the_past(rights):
    rule = await published(rights)
    refused = await step(rights, rule, "end", {"on": "2026-01-01"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "on"


def without_id(rule):
    del rule["when"]["all"][0]["id"]


def of_an_unknown_fact(rule):
    rule["when"]["all"][0]["fact"] = "shoe_size"


def never_true(rule):
    rule["when"]["all"].append({**rule["when"]["all"][0], "id": "below-eight", "below": 8} | {"at_least": 0})


def of_nav(rule):
    rule["authority"] = "nav"


@pytest.mark.parametrize("spoil", [without_id, of_an_unknown_fact, never_true, of_nav])
async def test_the_linter_names_what_is_wrong_and_nothing_is_kept(rights, spoil):
    body = proposal()
    spoil(body["rule"])
    answer = await rights.post(OWN, HAMAR, json=body, headers=fresh())
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["field"].startswith("rule")
    assert (await rights.get(OWN, HAMAR)).json()["items"] == []


async def test_a_right_of_its_own_has_a_local_id(rights):
    body = proposal(id="svommekort")
    refused = await rights.post(OWN, HAMAR, json={**body, "right_id": "svommekort"}, headers=fresh())
    assert refused.status_code == 422
    body = proposal(id="local-svommekort")
    rule = await proposed(rights, body={**body, "right_id": "local-svommekort"})
    assert rule["right_id"] == "local-svommekort"


async def test_a_version_of_its_own_may_have_other_nodes(rights):
    when = {"id": "conditions", "all": [example()["rule"]["when"]["all"][0]]}
    assert (await proposed(rights, body=proposal(when=when, unverified=[])))["rule"]["when"] == when


async def test_the_countrys_own_rules_are_not_for_a_municipality(rights):
    body = proposal(id="hjelpestonad")
    answer = await rights.post(OWN, HAMAR, json={**body, "right_id": "hjelpestonad"}, headers=fresh())
    assert answer.status_code == 422


async def test_only_a_municipality_proposes(rights):
    answer = await rights.post(OWN, NAV, json=proposal(), headers=fresh())
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:somlos:problem:not-a-municipality")


async def test_the_same_key_proposes_and_publishes_once(rights):
    headers = fresh()
    rule = await proposed(rights, headers=headers)
    assert (await proposed(rights, headers=headers))["id"] == rule["id"]
    once = fresh(rule["version"])
    first = await step(rights, rule, "publication", {"by": "kari.fag"}, headers=once)
    again = await step(rights, rule, "publication", {"by": "kari.fag"}, headers=once)
    assert (first.json()["number"], again.json()["number"]) == (1, 1)
    stale = await step(rights, rule, "publication", {"by": "kari.fag"})
    assert stale.status_code == 412


async def test_the_lists_are_read_page_by_page(rights):
    for number in range(3):
        await published(rights, valid={"from": f"202{7 + number}-01-01", "until": None})
    for path, caller in ((OWN, HAMAR), (HAMARS, public())):
        seen, cursor = [], {}
        while True:
            page = (await rights.get(path, caller, params={"limit": 1, **cursor})).json()
            seen += [each["number"] for each in page["items"]]
            if page["next"] is None:
                break
            cursor = {"cursor": page["next"]}
        assert seen == [1, 2, 3]


async def test_an_employee_is_not_named_by_a_national_id(rights):
    answer = await rights.post(OWN, HAMAR, json={**proposal(), "proposed_by": "12345678901"}, headers=fresh())
    assert answer.status_code == 422
    assert "12345678901" not in answer.text
