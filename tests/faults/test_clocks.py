"""A process whose clock is off: what it signs is refused clearly elsewhere, and changes nothing. `make faults` has it in a whole cluster."""

from datetime import timedelta

import httpx
import pytest

from tests.services.mapping.world import Register, World
from tests.support.clock import MovableClock

UNAUTHENTICATED = (401, "urn:somlos:problem:unauthenticated")


@pytest.fixture
async def world(start, serve):  # type: ignore[no-untyped-def]  # the fixtures of docs/testing.md
    register = Register()
    return World(await start("mapping", {"REGISTER_URL": await serve(register.app())}), register)


async def asked_by_a_gateway_whose_clock_is_off(world: World, off: timedelta) -> httpx.Response:
    """A decision, asked for with an assertion that is signed by that clock."""
    gateways = MovableClock(world.mapping.clock.now() + off)
    assertion = world.mapping.keys.signer("gateway", gateways).assertion("mapping")
    mother = world.family().mother
    body = {
        "principal": {"kind": "citizen", "national_id": mother.number},
        "action": "child.read",
        "purpose": None,
        "child": None,
        "service": "mapping",
    }
    headers = {"Authorization": f"Bearer {assertion}"}
    return await world.mapping.http.post("/internal/decisions", json=body, headers=headers)


@pytest.mark.parametrize("minutes", [10, -10])
async def test_ten_minutes_off_is_refused_and_nobody_is_let_in_or_written_down(world: World, minutes: int) -> None:
    answer = await asked_by_a_gateway_whose_clock_is_off(world, timedelta(minutes=minutes))
    assert (answer.status_code, answer.json()["type"]) == UNAUTHENTICATED
    assert await world.rows("select id from person") == []


@pytest.mark.parametrize("seconds", [4, -4])
async def test_a_few_seconds_off_make_no_difference(world: World, seconds: int) -> None:
    assert (await asked_by_a_gateway_whose_clock_is_off(world, timedelta(seconds=seconds))).status_code == 200


@pytest.mark.parametrize("minutes", [10, -10])
async def test_a_service_ten_minutes_off_takes_no_token_and_shows_nothing(world: World, minutes: int) -> None:
    caller = await world.enter(world.family().mother)
    token = world.mapping.keys.token(
        "mapping", caller, MovableClock(world.mapping.clock.now() - timedelta(minutes=minutes))
    )
    answer = await world.mapping.http.get("/mapping/v1/children", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["type"]) == UNAUTHENTICATED
    assert "items" not in answer.json()
    assert await world.rows("select id from access_log") == []
