"""A service in this process: the real app, its lifespan run, its own database, and a client that calls it as anyone."""

import asyncio
import importlib
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from gateway.edge.routes import RouteTable
from shared.auth.principals import Kind, Principal
from shared.clock import Clock
from shared.domain import DomainError
from tests.support.keys import Keys
from tests.support.postgres import Clone

NOWHERE = "http://127.0.0.1:9"
TABLE = RouteTable()
OUTBOX = "select type, aggregate_id, version, key, topic, data from outbox order by position"


class Service:
    """A running service. `get`, `post`, `put`, `patch`, `delete` take a path and a caller (a Principal, or None for no token)."""

    def __init__(
        self, name: str, app: FastAPI, http: httpx.AsyncClient, *, clone: Clone | None, keys: Keys, clock: Clock
    ) -> None:
        self.name, self.app, self.http, self.keys, self.clock = name, app, http, keys, clock
        self._clone = clone

    @property
    def database(self) -> Clone:
        """Its database, past every wall."""
        if self._clone is None:
            raise LookupError(f"{self.name} has no database")
        return self._clone

    async def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Rows of its database, read as the administrator."""
        return await self.database.rows(sql, **values)

    async def outbox(self, *types: str) -> list[dict[str, Any]]:
        """The events written so far, oldest first: type, aggregate_id, version, key, topic, data. Reads are told too: name the types you mean."""
        found = [{**row, "data": json.loads(row["data"])} for row in await self.rows(OUTBOX)]
        return [row for row in found if not types or row["type"] in types]

    async def call(
        self,
        method: str,
        path: str,
        caller: Principal | None,
        *,
        headers: Mapping[str, str] | None = None,
        **request: Any,
    ) -> httpx.Response:
        """One request; the token is minted now, with the action that the gateway's table names for the route."""
        login = {"Authorization": f"Bearer {self.token(method, path, caller)}"} if caller else {}
        return await self.http.request(method, path, headers={**login, **(headers or {})}, **request)

    def token(self, method: str, path: str, caller: Principal) -> str:
        """The internal token that the gateway (or mapping, for a worker) would send along."""
        action = caller.action or (None if caller.kind is Kind.WORKER else action_of(method, path))
        return self.keys.token(self.name, replace(caller, action=action), self.clock)

    async def get(self, path: str, caller: Principal | None = None, **request: Any) -> httpx.Response:
        """GET."""
        return await self.call("GET", path, caller, **request)

    async def post(self, path: str, caller: Principal | None = None, **request: Any) -> httpx.Response:
        """POST."""
        return await self.call("POST", path, caller, **request)

    async def put(self, path: str, caller: Principal | None = None, **request: Any) -> httpx.Response:
        """PUT."""
        return await self.call("PUT", path, caller, **request)

    async def patch(self, path: str, caller: Principal | None = None, **request: Any) -> httpx.Response:
        """PATCH."""
        return await self.call("PATCH", path, caller, **request)

    async def delete(self, path: str, caller: Principal | None = None, **request: Any) -> httpx.Response:
        """DELETE."""
        return await self.call("DELETE", path, caller, **request)


def action_of(method: str, path: str) -> str | None:
    """The action of the gateway's table for this address; none for a route that is not routed from outside."""
    try:
        route, _ = TABLE.find(method, path.partition("?")[0].removeprefix("/").split("/"))
    except DomainError:
        return None
    return route.action


def environment(name: str, *, folder: Path, keys: Keys, clone: Clone | None = None) -> dict[str, str]:
    """What a deployment would set for the service, with every neighbour out of reach."""
    urls = {f"{each}_URL": NOWHERE for each in ("MAPPING", "RIGHTS", "CATALOG", "APPLICATIONS", "STATUS", "REGISTER")}
    return {
        **urls,
        "ENVIRONMENT": "test",
        "DATABASE_URL": clone.url if clone else "postgresql+asyncpg://nobody@127.0.0.1:9/none",
        "KEYS_DIR": str(keys.public),
        "SIGNING_KEY_FILE": str(keys.private(name)),
        "DATA_KEYS_DIR": str(folder / "data-keys"),
        "MASTER_KEY_FILE": str(keys.master),
        "LOOKUP_KEY_FILE": str(keys.lookup),
        "ATTACHMENTS_DIR": str(folder / "attachments"),
        "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:9",
        "KAFKA_SECURITY_PROTOCOL": "SASL_PLAINTEXT",
        "KAFKA_USERNAME": name,
        "KAFKA_PASSWORD": "unused",
        "ORGANISATIONS_FILE": "deploy/local/organisations.yaml",
        "SOMLOS_RUN": "api",
    }


@asynccontextmanager
async def running(
    name: str, settings: Mapping[str, str], *, clone: Clone | None, keys: Keys, clock: Clock
) -> AsyncIterator[Service]:
    """The service with these settings, until the block ends."""
    app = make(name, settings, clock)
    async with alive(app), client_of(app) as http:
        yield Service(name, app, http, clone=clone, keys=keys, clock=clock)


def make(name: str, settings: Mapping[str, str], clock: Clock) -> FastAPI:
    """`services.<name>.main.create` with these settings (environment names) and this clock."""
    main, own = importlib.import_module(f"services.{name}.main"), importlib.import_module(f"services.{name}.settings")
    app: FastAPI = main.create(own.Settings(**{key.lower(): value for key, value in settings.items()}), clock=clock)
    return app


def client_of(app: FastAPI) -> httpx.AsyncClient:
    """An HTTP client that reaches the app without a socket; a fault of the app is a 500, as outside."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://service.test"
    )


@asynccontextmanager
async def alive(app: FastAPI) -> AsyncIterator[None]:
    """The app's lifespan, entered and left in one task of its own (task groups insist on that)."""
    ready, done = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.router.lifespan_context(app):
            ready.set()
            await done.wait()

    life = asyncio.create_task(live())
    started = asyncio.create_task(ready.wait())
    await asyncio.wait({life, started}, return_when=asyncio.FIRST_COMPLETED)
    if not ready.is_set():
        started.cancel()
        await life
    try:
        yield
    finally:
        done.set()
        await life
