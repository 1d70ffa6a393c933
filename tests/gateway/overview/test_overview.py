"""The start page in one call, whatever is away."""

import pytest
from aiohttp import web

from tests.gateway.issuer import FATHER, NAV
from tests.gateway.overview.family import Family, words

UNKNOWN = "Vi vet ikke akkurat nå om noe venter på deg, for en del svarer ikke. Prøv igjen om litt."


@pytest.fixture
def family(world):
    return Family(world)


async def overview(world, **kwargs):
    """The page."""
    answer = await world.ask("GET", "/overview", world.issuers.citizen(), **kwargs)
    assert answer.status == 200
    return answer.json


async def test_one_call_gives_children_rights_cases_and_what_awaits(world, family):
    answer = await world.ask("GET", "/overview", world.issuers.citizen())
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.json["state"] == "ready"
    first, second = answer.json["children"]
    assert [child["id"] for child in (first, second)] == [str(child) for child in family.children]
    assert "died" not in first
    assert first["rights"] == {
        "state": "ready",
        "says": "Fortell om situasjonen, så ser vi hvilke rettigheter som kan passe.",
        "profile_version": 1,
        "first": [],
        "href": f"/rights/v1/children/{family.children[0]}",
    }
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
                "says": "Kanskje.",
                "missing": missing,
                "href": f"/rights/v1/children/{family.children[1]}/rights/right-{n}",
            }
            for n, verdict, missing in ((1, "likely", 0), (3, "likely", 0), (2, "possible_missing_facts", 2))
        ],
        "href": f"/rights/v1/children/{family.children[1]}",
    }
    assert [case["id"] for case in second["cases"]["open"]] == ["case-1", "case-2"]
    assert second["cases"]["open"][1] == {
        "id": "case-2",
        "title": words("Avlastning"),
        "status": words("Sendt"),
        "authority": words("Nav"),
        "submitted_at": "2026-11-24T10:00:00Z",
        "next": words("Vi venter på svar"),
        "answer": [
            {
                "kind": "preliminary_answer",
                "last_day": "2026-12-28",
                "approximate": False,
                "days_left": 34,
                "says": words("Siste dag er 28. desember 2026."),
            }
        ],
        "href": "/status/v1/cases/case-2",
    }
    assert second["cases"]["says"] == "Åpne saker: 2."
    assert [(task["child_id"], task["case_id"], task["says"]) for task in answer.json["awaits_me"]] == [
        (str(child), "case-1", words("Send mer")) for child in family.children
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
    assert str(family.children[1]) in world.said_to("rights")["principal"]["subjects"]


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
    assert answer.json["state"] == "partial"


async def test_cases_that_cannot_be_asked_for_are_not_nothing(world, family):
    await world.services["status"].stop()
    assert (await overview(world))["says"] == UNKNOWN
    said = (await overview(world, headers={"Accept-Language": "en"}))["says"]
    assert said.startswith("We do not know right now")


async def test_what_awaits_beside_cases_that_cannot_be_asked_for_may_not_be_all(world, family):
    answers = iter([web.json_response({"items": family.cases, "next": None}), web.json_response({}, status=500)])

    async def once(request):
        return next(answers)

    world.services["status"].reply = once
    assert (await overview(world))["says"] == "Venter på deg: 1. Det kan være mer, for en del svarer ikke akkurat nå."


async def test_without_rights_it_is_still_known_that_nothing_awaits(world, family):
    family.cases = []
    await world.services["rights"].stop()
    page = await overview(world)
    assert (page["state"], page["says"]) == ("partial", "Ingenting venter på deg.")


async def test_more_cases_than_one_page_holds_are_said_to_be_there(world, family):
    family.next = "cursor"
    cases = (await overview(world))["children"][1]["cases"]
    assert (cases["says"], cases["more"]) == ("Åpne saker: 2. Det kan være flere.", True)


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
    assert answer.json["state"] == "ready"


async def test_without_mapping_there_is_no_overview(world, family):
    await world.services["mapping"].stop()
    answer = await world.ask("GET", "/overview", world.issuers.citizen())
    assert (answer.status, answer.problem, answer.headers["retry-after"]) == (503, "unavailable", "5")


async def test_someone_without_children_gets_an_empty_page(world):
    answer = await world.ask("GET", "/overview", world.issuers.citizen(FATHER))
    assert (answer.status, answer.json) == (
        200,
        {"state": "ready", "says": "Vi finner ingen barn som du kan se her.", "children": [], "awaits_me": []},
    )


async def test_an_organisation_has_no_start_page(world):
    assert (await world.ask("GET", "/overview", world.issuers.machine(NAV))).status == 403
    assert (await world.ask("GET", "/overview")).status == 401
