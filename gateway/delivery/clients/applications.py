"""Applications, which knows the party of an application also where no event may say it: for a child with a protected address."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.auth.worker_tokens import Tokens
from shared.http import Client

TIMEOUT_SECONDS = 5.0
PURPOSE = "tell-partner"
ACTION = "party.read"
_PATH = "/internal/applications/{application}/party"


class _Party(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    org: str = Field(pattern=r"^\d{9}$")


class ApplicationsClient:
    """Calls to applications, never made inside a transaction."""

    def __init__(self, http: Client, tokens: Tokens) -> None:
        self._http, self._tokens = http, tokens

    async def party(self, application_id: UUID, child: UUID) -> str:
        """The organisation number of whom the application was sent to. Raises NotFound or Unavailable."""
        token = await self._tokens.token(audience="applications", purpose=PURPOSE, action=ACTION, child=child)
        answer = await self._http.call("GET", _PATH.format(application=application_id), name=_PATH, token=token)
        return _Party.model_validate(answer).org

    async def close(self) -> None:
        """Closes its connections."""
        await self._http.close()
