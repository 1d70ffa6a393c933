"""One person over HTTP beside OpenFisca's web API, in one run: the fifty made-up rights of S50 for the same person on both sides, every fact told.

OpenFisca runs as `openfisca serve` runs it (gunicorn), and answers true or false. Ours is the rights service alone, with a data folder whose rules are those
of S50: `POST /rights/v1/evaluations?explain=false`, checked, traced and logged as in operation, with its internal token. Its answer has for each right the
verdict in a code and in words, what is missing, and the links to the rule, the catalogue and the application. OpenFisca has no reasons over HTTP in this
call; what our answer costs with `because` and `would_change`, the default, is told beside it. A new connection for each request on both sides, as OpenFisca's workers close theirs; who asks does as little
as can be. Before the clocks start, both have found the same rights for the same people. *Side by side*: one worker and one client; then two workers and four clients, ours as two processes.
"""

import asyncio
import json
import random
import signal
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from deploy.local import process
from deploy.local.layout import ROOT
from deploy.local.process import Command
from shared.auth.principals import PUBLIC
from shared.clock import SystemClock
from tests.bench import s50, s50_folder
from tests.bench.door import bearer
from tests.bench.harness import Limit, Row, Turns, in_turns, percentile
from tests.bench.load import request, wires
from tests.bench.rights_s50 import PEER
from tests.bench.world import World
from tests.services.rights.families import CHILD_FACTS, MOTHERS_FACTS
from tests.support.keeper import free_port
from tests.support.until import until

LIMIT = Limit(floor=3, aim=6)
ROUNDS, REQUESTS, CLIENTS, WORKERS, START_SECONDS, PEOPLE = 9, 40, 4, 2, 60.0, 10
TODAY = date(2026, 11, 1)
MONTH = f"{TODAY:%Y-%m}"
PATH = "/rights/v1/evaluations"
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Where to ask, what by turns, and the login: a token does not live long, so each round has its own."""

    ports: tuple[int, ...]
    path: str
    bodies: Sequence[Mapping[str, Any]]
    login: Callable[[], Mapping[str, str]] = dict

    def requests(self) -> list[bytes]:
        """As they go over the wire now."""
        headers = _JSON | dict(self.login())
        told = (json.dumps(body, default=date.isoformat).encode() for body in self.bodies)
        return [request("POST", self.path, headers, each) for each in told]


async def measure(world: World) -> list[Row]:
    """The middle request of one client, and the requests a second of four."""
    folder = world.folder / "s50"
    s50_folder.write(folder)
    settings = await world.settings("rights") | {s50_folder.FOLDER: str(folder)}
    people = [s50.someone(random.Random(number)) for number in range(PEOPLE)]
    signer = world.keys.signer("gateway", SystemClock())

    def login() -> Mapping[str, str]:
        return bearer(signer.token("rights", PUBLIC))

    told, described = [_told(each) for each in people], [_of_openfisca(each) for each in people]
    create = "tests.bench.s50_folder:create"
    async with world.processes({str(number): (create, settings) for number in range(WORKERS)}) as service:
        ports = tuple(each.port for each in service.values())
        ours, full = Asked(ports, PATH + "?explain=false", told, login), Asked(ports, PATH, told, login)
        async with _openfisca(world, 1) as port:
            theirs = Asked((port,), "/calculate", described)
            await _agree(ours, theirs)
            alone = await in_turns(partial(_middle, ours), partial(_middle, theirs), rounds=ROUNDS)
            explained = await _middle(full)
            size = [len(await _once(each.ports[0], each.requests()[0])) for each in (ours, full, theirs)]
        async with _openfisca(world, WORKERS) as port:
            theirs = Asked((port,), "/calculate", described)
            busy = await in_turns(partial(_rate, ours), partial(_rate, theirs), rounds=ROUNDS)
            full_rate = await _rate(full)
    return [_of_middles(alone, explained, size, await _real(world, login)), _of_rates(busy, full_rate)]


async def _agree(ours: Asked, theirs: Asked) -> None:
    for mine, other in zip(ours.requests(), theirs.requests(), strict=True):
        found = _body(await _once(ours.ports[0], mine))["rights"]
        likely = {each["id"] for each in found if each["verdict"] == "likely"}
        child = _body(await _once(theirs.ports[0], other))["persons"]["child"]
        if likely != {name for name in child if name[0] == "r" and child[name] == {MONTH: True}}:
            raise AssertionError("the two sides do not find the same rights: their times cannot be compared")


def _body(answer: bytes) -> Any:
    return json.loads(answer.partition(b"\r\n\r\n")[2])


async def _real(world: World, login: Callable[[], Mapping[str, str]]) -> float:
    """The middle request with all real rights, explained, a third of the facts not told."""
    rng = random.Random(33)
    facts = {name: value for name, value in (CHILD_FACTS | MOTHERS_FACTS).items() if rng.random() > 1 / 3}
    async with world.process("services.rights.main:create", await world.settings("rights")) as service:
        asked = Asked((service.port,), PATH, [{"at": TODAY, "facts": facts}], login)
        await _middle(asked)
        return await _middle(asked)


async def _middle(asked: Asked) -> float:
    """Requests a second at the middle request's pace, one at a time."""
    taken, requests = [], asked.requests()
    for number in range(REQUESTS):
        began = time.perf_counter()
        await _once(asked.ports[0], requests[number % len(requests)])
        taken.append(time.perf_counter() - began)
    return 1 / percentile(taken, 0.5)


