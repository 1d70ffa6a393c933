"""Another service's access log: the whole row of a read of a protected child, which no event carries."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.auth.worker_tokens import Tokens
from shared.http import Client

TIMEOUT_SECONDS = 5.0
PURPOSE = "show-access-log"
ACTION = "access-log.fetch"
_PATH = "/internal/access-log/{row_id}"


class AccessRowAnswer(BaseModel):
    """The row as the service answers."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: UUID
    child_id: UUID
    reader_kind: str
    reader_id: UUID | None
    organisation: str | None
    purpose: str | None
    what: str
    at: datetime
    denied: bool
    protected: bool


class AccessRows:
    """Calls to the services that log reads, never made inside a transaction."""

    def __init__(self, tokens: Tokens, url_of: Callable[[str], str]) -> None:
        self._tokens, self._url_of = tokens, url_of
        self._clients: dict[str, Client] = {}

    async def row(self, service: str, row_id: UUID, child: UUID) -> AccessRowAnswer:
        """One row. Raises NotFound or Unavailable."""
        client = self._clients.setdefault(service, Client(service, self._url_of(service), timeout=TIMEOUT_SECONDS))
        token = await self._tokens.token(audience=service, purpose=PURPOSE, action=ACTION, child=child)
        answer = await client.call("GET", _PATH.format(row_id=row_id), name=_PATH, token=token)
        return AccessRowAnswer.model_validate(answer)

    async def close(self) -> None:
        """Closes its connections."""
        for client in self._clients.values():
            await client.close()
