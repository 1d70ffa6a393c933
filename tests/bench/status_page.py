"""A case's page, to raw asyncpg running the same statements: the case with its timeline, its complaints, and the access log's row with its event.

The raw side runs what one reading was heard to send, `set_config` and log row included, on the same database through as many connections.
"""

from services.status.main import create
from shared.clock import SystemClock
from tests.bench.applying import pool_size
from tests.bench.cases import CHILD, FIRST_CASE, MOTHER, family, fill
from tests.bench.door import bearer
from tests.bench.harness import Limit, Row, in_turns
from tests.bench.inside import in_this_process, sent
from tests.bench.load import request, send_all, wires
from tests.bench.replay import Rewriter, connections, count, listening, run_all
from tests.bench.world import World

ROUNDS, NUMBER, AT_ONCE = 7, 300, 16
LIMIT = Limit(floor=0.08, aim=0.14)


async def measure(world: World) -> list[Row]:
    """One row: the page of one case."""
    clone = await world.database("status", "status_page")
    await fill(clone, others=1000)
    settings = await world.settings("status", clone)
    signer = world.keys.signer("gateway", SystemClock())

    def headers() -> dict[str, str]:
        return bearer(signer.token("status", family()))

    path = f"/status/v1/cases/{FIRST_CASE}"
    async with in_this_process(create, settings) as app:
        with listening(app.state.database.engine) as heard:
            await sent(app, {"method": "GET", "path": path, "headers": headers()})
    rewriter = Rewriter(heard, fixed=(CHILD, MOTHER, FIRST_CASE))
    async with (
        world.process("services.status.main:create", settings) as running,
        wires(running.port, AT_ONCE) as open_wires,
        connections(clone, pool_size()) as raw,
    ):

        async def read() -> float:
            requests = [request("GET", path, headers()) for _ in range(NUMBER)]
            return (await send_all(open_wires, requests)).rate

        async def replayed() -> float:
            copies = [rewriter.copy() for _ in range(NUMBER)]
            return NUMBER / await run_all(raw, iter(copies))

        turns = await in_turns(read, replayed, rounds=ROUNDS)
    figures = (
        ("the page", f"{turns.our_median:.0f} requests/s"),
        ("raw asyncpg", f"{turns.peer_median:.0f} readings/s"),
        ("statements", f"{count(heard)} in {len(heard)} transaction"),
    )
    how = f"GET of one case with its timeline, {AT_ONCE} at a time, {ROUNDS} rounds of {NUMBER}; every request with a token of its own."
    return [Row(name="Status page", rounds=turns.ratios, limit=LIMIT, figures=figures, how=how)]
