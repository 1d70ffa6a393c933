"""Mapping, which owns the profile: reads it by reference with a token for one child, and learns an organisation's pseudonym of a child."""

from collections.abc import Mapping as Names
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.applications.domain.answer import Source, SourceKind, State
from services.applications.domain.profile import Guardian, KnownFact, Profile
from shared.auth.tokens import Signer
from shared.auth.worker_tokens import WorkerTokens
from shared.domain import NotFound
from shared.http import Client

TIMEOUT_SECONDS = 5.0
PREFILL, ROUTE = "prefill-application", "route-application"
_ACTION = "profile.read"


class _Fact(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    value: Any = None
    state: State
    source: str
    speaker: str | None = None
    said_at: datetime | None = None


class _Guardian(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    id: UUID
    facts: dict[str, _Fact] = {}
    household_facts: dict[str, _Fact] = {}


class _Profile(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    child_id: UUID
    version: int
    as_of: datetime
    protected: bool
    kommunenummer: str | None
    facts: dict[str, _Fact]
    guardians: list[_Guardian] = []


class MappingClient:
    """Calls to mapping. Each may raise NotFound (no such child) or Unavailable; none is made inside a transaction."""

    def __init__(self, base_url: str, signer: Signer) -> None:
        self._http, self._signer = Client("mapping", base_url, timeout=TIMEOUT_SECONDS), signer
        self._tokens = WorkerTokens(signer, base_url)

    async def profile(self, child: UUID, *, purpose: str = PREFILL) -> Profile:
        """The child's profile as mapping holds it now. The purpose stands in the family's access log."""
        token = await self._tokens.token(audience="mapping", purpose=purpose, action=_ACTION, child=child)
        answer = await self._http.call(
            "GET", f"/internal/children/{child}/profile", name="/internal/children/{child}/profile", token=token
        )
        return _profile(_Profile.model_validate(answer))

    async def pseudonym(self, organisation: str, child: UUID) -> str:
        """What the organisation knows the child by."""
        wanted = {"org": organisation, "persons": [str(child)]}
        answer = await self._http.call(
            "POST",
            "/internal/pseudonyms",
            name="/internal/pseudonyms",
            token=self._signer.assertion("mapping"),
            json=wanted,
        )
        alias = answer["pseudonyms"].get(str(child))
        if alias is None:
            raise NotFound
        return str(alias)

    async def close(self) -> None:
        """Closes its connections."""
        await self._http.close()
        await self._tokens.close()


def _profile(found: _Profile) -> Profile:
    guardians = tuple(Guardian(each.id, _facts(each.facts), _facts(each.household_facts)) for each in found.guardians)
    return Profile(
        found.child_id,
        found.version,
        found.as_of.astimezone(UTC),
        found.protected,
        found.kommunenummer,
        _facts(found.facts),
        guardians,
    )


def _facts(found: Names[str, _Fact]) -> dict[str, KnownFact]:
    return {fact_id: KnownFact(each.state, each.value, _source(each)) for fact_id, each in found.items()}


def _source(found: _Fact) -> Source:
    """`source` is register, or who told it: guardian, child, or organisation with its number as the speaker."""
    if found.source == "register":
        return Source(SourceKind.REGISTER)
    if found.source == "organisation":
        return Source(SourceKind.ORGANISATION, organisation=found.speaker, said_at=found.said_at)
    return Source(SourceKind.TOLD, speaker=UUID(found.speaker) if found.speaker else None, said_at=found.said_at)
