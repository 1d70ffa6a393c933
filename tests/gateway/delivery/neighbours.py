"""Applications, status and mapping over HTTP, as far as delivery asks them; they check who asks as the real ones do."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse

from shared.auth.principals import Kind, Principal, Subject
from shared.auth.tokens import Verifier, read_public_keys
from shared.clock import Clock
from tests.gateway.delivery.stories import pseudonym
from tests.support.keys import Keys


@dataclass
class Neighbours:
    """`parties`: whom each application was sent to, and its child. `holders`: who has each complaint, and its child. `status`: what all answer instead, where set."""

    keys: Keys
    clock: Clock
    parties: dict[UUID, tuple[str, UUID]] = field(default_factory=dict)
    holders: dict[UUID, tuple[str, str | None, UUID]] = field(default_factory=dict)
    status: int | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)

    def app(self) -> FastAPI:
        """All in one."""
        app = FastAPI()
        app.post("/internal/pseudonyms")(self.pseudonyms)
        app.post("/internal/worker-tokens", status_code=201)(self.worker_token)
        app.get("/internal/applications/{application_id}/party")(self.party)
        app.get("/internal/complaints/{complaint_id}/parties")(self.complaint_parties)
        return app

    async def pseudonyms(self, request: Request) -> JSONResponse:
        """For a known process only."""
        if self.status:
            return JSONResponse({}, self.status)
        assert self._verifier("mapping").caller(_bearer(request)) == "gateway"
        body = await request.json()
        self.asked.append(body)
        return JSONResponse({"pseudonyms": {each: pseudonym(body["org"], UUID(each)) for each in body["persons"]}})

    async def worker_token(self, request: Request) -> JSONResponse:
        """A token for the one child, as mapping gives it."""
        assert self._verifier("mapping").caller(_bearer(request)) == "gateway"
        body = await request.json()
        self.asked.append(body)
        caller = Principal(
            Kind.WORKER,
            "gateway",
            purpose=body["purpose"],
            action=body["action"],
            subjects={UUID(body["child"]): Subject(f"system:{body['purpose']}")},
            service="gateway",
        )
        token = self.keys.signer("mapping", self.clock).token(body["audience"], caller)
        return JSONResponse({"token": token, "expires_in": 60}, 201)

    async def party(self, application_id: UUID, request: Request) -> JSONResponse:
        """For the worker whose token covers the application's child."""
        if self.status:
            return JSONResponse({}, self.status)
        if application_id not in self.parties:
            return JSONResponse({}, 404)
        organisation, child = self.parties[application_id]
        self._verifier("applications").principal(_bearer(request)).covers(child, "party.read")
        return JSONResponse({"org": organisation})

    async def complaint_parties(self, complaint_id: UUID, request: Request) -> JSONResponse:
        """For the worker whose token covers the complaint's child."""
        if self.status:
            return JSONResponse({}, self.status)
        if complaint_id not in self.holders:
            return JSONResponse({}, 404)
        authority, appeal, child = self.holders[complaint_id]
        self._verifier("status").principal(_bearer(request)).covers(child, "party.read")
        return JSONResponse({"authority": authority, "appeal": appeal})

    def _verifier(self, audience: str) -> Verifier:
        return Verifier(audience, read_public_keys(self.keys.public), self.clock)


def _bearer(request: Request) -> str:
    return request.headers["authorization"].removeprefix("Bearer ")
