"""How a worker comes by a token for another service: it asks mapping, showing an assertion of its own."""

from typing import Protocol
from uuid import UUID

from shared.auth.tokens import Signer
from shared.http import Client

_TIMEOUT_SECONDS = 5.0


class Tokens(Protocol):
    """Gives tokens for (audience, purpose, action, this child)."""

    async def token(self, *, audience: str, purpose: str, action: str, child: UUID | None = None) -> str:
        """A token of 60 s. Raises NotFound for an unknown child, Unavailable while it cannot be decided."""
        ...


class WorkerTokens:
    """Asks mapping each time: the decision is never cached."""

    def __init__(self, signer: Signer, mapping_url: str) -> None:
        self._signer, self._mapping = signer, Client("mapping", mapping_url, timeout=_TIMEOUT_SECONDS)

    async def token(self, *, audience: str, purpose: str, action: str, child: UUID | None = None) -> str:
        """A token of 60 s. Raises NotFound or Unavailable."""
        body = {"audience": audience, "purpose": purpose, "action": action, "child": str(child) if child else None}
        assertion = self._signer.assertion("mapping")
        answer = await self._mapping.call(
            "POST", "/internal/worker-tokens", name="/internal/worker-tokens", token=assertion, json=body
        )
        return str(answer["token"])

    async def close(self) -> None:
        """Closes its connections."""
        await self._mapping.close()
