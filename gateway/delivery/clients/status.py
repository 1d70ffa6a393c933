"""Status, which knows who has a complaint also where no event may say it: for a child with a protected address."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gateway.delivery.domain.complaint import Holders
from shared.auth.worker_tokens import Tokens
from shared.http import Client

TIMEOUT_SECONDS = 5.0
PURPOSE = "tell-partner"
ACTION = "party.read"
_PATH = "/internal/complaints/{complaint}/parties"


class _Parties(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    authority: str = Field(pattern=r"^\d{9}$")
    appeal: str | None = Field(default=None, pattern=r"^\d{9}$")


class StatusClient:
    """Calls to status, never made inside a transaction."""

    def __init__(self, http: Client, tokens: Tokens) -> None:
        self._http, self._tokens = http, tokens

    async def holders(self, complaint_id: UUID, child: UUID) -> Holders:
        """Who has the complaint now. Raises NotFound or Unavailable."""
        token = await self._tokens.token(audience="status", purpose=PURPOSE, action=ACTION, child=child)
        answer = await self._http.call("GET", _PATH.format(complaint=complaint_id), name=_PATH, token=token)
        found = _Parties.model_validate(answer)
        return Holders(found.authority, found.appeal)

    async def close(self) -> None:
        """Closes its connections."""
        await self._http.close()
