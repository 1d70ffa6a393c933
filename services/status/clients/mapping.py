"""Mapping, which knows what an organisation calls a child."""

from uuid import UUID

from shared.auth.tokens import Signer
from shared.domain import NotFound
from shared.http import Client

TIMEOUT_SECONDS = 5.0
_PATH = "/internal/pseudonyms"


class MappingClient:
    """Calls to mapping. Each may raise NotFound (no such child) or Unavailable; none is made inside a transaction."""

    def __init__(self, base_url: str, signer: Signer) -> None:
        self._http, self._signer = Client("mapping", base_url, timeout=TIMEOUT_SECONDS), signer

    async def pseudonym(self, organisation: str, child: UUID) -> str:
        """What the organisation knows the child by."""
        wanted, assertion = {"org": organisation, "persons": [str(child)]}, self._signer.assertion("mapping")
        answer = await self._http.call("POST", _PATH, name=_PATH, token=assertion, json=wanted)
        alias = answer["pseudonyms"].get(str(child))
        if alias is None:
            raise NotFound
        return str(alias)

    async def close(self) -> None:
        """Closes its connections."""
        await self._http.close()
