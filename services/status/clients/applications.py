"""Applications, which knows where an application was sent. Asked for a protected child only: of others the event says it."""

from uuid import UUID

from shared.auth.worker_tokens import Tokens
from shared.domain import NotFound
from shared.http import Client

TIMEOUT_SECONDS = 5.0
PURPOSE, ACTION = "route-complaint", "party.read"


class ApplicationsClient:
    """Calls to applications. Each may raise NotFound or Unavailable; none is made inside a transaction."""

    def __init__(self, base_url: str, tokens: Tokens) -> None:
        self._http, self._tokens = Client("applications", base_url, timeout=TIMEOUT_SECONDS), tokens

    async def party(self, application_id: UUID, child: UUID) -> str:
        """The organisation that has the application. The purpose stands in the family's access log."""
        token = await self._tokens.token(audience="applications", purpose=PURPOSE, action=ACTION, child=child)
        path = "/internal/applications/{application_id}/party"
        answer = await self._http.call("GET", path.format(application_id=application_id), name=path, token=token)
        if not answer["org"]:
            raise NotFound
        return str(answer["org"])

    async def close(self) -> None:
        """Closes its connections."""
        await self._http.close()
        if close := getattr(self._tokens, "close", None):
            await close()
