"""The start page in one call, whatever is away."""

from uuid import uuid4

import pytest
from aiohttp import web

from tests.gateway.issuer import FATHER, MOTHER, NAV


def words(text: str) -> dict:
    return {"text": text, "lang": "nb"}


def case(case_id: str, title: str, awaited: str, says: str) -> dict:
    return {
        "id": case_id,
        "kind": "application",
        "right": {"id": "right", "name": words(title)},
        "authority": {"kind": "nav", "name": words("Nav")},
        "status": "submitted",
        "status_text": words("Sendt"),
        "open": awaited != "nobody",
        "awaited": {"from": awaited, "text": words(says)},
    }


@pytest.fixture
def family(world):
    """Two children with rights and cases."""
    children = [uuid4(), uuid4()]
    world.families.add_parent(MOTHER, *children)

    async def of_mapping(request):
        items = [
            {
                "id": str(child),
                "name": f"Barn {n}",
                "birth_date": "2017-04-21",
                "age": 9,
                "ground": "guardian",
                "groups": None,
                "profile_version": n,
                "guardians": [],
            }
            for n, child in enumerate(children)
        ]
        return web.json_response({"items": items})

    async def of_rights(request):
        verdicts = ["must_be_assessed", "likely", "possible_missing_facts", "likely"]
        rights = [
            {
                "id": f"right-{n}",
                "name": words(f"Rett {n}"),
                "verdict": verdict,
                "missing": [{}] * n,
                "summary": words("…"),
            }
            for n, verdict in enumerate(verdicts)
        ]
        version = 0 if str(children[0]) in request.path else 1
        return web.json_response(
            {"on": "2026-11-24", "based_on": {"profile_version": version, "as_of": None}, "rights": rights}
        )

    async def of_status(request):
        cases = [
            case("case-1", "Hjelpestønad", "family", "Send mer"),
            case("case-2", "Avlastning", "authority", "Vi venter på svar"),
            case("case-3", "BPA", "nobody", "Ferdig"),
        ]
        return web.json_response({"items": cases, "next": None})

    for name, reply in (("mapping", of_mapping), ("rights", of_rights), ("status", of_status)):
        world.services[name].reply = reply
    return children


async def test_one_call_gives_children_rights_cases_and_what_awaits(world, family):
    answer = await world.ask("GET", "/overview", world.issuers.citizen())
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    first, second = answer.json["children"]
    assert [child["id"] for child in (first, second)] == [str(child) for child in family]
    assert second["rights"] == {
        "state": "ready",
        "says": "Trolig rett til: 2. Mulig, men noe mangler: 1. Må vurderes: 1.",
        "profile_version": 1,
        "counts": {"likely": 2, "possible_missing_facts": 1, "must_be_assessed": 1},
        "first": [
            {
                "id": f"right-{n}",
                "name": words(f"Rett {n}"),
                "verdict": verdict,
                "missing": n,
                "href": f"/rights/v1/children/{family[1]}/rights/right-{n}",
            }
            for n, verdict in ((1, "likely"), (3, "likely"), (2, "possible_missing_facts"))
        ],
        "href": f"/rights/v1/children/{family[1]}",
    }
    assert first["rights"]["says"].startswith("Fortell om situasjonen")
    assert [case["id"] for case in second["cases"]["open"]] == ["case-1", "case-2"]
    assert second["cases"]["open"][1] == {
        "id": "case-2",
        "title": words("Avlastning"),
        "status": words("Sendt"),
        "authority": words("Nav"),
        "next": words("Vi venter på svar"),
        "href": "/status/v1/cases/case-2",
    }
    assert second["cases"]["says"] == "Åpne saker: 2."
    assert [(task["child_id"], task["case_id"], task["says"]) for task in answer.json["awaits_me"]] == [
        (str(child), "case-1", words("Send mer")) for child in family
    ]
    assert answer.json["says"] == "Venter på deg: 2."


async def test_it_is_told_in_the_callers_language_and_so_are_the_parts(world, family):
    answer = await world.ask("GET", "/overview", world.issuers.citizen(), headers={"Accept-Language": "en"})
    assert answer.json["says"] == "Awaiting you: 2."
    assert {world.said_to(name)["headers"]["accept-language"] for name in ("mapping", "rights", "status")} == {"en"}


async def test_each_service_gets_a_token_of_its_own_decided_now(world, family):
    await world.ask("GET", "/overview", world.issuers.citizen())
    asked = {
        (question["service"], question["action"], question["child"]) for question in world.services["mapping"].questions
    }
    assert asked == {("mapping", "child.read", None), ("rights", "rights.read", None), ("status", "case.read", None)}
    assert len(world.services["mapping"].questions) == 3
    assert world.said_to("rights")["principal"]["action"] == "rights.read"
    assert str(family[1]) in world.said_to("rights")["principal"]["subjects"]


@pytest.mark.parametrize(("away", "part", "other"), [("rights", "rights", "cases"), ("status", "cases", "rights")])
async def test_one_service_away_leaves_the_rest(world, family, away, part, other):
    await world.services[away].stop()
    answer = await world.ask("GET", "/overview", world.issuers.citizen())
    assert answer.status == 200
    for child in answer.json["children"]:
        assert child[part] == {
            "state": "unavailable",
            "says": "Denne delen svarer ikke akkurat nå. Prøv igjen om litt.",
        }
        assert child[other]["state"] == "ready"


async def test_a_service_that_fails_or_says_something_else_is_unavailable(world, family):
    async def nonsense(request):
        return web.json_response({"rights": "?"})

    async def fails(request):
        return web.json_response({}, status=500)

    world.services["rights"].reply, world.services["status"].reply = nonsense, fails
    answer = await world.ask("GET", "/overview", world.issuers.citizen())
    assert {child[part]["state"] for child in answer.json["children"] for part in ("rights", "cases")} == {
        "unavailable"
    }


async def test_what_is_not_open_to_the_caller_says_so(world, family):
    async def closed(request):
        return web.json_response({}, status=404)

    world.services["rights"].reply = closed
    answer = await world.ask("GET", "/overview", world.issuers.citizen())
    assert answer.json["children"][0]["rights"] == {"state": "closed", "says": "Dette er ikke åpent for deg."}


async def test_without_mapping_there_is_no_overview(world, family):
    await world.services["mapping"].stop()
    answer = await world.ask("GET", "/overview", world.issuers.citizen())
    assert (answer.status, answer.problem, answer.headers["retry-after"]) == (503, "unavailable", "5")


async def test_someone_without_children_gets_an_empty_page(world):
    answer = await world.ask("GET", "/overview", world.issuers.citizen(FATHER))
    assert (answer.status, answer.json) == (200, {"says": "Ingenting venter på deg.", "children": [], "awaits_me": []})


async def test_an_organisation_has_no_start_page(world):
    assert (await world.ask("GET", "/overview", world.issuers.machine(NAV))).status == 403
    assert (await world.ask("GET", "/overview")).status == 401
