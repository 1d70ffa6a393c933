"""Checking a JWT that a client has signed (RFC 7523): the same rules at both issuers."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

LONGEST_SECONDS = 120
SKEW_SECONDS = 10
ALGORITHMS = ["RS256", "RS384", "RS512"]


class Fault(StrEnum):
    """What is wrong with an assertion."""

    MALFORMED = "Invalid parameter value"
    CLIENT = "Client not found"
    KEY = "No registered key has that kid"
    SIGNATURE = "Could not validate JWT Signature"
    AUDIENCE = "Invalid JWT claim aud"
    TIMES = "Invalid JWT claim iat or exp"
    EXPIRED = "JWT is expired"
    USED = "Grant is used before"


class BadAssertion(Exception):
    """The assertion is refused."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Assertion:
    """An assertion that has been read, but not yet checked."""

    text: str
    header: dict[str, Any]
    claims: dict[str, Any]


def read(text: str) -> Assertion:
    """What the assertion says, before anything of it is believed."""
    try:
        parts = jws.extract_compact(text.encode("ascii"))
        header = dict(parts.protected)
        claims = json.loads(parts.payload)
    except (JoseError, ValueError, RecursionError) as fault:
        raise BadAssertion(Fault.MALFORMED) from fault
    if not isinstance(claims, dict):
        raise BadAssertion(Fault.MALFORMED)
    return Assertion(text, header, claims)


def check(assertion: Assertion, keys: KeySet, *, audience: str, now: int) -> None:
    """Signature by one of the client's registered keys, the one audience, and times. `now` in seconds since 1970."""
    check_signature(assertion, keys)
    if assertion.claims.get("aud") not in (audience, [audience]):
        raise BadAssertion(Fault.AUDIENCE)
    issued, expires = assertion.claims.get("iat"), assertion.claims.get("exp")
    if type(issued) is not int or type(expires) is not int:
        raise BadAssertion(Fault.TIMES)
    if issued > now + SKEW_SECONDS or not 0 < expires - issued <= LONGEST_SECONDS:
        raise BadAssertion(Fault.TIMES)
    if expires <= now:
        raise BadAssertion(Fault.EXPIRED)


def check_signature(assertion: Assertion, keys: KeySet) -> None:
    """Signed with the registered key that its `kid` names; a key that the assertion itself brings is never used."""
    kid = assertion.header.get("kid")
    if kid is None or all(key.kid != kid for key in keys.keys):
        raise BadAssertion(Fault.KEY)
    try:
        jwt.decode(assertion.text, keys, ALGORITHMS)
    except (JoseError, ValueError) as fault:
        raise BadAssertion(Fault.SIGNATURE) from fault


class UsedAssertions:
    """Remembers each assertion until it has expired, so that none is used twice."""

    def __init__(self) -> None:
        self._until: dict[str, int] = {}

    def use(self, client_id: str, assertion: Assertion, now: int) -> None:
        """The first time nothing happens; after that it is refused. Without `jti` the assertion itself is remembered."""
        self._until = {name: until for name, until in self._until.items() if until > now}
        jti = assertion.claims.get("jti")
        once = str(jti) if jti is not None else hashlib.sha256(assertion.text.encode()).hexdigest()
        name = f"{client_id} {once}"
        if name in self._until:
            raise BadAssertion(Fault.USED)
        self._until[name] = int(assertion.claims["exp"])
