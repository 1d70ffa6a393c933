"""A gateway with services behind it and issuers beside it, on real sockets, in this process."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import uvicorn
from joserfc.jwk import OKPKey
from yarl import URL

from gateway.edge.keys import FetchJson
from gateway.main import create
from gateway.settings import Settings
from shared.auth.tokens import Verifier, read_key
from shared.serve import config
from shared.settings import Environment
from tests.gateway.inner import Families, InnerService
from tests.gateway.issuer import AUDIENCE, IDPORTEN, MASKINPORTEN, Issuers
from tests.support.clock import MovableClock
from tests.support.until import until

SERVICES = ("mapping", "rights", "catalog", "applications", "status")


@dataclass
class World:
    """Everything a test of the door needs."""

    clock: MovableClock
    issuers: Issuers
    families: Families
    services: dict[str, InnerService]
    client: aiohttp.ClientSession
    url: str
    port: int
    key: OKPKey

    async def ask(self, method: str, path: str, token: str | None = None, **kwargs: Any) -> "Answer":
        """One request to the gateway."""
        headers = dict(kwargs.pop("headers", {}))
        if token:
            headers["Authorization"] = f"Bearer {token}"
        async with self.client.request(
            method, URL(self.url + path, encoded=True), headers=headers, allow_redirects=False, **kwargs
        ) as answer:
            return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, await answer.read())

    async def ask_by_hand(self, request: bytes) -> bytes:
        """These bytes to the gateway's port, and all that comes back until it closes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(request)
        await writer.drain()
        answer = await reader.read()
        writer.close()
        return answer

    def said_to(self, service: str) -> dict[str, Any]:
        """What the service was asked last."""
        return self.services[service].seen[-1]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        """The body."""
        return json.loads(self.content)

    @property
    def problem(self) -> str:
        """The kind of problem."""
        assert self.headers["content-type"].startswith("application/problem+json"), self
        return self.json["type"].removeprefix("urn:somlos:problem:")


@asynccontextmanager
async def open_world(folder: Path, fetch: FetchJson | None = None, **changed: Any) -> AsyncIterator[World]:
    """A gateway with these settings changed; `fetch`: another way to issuers' documents."""
    clock = MovableClock()
    issuers = Issuers(clock)
    key = OKPKey.generate_key("Ed25519", {"kid": "gateway"})
    (folder / "gateway.jwk.json").write_text(json.dumps(key.as_dict(private=True)))
    public = {"gateway": read_key(folder / "gateway.jwk.json")}
    families = Families()
    services = {
        name: InnerService(name, Verifier(name, public, clock), Verifier("mapping", public, clock), families)
        for name in SERVICES
    }
    for service in services.values():
        await service.start()
    usual = {
        "environment": Environment.TEST,
        "log_level": "CRITICAL",
        "keys_dir": folder,
        "signing_key_file": folder / "gateway.jwk.json",
        "public_url": AUDIENCE,
        "idporten_issuer": IDPORTEN,
        "maskinporten_issuer": MASKINPORTEN,
        "cors_origins": "https://front.example, http://localhost:3000",
        **{f"{name}_url": service.url for name, service in services.items()},
    }
    settings = Settings(**usual | changed)
    app = create(settings, clock, fetch=fetch or issuers.fetch)
    server = uvicorn.Server(config(app, port=0, log_level="critical"))
    running = asyncio.create_task(server.serve())
    await until(lambda: server.started or running.done())
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        async with aiohttp.ClientSession(auto_decompress=False) as client:
            yield World(clock, issuers, families, services, client, f"http://127.0.0.1:{port}", port, public["gateway"])
    finally:
        server.should_exit = True
        await running
        for service in services.values():
            await service.stop()
