"""The fixtures of docs/testing.md."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from deploy.local.layout import WITH_DATABASE
from deploy.local.register.main import create as create_register
from shared.crypto import FileKeyProvider, Sealer, read_hex_key
from shared.db.transaction import Database
from tests.support.clock import MovableClock
from tests.support.cluster import Cluster
from tests.support.cluster import cluster as run_cluster
from tests.support.facts import folder
from tests.support.kafka import Broker
from tests.support.kafka import broker as run_broker
from tests.support.keys import Keys, make_keys
from tests.support.postgres import Clone, cloned
from tests.support.running import Service, environment, running
from tests.support.servers import served
from tests.support.town import Town, open_town

Start = Callable[..., Awaitable[Service]]


@pytest.fixture
def clock() -> MovableClock:
    """Stands at 2026-11-24 10:00 UTC until it is moved."""
    return MovableClock()


@pytest.fixture(scope="module")
def module_clock() -> MovableClock:
    """The clock of `start_once`."""
    return MovableClock()


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """Keys of every process, for internal tokens and assertions."""
    return make_keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="session")
def broker() -> Broker:
    """The run's Kafka broker."""
    return run_broker()


@pytest.fixture
async def database() -> AsyncIterator[Callable[[str], Awaitable[Clone]]]:
    """`await database("mapping")`: a migrated, empty database of that service."""
    async with AsyncExitStack() as stack:
        yield lambda service: stack.enter_async_context(cloned(service))


@pytest.fixture
async def opened(
    database: Callable[[str], Awaitable[Clone]], keys: Keys, clock: MovableClock, tmp_path: Path
) -> AsyncIterator[Callable[[str], Awaitable[Database]]]:
    """`await opened("mapping")`: shared.db's Database on such a database, with the test's clock; its clone is `.clone`."""
    async with AsyncExitStack() as stack:

        async def open_database(service: str) -> Database:
            clone = await database(service)
            sealer = Sealer(FileKeyProvider(tmp_path / "data-keys", service, read_hex_key(keys.master)))
            made = Database(clone.url, service=service, sealer=sealer, pool_size=4, clock=clock)
            stack.push_async_callback(made.close)
            made.clone = clone  # type: ignore[attr-defined]  # for the test's own look at the rows
            return made

        yield open_database


@pytest.fixture
async def start(keys: Keys, clock: MovableClock, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Start]:
    """`await start("rights")`: the service in this process, on a database of its own, until the test ends."""
    async with AsyncExitStack() as stack:
        yield _starter(stack, keys, clock, tmp_path_factory)


@pytest.fixture(scope="module")
async def start_once(
    keys: Keys, module_clock: MovableClock, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Start]:
    """The same for all tests of a file; its clock is `module_clock`."""
    async with AsyncExitStack() as stack:
        yield _starter(stack, keys, module_clock, tmp_path_factory)


@pytest.fixture
async def serve() -> AsyncIterator[Callable[[ASGIApp], Awaitable[str]]]:
    """`await serve(app)`: the application on a real port."""
    async with AsyncExitStack() as stack:
        yield lambda app: stack.enter_async_context(served(app))


def _starter(stack: AsyncExitStack, keys: Keys, clock: MovableClock, folders: pytest.TempPathFactory) -> Start:
    async def start_service(
        name: str, settings: Mapping[str, str] | None = None, *, worker: Broker | None = None
    ) -> Service:
        """`worker`: the broker, when the service's worker (relay, consumer) shall run too."""
        clone = await stack.enter_async_context(cloned(name)) if name in WITH_DATABASE else None
        given = environment(name, folder=folders.mktemp(name), keys=keys, clone=clone)
        kafka = {**worker.user(name), "SOMLOS_RUN": "all"} if worker else {}
        return await stack.enter_async_context(
            running(name, {**given, **kafka, **(settings or {})}, clone=clone, keys=keys, clock=clock)
        )

    return start_service


@pytest.fixture(scope="session")
def facts_folder() -> Path:
    """The folder of the facts (FACTS_DIR); the test is skipped where there is none."""
    found = folder()
    if found is None:
        pytest.skip("no facts folder: set FACTS_DIR")
    return found


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The whole cluster, for journeys; one for the run."""
    return run_cluster()


@pytest.fixture(scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory, keys: Keys, module_clock: MovableClock) -> AsyncIterator[Town]:
    """All five services in this process, wired to each other and to the register; events are carried by `town.spread()`."""
    async with open_town(tmp_path_factory.mktemp("town"), keys, module_clock) as opened:
        yield opened


@pytest.fixture
async def register(serve: Callable[[ASGIApp], Awaitable[str]]) -> str:
    """The address of the register of synthetic families, with the routes under /test."""
    return await serve(create_register(test=True))
