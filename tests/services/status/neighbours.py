"""Mapping and applications as the status service meets them: what organisations call a child, and where an application was sent."""

from typing import Any
from uuid import UUID

from fastapi import FastAPI, HTTPException


class FakeNeighbours:
    """Answers for every child; `away`: none answers. `errands` and `named` are what was asked."""

    def __init__(self) -> None:
        self.away = False
        self.parties: dict[UUID, str] = {}
        self.errands: list[tuple[str, str, str]] = []
        self.named: list[str] = []
        self.app = FastAPI()
        self.app.add_api_route("/internal/worker-tokens", self._token, methods=["POST"], status_code=201)
        self.app.add_api_route("/internal/pseudonyms", self._pseudonyms, methods=["POST"])
        self.app.add_api_route("/internal/applications/{application_id}/party", self._party)

    def _answer(self) -> None:
        if self.away:
            raise HTTPException(503)

    async def _token(self, body: dict[str, Any]) -> dict[str, Any]:
        self._answer()
        self.errands.append((body["audience"], body["purpose"], body["action"]))
        return {"token": "a-token", "expires_in": 60}

    async def _pseudonyms(self, body: dict[str, Any]) -> dict[str, Any]:
        self._answer()
        self.named.append(body["org"])
        return {"pseudonyms": {person: alias(body["org"]) for person in body["persons"]}}

    async def _party(self, application_id: UUID) -> dict[str, Any]:
        self._answer()
        return {"org": self.parties.get(application_id)}


def alias(orgnr: str) -> str:
    """What that organisation calls the child."""
    return f"{orgnr}-knows-her-so"
