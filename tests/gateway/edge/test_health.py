async def test_a_gateway_that_runs_is_alive_and_ready(world):
    assert (await world.ask("GET", "/health/live")).json == {"status": "ok"}
    ready = await world.ask("GET", "/health/ready")
    assert (ready.status, ready.json["status"]) == (200, "ready")


async def test_a_service_that_is_away_degrades_it_and_is_named(world):
    await world.services["status"].stop()
    ready = await world.ask("GET", "/health/ready")
    assert (ready.status, ready.json["status"]) == (200, "degraded")
    assert ready.json["checks"] == {
        "mapping": "ok",
        "rights": "ok",
        "catalog": "ok",
        "applications": "ok",
        "status": "away",
    }
