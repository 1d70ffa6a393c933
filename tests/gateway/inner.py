"""Small services behind the door, on real sockets: each says what it was asked; mapping also decides."""

import asyncio
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from aiohttp import web

from shared.auth.principals import Principal
from shared.auth.tokens import Verifier
from shared.problems import Unauthenticated


@dataclass
class Families:
    """Who may touch whom, as mapping would know it."""

    persons: dict[str, tuple[UUID, dict[UUID, dict[str, Any]]]] = field(default_factory=dict)
    grants: dict[tuple[str, str], UUID] = field(default_factory=dict)
    names_inner_id: bool = True

    def add_parent(self, national_id: str, *children: UUID) -> UUID:
        """A parent with children; returns the parent's inner id."""
        person = uuid4()
        subjects: dict[UUID, dict[str, Any]] = {person: {"ground": "self"}}
        self.persons[national_id] = (person, subjects | {child: {"ground": "guardian"} for child in children})
        return person

    def decide(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        """The answer to one question; None is 404."""
        if asked["principal"]["kind"] == "citizen":
            return self._citizen(asked)
        child = self.grants.get((asked["principal"]["org"], asked["child"]))
        if child is None:
            return None
        subject = {"ground": "grant", "groups": ["health"], "alias": asked["child"]}
        return {
            "sub": asked["principal"]["org"],
            "subjects": {str(child): subject},
            "child": str(child),
            "law_version": "1",
        }

    def _citizen(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        known = self.persons.get(asked["principal"]["national_id"])
        if known is None:
            return None
        person, subjects = known
        if asked["child"] and asked["child"] not in {str(subject) for subject in subjects}:
            return None
        return {
            "sub": str(person),
            "subjects": {str(k): v for k, v in subjects.items()},
            "child": asked["child"],
            "law_version": "1",
        }


class InnerService:
    """One service. `reply` may be set by a test to answer something else than what was asked."""

    def __init__(self, name: str, verifier: Verifier, decider: Verifier, families: Families) -> None:
        self.name, self._verifier, self._decider, self._families = name, verifier, decider, families
        self.seen: list[dict[str, Any]] = []
        self.questions: list[dict[str, Any]] = []
        self.tokens: list[str] = []
        self.refuses_assertions = False
        self.hangs_up = 0
        self.reply: Any = None
        self.document: dict[str, Any] = {"openapi": "3.1.0", "paths": {}}
        self._runner: web.AppRunner | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Opens its port: the one it had, if it had one."""
        app = web.Application(client_max_size=20 * 1024 * 1024)
        app.router.add_post("/internal/decisions", self._decisions)
        app.router.add_get("/openapi.json", self._openapi)
        app.router.add_get("/health/live", self._live)
        app.router.add_route("*", "/{path:.*}", self._anything)
        self._runner = web.AppRunner(app, shutdown_timeout=0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Closes its port."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _decisions(self, request: web.Request) -> web.Response:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        try:
            assert self._decider.caller(token) == "gateway"
        except Unauthenticated:
            return web.json_response({}, status=401)
        asked = await request.json()
        self.questions.append(asked)
        if self.hangs_up:
            self.hangs_up -= 1
            assert request.transport
            request.transport.abort()
        if self.refuses_assertions:
            return web.json_response({}, status=401)
        answer = self._families.decide(asked)
        return web.json_response(answer or {"type": "urn:somlos:problem:not-found"}, status=200 if answer else 404)

    async def _openapi(self, request: web.Request) -> web.Response:
        return web.json_response(self.document)

    async def _live(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _anything(self, request: web.Request) -> web.StreamResponse:
        content = await request.read()
        token = request.headers["Authorization"].removeprefix("Bearer ")
        self.tokens.append(token)
        said = {
            "service": self.name,
            "method": request.method,
            "path": request.raw_path,
            "headers": {name.lower(): value for name, value in request.headers.items()},
            "length": len(content),
            "digest": sha256(content).hexdigest(),
            "principal": told(self._verifier.principal(token)),
        }
        self.seen.append(said)
        if self.reply is not None:
            reply: web.StreamResponse = await self.reply(request)
            return reply
        return web.json_response(
            said, headers={"ETag": '"3"', "Cache-Control": "max-age=60", "X-Secret": "inner", "Server": "inner"}
        )


def told(principal: Principal) -> dict[str, Any]:
    """A principal as JSON."""
    return {
        "kind": principal.kind.value,
        "id": principal.id,
        "org": principal.org,
        "scopes": sorted(principal.scopes),
        "purpose": principal.purpose,
        "action": principal.action,
        "law_version": principal.law_version,
        "subjects": {str(key): subject.ground for key, subject in principal.subjects.items()},
    }


def held(until: asyncio.Event) -> Any:
    """A reply that waits for the event."""

    async def reply(request: web.Request) -> web.Response:
        await until.wait()
        return web.json_response({})

    return reply
