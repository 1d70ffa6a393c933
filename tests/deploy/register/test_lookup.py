"""Asking the register."""

from collections.abc import AsyncIterator

import httpx
import pytest

from deploy.local.register.main import create
from deploy.local.register.models import Person

CHILD = "21841785050"


@pytest.fixture
async def register() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(create(test=True)), base_url="http://register.test"
    ) as client:
        yield client


async def look_up(register: httpx.AsyncClient, national_id: str = CHILD) -> httpx.Response:
    return await register.post("/v1/persons/lookup", json={"national_id": national_id})


async def test_a_person_is_answered_about_in_full(register: httpx.AsyncClient) -> None:
    body = (await look_up(register)).json()
    key = body.pop("address_key")
    assert len(key) == 32
    assert body == {
        "national_id": CHILD,
        "name": "Blid Solstråle",
        "birth_date": "2017-04-21",
        "date_of_death": None,
        "stillborn": False,
        "lives_in_norway": True,
        "address_protection": "none",
        "kommunenummer": "3403",
        "children": [],
        "guardians": [
            {
                "national_id": "14838836047",
                "relation": "mother",
                "parental_responsibility": True,
                "has_care": True,
                "lives_with": True,
            },
            {
                "national_id": "02898614150",
                "relation": "father",
                "parental_responsibility": True,
                "has_care": True,
                "lives_with": True,
            },
        ],
    }


async def test_an_address_key_tells_nothing_but_who_lives_together(register: httpx.AsyncClient) -> None:
    mother, child = [(await look_up(register, number)).json() for number in ("14838836047", CHILD)]
    assert mother["address_key"] == child["address_key"]
    assert "solstr" not in mother["address_key"]


async def test_nobody_has_that_number(register: httpx.AsyncClient) -> None:
    answer = await look_up(register, "01810012345")
    assert (answer.status_code, answer.json()) == (404, {"error": "Nobody has that number."})


@pytest.mark.parametrize("body", [{"national_id": "123"}, {}, {"national_id": CHILD, "more": 1}])
async def test_a_question_that_is_none_is_refused(register: httpx.AsyncClient, body: dict[str, object]) -> None:
    assert (await register.post("/v1/persons/lookup", json=body)).status_code == 422


async def test_no_number_goes_in_an_address(register: httpx.AsyncClient) -> None:
    assert (await register.get(f"/v1/persons/{CHILD}")).status_code == 404
    paths = (await register.get("/openapi.json")).json()["paths"]
    assert not [path for path in paths if "{" in path]


async def test_the_register_can_be_away_and_come_back(register: httpx.AsyncClient) -> None:
    assert (await register.put("/test/behaviour", json={"away": True})).status_code == 204
    answer = await look_up(register)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    await register.put("/test/behaviour", json={"away": False, "latency_ms": 1})
    assert (await look_up(register)).status_code == 200


async def test_the_register_can_change_its_mind_about_a_person(register: httpx.AsyncClient) -> None:
    person = Person.model_validate((await look_up(register)).json())
    moved = person.model_copy(update={"kommunenummer": "3407", "guardians": person.guardians[:1]})
    assert (await register.put("/test/persons", json=moved.model_dump(mode="json"))).status_code == 204
    assert Person.model_validate((await look_up(register)).json()) == moved


async def test_outside_tests_the_register_only_answers() -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create()), base_url="http://register.test") as register:
        assert (await register.put("/test/behaviour", json={"away": True})).status_code == 404
        assert (await register.get("/health/ready")).status_code == 200
        assert (await look_up(register)).status_code == 200
