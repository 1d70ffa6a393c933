"""Mapping, which owns each organisation's pseudonym of a person."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.auth.tokens import Signer
from shared.domain import NotFound
from shared.http import Client

TIMEOUT_SECONDS = 5.0
_PATH = "/internal/pseudonyms"


class _Pseudonyms(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    pseudonyms: dict[UUID, str]


class MappingClient:
    """Calls to mapping, with this process's own assertion; never made inside a transaction."""

    def __init__(self, http: Client, signer: Signer) -> None:
        self._http, self._signer = http, signer

    async def pseudonym(self, organisation: str, person: UUID) -> str:
        """What the organisation knows the person by. Raises NotFound (no such person) or Unavailable."""
        wanted = {"org": organisation, "persons": [str(person)]}
        answer = await self._http.call("POST", _PATH, name=_PATH, token=self._signer.assertion("mapping"), json=wanted)
        found = _Pseudonyms.model_validate(answer).pseudonyms.get(person)
        if found is None:
            raise NotFound
        return found

    async def close(self) -> None:
        """Closes its connections."""
        await self._http.close()