async def _rate(asked: Asked) -> float:
    """Requests a second with all clients at work."""
    left, requests = iter(range(REQUESTS * CLIENTS)), asked.requests()

    async def client(place: int) -> None:
        port = asked.ports[place % len(asked.ports)]
        for number in left:
            await _once(port, requests[number % len(requests)])

    began = time.perf_counter()
    await asyncio.gather(*(client(place) for place in range(CLIENTS)))
    return REQUESTS * CLIENTS / (time.perf_counter() - began)


async def _once(port: int, one: bytes) -> bytes:
    async with wires(port, 1) as (wire,):
        answer = await wire.ask(one)
    if not answer.startswith(b"HTTP/1.1 200 "):
        raise RuntimeError(answer[:1500].decode("utf-8", "replace"))
    return answer


@asynccontextmanager
async def _openfisca(world: World, workers: int) -> AsyncIterator[int]:
    port, log = free_port(), world.folder / "openfisca.log"
    script = ROOT / "tests" / "bench" / "openfisca_web.py"
    command = Command((str(PEER), str(script), str(port), str(workers)), {"PATH": "/usr/bin:/bin"}, directory=ROOT)
    started = await process.spawn(command, log)
    try:
        await until(lambda: _listens(port), START_SECONDS)
        yield port
    finally:
        await process.end(started, signal.SIGTERM, grace_s=10)


async def _listens(port: int) -> bool:
    try:
        async with wires(port, 1) as (wire,):
            return b" 200 " in (await wire.ask(request("GET", "/variables", {})))[:20]
    except (OSError, ValueError):
        return False


def _told(person: Mapping[str, Any]) -> dict[str, Any]:
    return {"at": TODAY, "facts": person}


def _of_openfisca(person: Mapping[str, Any]) -> dict[str, Any]:
    facts = {name: {MONTH: value} for name, value in person.items() if name != "birth_date"}
    asked = {f"r{number:02d}": {MONTH: None} for number in range(s50.RIGHTS)}
    child = {"birth": {"ETERNITY": person["birth_date"]}, **facts, **asked}
    return {"persons": {"child": child}, "families": {"home": {"members": ["child"]}}}


def _of_middles(turns: Turns, full: float, size: Sequence[int], real: float) -> Row:
    figures = (
        ("p50", f"{1e3 / turns.our_median:.1f} ms"),
        ("with `because`", f"{1e3 / full:.1f} ms"),
        ("OpenFisca", f"{1e3 / turns.peer_median:.1f} ms"),
        ("answers of", ", ".join(f"{each / 1000:.0f}" for each in size) + " kB"),
        ("all real rights explained", f"{1e3 / real:.1f} ms"),
    )
    how = f"{ROUNDS} rounds of {REQUESTS} requests, one at a time, to one worker."
    return Row(name="Rights over HTTP, S50: times OpenFisca's pace at p50", rounds=turns.ratios, limit=LIMIT, figures=figures, how=how)  # fmt: skip


def _of_rates(turns: Turns, full: float) -> Row:
    figures = (
        ("ours", f"{turns.our_median:.0f}/s"),
        ("with `because`", f"{full:.0f}/s"),
        ("OpenFisca", f"{turns.peer_median:.0f}/s"),
    )
    how = f"{ROUNDS} rounds of {REQUESTS * CLIENTS} requests; {WORKERS} workers, {CLIENTS} clients."
    return Row(name="Rights over HTTP, S50: times OpenFisca's requests a second", rounds=turns.ratios, limit=LIMIT, figures=figures, how=how)  # fmt: skip
