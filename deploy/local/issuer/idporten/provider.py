"""The issuer that behaves as ID-porten, with all it remembers."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from deploy.local.issuer.assertions import UsedAssertions
from deploy.local.issuer.clients import CitizenClient
from deploy.local.issuer.idporten.state import Expiring, Login, LoginRequest, Session
from deploy.local.issuer.signing import Issuer
from deploy.local.register.people import People

PUSHED_SECONDS = 120
PAGE_SECONDS = 600
CODE_SECONDS = 60
SESSION_SECONDS = 1800


@dataclass(frozen=True, slots=True)
class IdPorten:
    """The issuer, its clients and people, and the logins that are under way."""

    issuer: Issuer
    clients: dict[str, CitizenClient]
    people: People
    salt: str = field(repr=False)
    pushed: Expiring[LoginRequest] = field(default_factory=lambda: Expiring(PUSHED_SECONDS, "urn:idporten:"))
    pages: Expiring[LoginRequest] = field(default_factory=lambda: Expiring(PAGE_SECONDS))
    codes: Expiring[Login] = field(default_factory=lambda: Expiring(CODE_SECONDS))
    sessions: Expiring[Session] = field(default_factory=lambda: Expiring(SESSION_SECONDS))
    used: UsedAssertions = field(default_factory=UsedAssertions)

    def now(self) -> int:
        """Seconds since 1970."""
        return self.issuer.clock.epoch()

    def subject(self, client_id: str, national_id: str) -> str:
        """The person's `sub` at that client: always the same there, another one elsewhere."""
        digest = hmac.digest(self.salt.encode(), f"{client_id} {national_id}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


async def _idporten(request: Request) -> IdPorten:
    found: IdPorten = request.app.state.idporten
    return found


Here = Annotated[IdPorten, Depends(_idporten)]
