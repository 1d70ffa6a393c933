"""What stands around every endpoint of a service, in processor time: span, log line, request id, limits and the check of the token.

A real endpoint without a database, the catalog's list of fifty services, runs as the service has it and with the same router in a bare FastAPI, each in a
process of its own. Its token is the one that the gateway keeps for half a minute for routes that tell of no person; what a token of its own for every
request adds, as on a child's route, is told beside it: nearly all of that is one Ed25519 signature to check.
"""

from functools import partial

from shared.auth.principals import PUBLIC
from shared.clock import SystemClock
from tests.bench.door import bearer
from tests.bench.endpoint import PATH
from tests.bench.harness import Better, Limit, Row, in_turns, percentile
from tests.bench.load import Wire, request, send_all, wires
from tests.bench.world import Running, World

ROUNDS, REQUESTS, AT_ONCE = 7, 200, 8
LIMIT = Limit(floor=1.5, aim=1.25, better=Better.LOWER)


async def measure(world: World) -> list[Row]:
    """The processor time of a request with everything around it, to FastAPI's alone."""
    settings = await world.settings("catalog")
    wanted = {name: (f"tests.bench.endpoint:{name}", settings) for name in ("whole", "bare")}
    signer = world.keys.signer("gateway", SystemClock())

    def one() -> bytes:
        return request("GET", PATH, bearer(signer.token("catalog", PUBLIC)))

    async with (
        world.processes(wanted) as running,
        wires(running["whole"].port, AT_ONCE) as ours,
        wires(running["bare"].port, AT_ONCE) as peers,
    ):

        async def with_everything() -> float:
            return await _spent(running["whole"], ours, [one()] * REQUESTS)

        alone = partial(_spent, running["bare"], peers, [request("GET", PATH, bearer("none"))] * REQUESTS)
        turns = await in_turns(with_everything, alone, rounds=ROUNDS)
        new_tokens = await _spent(running["whole"], ours, [one() for _ in range(REQUESTS)])
    figures = (
        ("with everything around it", f"{turns.our_median * 1e6:.0f} µs CPU"),
        ("FastAPI alone", f"{turns.peer_median * 1e6:.0f} µs"),
        ("around it", f"{percentile([one - other for one, other in zip(turns.ours, turns.peers, strict=True)], 0.5) * 1e6:.0f} µs"),
        ("with a token of its own for every request", f"{new_tokens * 1e6:.0f} µs"),
    )  # fmt: skip
    how = f"GET of the catalog's first fifty services, {ROUNDS} rounds of {REQUESTS} requests over {AT_ONCE} connections each way; CPU time of the serving process."
    return [Row(name="Middleware, auth and logging: CPU to bare FastAPI", rounds=turns.ratios, limit=LIMIT, figures=figures, how=how)]  # fmt: skip


async def _spent(process: Running, open_wires: list[Wire], requests: list[bytes]) -> float:
    """Processor seconds a request."""
    before = process.cpu_seconds
    await send_all(open_wires, requests)
    return (process.cpu_seconds - before) / len(requests)
