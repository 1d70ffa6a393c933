"""How much of a service is left behind the gateway, and how much longer an answer takes: three kinds of routes, 32 connections, and one.

The service behind the door does nearly nothing (`tests.bench.thin`), and the mapping that decides likewise: a harder measure than any real service,
where the gateway's share is smaller. The same requests go straight to the service and through the gateway, in turns. The client is a few hundred
bytes of prepared request (`tests.bench.load`), so that the two cores are the servers'.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from shared.auth.principals import PUBLIC, Kind, Principal, Subject
from shared.auth.tokens import Signer
from shared.clock import SystemClock
from tests.bench.door import Issuers, bearer, open_door
from tests.bench.harness import Better, Limit, Row, in_turns, percentile
from tests.bench.load import Wire, for_a_while, request, send_all, wires
from tests.bench.world import Running, World
from tests.gateway.issuer import MOTHER, MUNICIPALITY

ROUNDS, SECONDS, AT_ONCE, ASKED_ONE_BY_ONE = 7, 0.6, 32, 300
CHILD, PERSON = uuid4(), uuid4()
OPEN = Limit(floor=0.50, aim=0.70)
DECIDED = Limit(floor=0.20, aim=0.35)
HALF, RARE = (
    Limit(floor=5, aim=3, better=Better.LOWER),
    Limit(floor=6, aim=4, better=Better.LOWER),
)


@dataclass(frozen=True, slots=True)
class Ways:
    """The same request twice: straight to the service with the token that the gateway would send, and through the gateway."""

    name: str
    direct: tuple[int, Callable[[], bytes]]
    through: tuple[int, bytes]
    limit: Limit


async def measure(world: World) -> list[Row]:
    """Three ratios of throughput, and two of the time that one request takes."""
    wanted = {
        name: ("tests.bench.thin:create", await world.settings(name, THIN_NAME=name, THIN_PERSON=str(PERSON)))
        for name in ("mapping", "rights", "catalog", "applications")
    }
    async with world.processes(wanted) as services, open_door(world, _urls(services)) as (gateway, issuers):
        signer = world.keys.signer("gateway", SystemClock())
        ways = _ways(services, gateway, signer, issuers)
        rows = [await _throughput(each, gateway) for each in ways]
        return rows + await _latency(ways[0])


def _urls(services: Mapping[str, Running]) -> dict[str, str]:
    return {name: each.url for name, each in services.items()}


def _ways(services: Mapping[str, Running], gateway: Running, signer: Signer, issuers: Issuers) -> list[Ways]:
    def way(name: str, path: str, inner: Principal, outer: str | None, limit: Limit) -> Ways:
        service = path.split("/")[1]

        def straight() -> bytes:
            """With a fresh token: it lives a minute, and the measurement may take longer."""
            return request("GET", path, bearer(signer.token(service, inner)))

        through = request("GET", path, bearer(outer))
        return Ways(name, (services[service].port, straight), (gateway.port, through), limit)

    citizen = Principal(Kind.CITIZEN, str(PERSON), action="rights.read", subjects=_subjects(PERSON, CHILD))
    machine = Principal(
        Kind.MACHINE,
        MUNICIPALITY,
        org=MUNICIPALITY,
        action="inbox.read",
        purpose="handle-case",
        scopes=frozenset({"somlos:cases.read"}),
    )
    return [
        way("Gateway, a public route", "/catalog/v1/services", PUBLIC, None, OPEN),
        way(
            "Gateway, an organisation's route",
            "/applications/v1/inbox",
            machine,
            issuers.organisation("somlos:cases.read"),
            OPEN,
        ),
        way(
            "Gateway, a child's route (mapping decides each time)",
            f"/rights/v1/children/{CHILD}",
            citizen,
            issuers.citizen(MOTHER),
            DECIDED,
        ),
    ]


def _subjects(person: UUID, child: UUID) -> dict[UUID, Subject]:
    return {person: Subject("self"), child: Subject("guardian")}


async def _throughput(ways: Ways, gateway: Running) -> Row:
    async with wires(ways.direct[0], AT_ONCE) as direct, wires(ways.through[0], AT_ONCE) as through:
        spent: list[float] = []

        async def behind() -> float:
            before = gateway.cpu_seconds
            taken = await send_all(through, for_a_while(ways.through[1], SECONDS))
            spent.append((gateway.cpu_seconds - before) / len(taken.each))
            return taken.rate

        async def straight() -> float:
            return (await send_all(direct, for_a_while(ways.direct[1](), SECONDS))).rate

        turns = await in_turns(behind, straight, rounds=ROUNDS)
    figures = (
        ("through the gateway", f"{turns.our_median:.0f} requests/s"),
        ("straight to the service", f"{turns.peer_median:.0f} requests/s"),
        ("the gateway's own CPU", f"{percentile(spent, 0.5) * 1000:.2f} ms a request"),
    )
    how = f"GET, 1 KiB, {AT_ONCE} connections, {ROUNDS} rounds of {SECONDS} s each way; the service behind does nearly nothing (`tests/bench/thin.py`)."
    return Row(name=ways.name, rounds=turns.ratios, limit=ways.limit, figures=figures, how=how)


async def _latency(ways: Ways) -> list[Row]:
    """The time of a request through the door, to the time straight to the service: the middle one and the hundredth."""
    halves: list[tuple[float, float]] = []
    rares: list[tuple[float, float]] = []
    async with wires(ways.direct[0], 1) as direct, wires(ways.through[0], 1) as through:

        async def timed(open_wires: list[Wire], one: bytes) -> tuple[float, float]:
            taken = await send_all(open_wires, [one] * ASKED_ONE_BY_ONE)
            return percentile(taken.each, 0.5), percentile(taken.each, 0.99)

        for number in range(ROUNDS + 1):
            behind, straight = (
                await timed(through, ways.through[1]),
                await timed(direct, ways.direct[1]()),
            )
            if number:
                halves.append((behind[0], straight[0]))
                rares.append((behind[1], straight[1]))
    how = f"GET, 1 KiB, a public route, one connection, {ROUNDS} rounds of {ASKED_ONE_BY_ONE} requests each way. The time through the door divided by the time straight to the service."
    return [
        Row(
            name=f"Gateway, one connection: {name}",
            rounds=tuple(one / other for one, other in found),
            limit=limit,
            figures=(
                ("through the gateway", f"{_middle(found, 0):.2f} ms"),
                ("straight to the service", f"{_middle(found, 1):.2f} ms"),
            ),
            how=how,
        )
        for name, found, limit in (("p50", halves, HALF), ("p99", rares, RARE))
    ]


def _middle(found: list[tuple[float, float]], side: int) -> float:
    return percentile([each[side] for each in found], 0.5) * 1000
