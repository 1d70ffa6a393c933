"""Mapping as the applications service meets it: profiles by reference and pseudonyms, over HTTP."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI, HTTPException

SAID_AT = "2026-10-12T08:30:00+00:00"


def register(value: Any) -> dict[str, Any]:
    """A fact of the population register."""
    return {
        "value": value,
        "state": "known",
        "source": "register",
        "speaker": None,
        "said_at": SAID_AT,
        "valid_from": "2026-01-01",
    }


def told(value: Any, speaker: UUID | None, *, source: str = "guardian") -> dict[str, Any]:
    """A fact that someone told."""
    return {
        "value": value,
        "state": "known",
        "source": source,
        "speaker": str(speaker),
        "said_at": SAID_AT,
        "valid_from": "2026-10-12",
    }


def conflict() -> dict[str, Any]:
    """A fact that two people tell differently."""
    return {
        "value": None,
        "state": "conflict",
        "source": "guardian",
        "speaker": None,
        "said_at": None,
        "valid_from": None,
    }


@dataclass
class Child:
    """One child of the fake; change it as the family would."""

    id: UUID = field(default_factory=uuid4)
    kommunenummer: str | None = "3403"
    protected: bool = False
    version: int = 1
    facts: dict[str, Any] = field(
        default_factory=lambda: {"birth_date": register("2017-04-21"), "lives_in_norway": register(True)}
    )
    guardians: list[dict[str, Any]] = field(default_factory=list)

    def guardian(self, person: UUID, **facts: Any) -> None:
        """A guardian with facts of her own and of the relation."""
        own = {
            "parent_birth_date": register("1988-03-14"),
            "parent_has_care_of_child": register(True),
            "parent_lives_with_child": register(True),
        }
        self.guardians.append(
            {"id": str(person), "household_id": str(uuid4()), "facts": {**own, **facts}, "household_facts": {}}
        )


class FakeMapping:
    """Answers for the children it was given, and remembers the purposes it was asked for."""

    def __init__(self) -> None:
        self.children: dict[UUID, Child] = {}
        self.purposes: list[str] = []
        self.away = False
        self.app = FastAPI()
        self.app.add_api_route("/internal/worker-tokens", self._token, methods=["POST"], status_code=201)
        self.app.add_api_route("/internal/children/{child_id}/profile", self._profile)
        self.app.add_api_route("/internal/pseudonyms", self._pseudonyms, methods=["POST"])

    def child(self, **facts: Any) -> Child:
        """One more child."""
        made = Child(**facts)
        self.children[made.id] = made
        return made

    async def _token(self, body: dict[str, Any]) -> dict[str, Any]:
        if self.away:
            raise HTTPException(503)
        self.purposes.append(body["purpose"])
        return {"token": "a-token", "expires_in": 60}

    async def _profile(self, child_id: UUID) -> dict[str, Any]:
        if child_id not in self.children:
            raise HTTPException(404)
        child = self.children[child_id]
        return {
            "child_id": str(child.id),
            "version": child.version,
            "as_of": SAID_AT,
            "protected": child.protected,
            "kommunenummer": child.kommunenummer,
            "facts": child.facts,
            "guardians": child.guardians,
        }

    async def _pseudonyms(self, body: dict[str, Any]) -> dict[str, Any]:
        return {"pseudonyms": {person: f"alias-of-{person}-for-{body['org']}" for person in body["persons"]}}
