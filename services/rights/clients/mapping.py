"""Mapping, which owns the profile: reads it by reference, with a token for the one child."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.rights.domain.profile import Guardian, Profile, State, Stated
from shared.auth.worker_tokens import Tokens
from shared.http import Client

TIMEOUT_SECONDS = 5.0
PURPOSE = "assess-rights"
ACTION = "profile.read"
_PATH = "/internal/children/{child}/profile"


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Fact(_Answer):
    state: str
    value: Any = None
    source: str = ""
    said_at: datetime | None = None
    valid_from: date | None = None


class _Guardian(_Answer):
    id: UUID
    facts: dict[str, _Fact] = Field(default={})
    household_facts: dict[str, _Fact] = Field(default={})
    not_known: list[str] = Field(default=[])


class _Profile(_Answer):
    child_id: UUID
    version: int
    as_of: datetime
    facts: dict[str, _Fact]
    not_known: list[str] = Field(default=[])
    guardians: list[_Guardian] = Field(default=[])


class MappingClient:
    """Calls to mapping, never made inside a transaction."""

    def __init__(self, http: Client, tokens: Tokens) -> None:
        self._http, self._tokens = http, tokens

    async def profile(self, child: UUID) -> Profile:
        """The child's profile as it is now. Raises NotFound (no such child) or Unavailable."""
        token = await self._tokens.token(audience="mapping", purpose=PURPOSE, action=ACTION, child=child)
        answer = await self._http.call("GET", _PATH.format(child=child), name=_PATH, token=token)
        return _profile(_Profile.model_validate(answer))

    async def close(self) -> None:
        """Closes its connections."""
        await self._http.close()


def _profile(found: _Profile) -> Profile:
    guardians = tuple(
        Guardian(each.id, _stated(each.facts | each.household_facts, each.not_known)) for each in found.guardians
    )
    return Profile(found.child_id, found.version, found.as_of, _stated(found.facts, found.not_known), guardians)


def _stated(facts: dict[str, _Fact], not_known: list[str]) -> dict[str, Stated]:
    """What is withdrawn was never said."""
    return dict.fromkeys(not_known, Stated(State.NOT_KNOWN)) | {
        fact: Stated(State(each.state), each.value, each.source, each.said_at, each.valid_from)
        for fact, each in facts.items()
        if each.state in set(State)
    }
