"""Tokens for mapping's own errands: mapping signs them itself."""

from uuid import UUID

from shared.auth.principals import Kind, Principal, Subject
from shared.auth.tokens import Signer


class OwnTokens:
    """Mapping is one of the two signers of internal tokens, so it need not ask anyone."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer

    async def token(self, *, audience: str, purpose: str, action: str, child: UUID | None = None) -> str:
        """A token of 60 s."""
        subjects = {child: Subject(f"system:{purpose}")} if child else {}
        principal = Principal(
            Kind.WORKER, "mapping", purpose=purpose, action=action, subjects=subjects, service="mapping"
        )
        return self._signer.token(audience, principal)
