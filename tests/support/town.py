"""All five services in this process, wired as in a deployment, beside the register of synthetic families. Events are carried by hand: `spread`."""

import importlib
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from deploy.local.layout import SERVICES, WITH_DATABASE
from deploy.local.register.main import create as create_register
from deploy.local.register.people import SyntheticPerson, read_people
from gateway.edge.routes import PURPOSES, RouteTable
from shared.auth.principals import Kind, Principal
from shared.auth.tokens import Signer, subject_of
from shared.auth.worker_tokens import WorkerTokens
from shared.events.envelope import Envelope
from shared.kafka.consumer import Consumer
from tests.support.clock import MovableClock
from tests.support.deliveries import Record, consumer
from tests.support.keys import Keys
from tests.support.postgres import cloned
from tests.support.running import Service, action_of, environment, running
from tests.support.servers import bound, served

TABLE = RouteTable()
UNCARRIED = "select * from outbox where position > :position order by position"
ROUNDS = 4


@dataclass
class Town:
    """The services by name, and what it takes to call them as the gateway would. `urls`: where each listens (`RIGHTS_URL`)."""

    services: dict[str, Service]
    consumers: dict[str, Consumer]
    keys: Keys
    clock: MovableClock
    carried: dict[str, int]
    urls: Mapping[str, str]

    def __getitem__(self, name: str) -> Service:
        return self.services[name]

    async def decide(
        self,
        principal: Mapping[str, Any],
        action: str | None,
        child: UUID | str | None,
        service: str,
        purpose: str | None = None,
    ) -> httpx.Response:
        """Mapping's decision, asked as the gateway asks."""
        body = {
            "principal": principal,
            "action": action,
            "purpose": purpose,
            "child": str(child) if child else None,
            "service": service,
        }
        assertion = self.keys.signer("gateway", self.clock).assertion("mapping")
        return await self["mapping"].http.post(
            "/internal/decisions", json=body, headers={"Authorization": f"Bearer {assertion}"}
        )

    async def person(
        self, who: SyntheticPerson, method: str = "GET", path: str = "/mapping/v1/children", child: UUID | None = None
    ) -> Principal:
        """The person as a service sees it on this route. AssertionError when mapping says no."""
        action, service = action_of(method, path), path.split("/")[1]
        answer = await self.decide({"kind": "citizen", "national_id": who.national_id}, action, child, service)
        assert answer.status_code == 200, answer.text
        return self._principal(Kind.CITIZEN, answer.json(), None, action, None)

    async def organisation(self, org: str, method: str, path: str, alias: str | None = None) -> Principal:
        """The organisation as a service sees it on this route, with the one child of the path (as it knows it) where there is one."""
        route, _ = TABLE.find(method, path.split("?", maxsplit=1)[0].removeprefix("/").split("/"))
        purpose = PURPOSES[route.scope] if route.scope else None
        if alias is None:
            return Principal(
                Kind.MACHINE, org, org=org, scopes=frozenset({route.scope or ""}), purpose=purpose, action=route.action
            )
        answer = await self.decide(
            {"kind": "machine", "org": org, "scopes": [route.scope]}, route.action, alias, route.service, purpose
        )
        assert answer.status_code == 200, answer.text
        return replace(
            self._principal(Kind.MACHINE, answer.json(), org, route.action, purpose),
            scopes=frozenset({route.scope or ""}),
        )

    @staticmethod
    def _principal(
        kind: Kind, answer: Mapping[str, Any], org: str | None, action: str | None, purpose: str | None
    ) -> Principal:
        subjects = {UUID(who): subject_of(claim) for who, claim in answer["subjects"].items()}
        return Principal(kind, answer["sub"], org=org, purpose=purpose, action=action, subjects=subjects)

    async def child_of(self, who: SyntheticPerson, *, place: int = 0) -> UUID:
        """The inner id of one of the person's children, as the register lists them."""
        listed = (await self["mapping"].get("/mapping/v1/children", await self.person(who))).json()["items"]
        return UUID([each for each in listed if each["ground"] == "guardian"][place]["id"])

    async def spread(self) -> None:
        """Carries every event to whoever listens, until nothing new is told."""
        for _ in range(ROUNDS):
            records = [
                record for name in WITH_DATABASE if name in self.services for record in await self._told_by(name)
            ]
            if not records:
                return
            for each in self.consumers.values():
                await each.handle([item for record in records if (item := each.reader.read(record))])

    async def _told_by(self, name: str) -> list[Record]:
        rows = await self[name].rows(UNCARRIED, position=self.carried[name])
        self.carried[name] = rows[-1]["position"] if rows else self.carried[name]
        return [_record(name, row) for row in rows]


def _record(service: str, row: Mapping[str, Any]) -> Record:
    envelope = Envelope(
        event_id=row["event_id"],
        type=row["type"],
        source=f"/somlos/{service}",
        subject=row["aggregate_id"],
        epoch=row["epoch"],
        version=row["version"],
        time=row["at"],
        traceparent=row["traceparent"],
    )
    return Record(
        row["topic"], 0, row["position"], str(row["key"]).encode(), row["data"].encode(), tuple(envelope.headers())
    )


def person(family: str, name: str) -> SyntheticPerson:
    """`person("solstraale", "lun")`: someone of deploy/local/people.yaml."""
    return read_people().person(family, name)


@asynccontextmanager
async def open_town(folder: Path, keys: Keys, clock: MovableClock) -> AsyncIterator[Town]:
    """Everything started, until the block ends."""
    async with AsyncExitStack() as stack:
        ports = {name: stack.enter_context(bound()) for name in SERVICES}
        urls = {
            f"{name.upper()}_URL": f"http://127.0.0.1:{listener.getsockname()[1]}" for name, listener in ports.items()
        }
        urls["REGISTER_URL"] = await stack.enter_async_context(served(create_register()))
        services: dict[str, Service] = {}
        for name in SERVICES:
            clone = await stack.enter_async_context(cloned(name)) if name in WITH_DATABASE else None
            settings = {**environment(name, folder=folder / name, keys=keys, clone=clone), **urls}
            services[name] = await stack.enter_async_context(
                running(name, settings, clone=clone, keys=keys, clock=clock)
            )
            await stack.enter_async_context(served(services[name].app, listener=ports[name], lifespan="off"))
        consumers = {}
        for name, service in services.items():
            if name in WITH_DATABASE:
                consumers[name] = await stack.enter_async_context(_listening(name, service, clock))
        yield Town(services, consumers, keys, clock, dict.fromkeys(services, 0), urls)


@asynccontextmanager
async def _listening(name: str, service: Service, clock: MovableClock) -> AsyncIterator[Consumer]:
    """The service's listeners with its real clients, without a broker."""
    state = service.app.state
    definition = importlib.import_module(f"services.{name}.worker").definition(state.settings, clock=clock)
    signer: Signer = state.signer
    tokens = (
        definition.make_tokens(signer) if definition.make_tokens else WorkerTokens(signer, state.settings.mapping_url)
    )
    clients = definition.make_clients(state.settings, tokens) if definition.make_clients else None
    try:
        yield consumer(state.database, definition.subscriptions, clients)
    finally:
        for part in (clients, tokens):
            if close := getattr(part, "close", None):
                await close()


def etag_of(answer: httpx.Response) -> dict[str, str]:
    """The header that changes what was just read."""
    return {"If-Match": answer.headers["etag"]}


def body_of(answer: httpx.Response) -> Any:
    """The JSON of a good answer. AssertionError when it is none."""
    assert answer.is_success, f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text}"
    return json.loads(answer.content) if answer.content else None
