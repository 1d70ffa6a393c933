"""One issuer's name, key and clock: what it signs tokens with."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from deploy.local.issuer.clock import OffsetClock
from deploy.local.issuer.keys import ALGORITHM, kept_key, public_key


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer: `url` is its `iss`."""

    url: str
    clock: OffsetClock
    key: RSAKey = field(repr=False)

    @classmethod
    def opened(cls, url: str, key_file: Path, clock: OffsetClock) -> "Issuer":
        """The issuer with the key of that file, made at the first start."""
        return cls(url, clock, kept_key(key_file))

    @property
    def jwks(self) -> dict[str, Any]:
        """The public keys, as they are published."""
        return dict(KeySet([public_key(self.key)]).as_dict(private=False))

    def sign(self, claims: Mapping[str, Any], *, lifetime: int, typ: str | None) -> str:
        """A token of ours with `iss`, `iat`, `exp` and a new `jti`. `lifetime` in seconds. `typ` None: no such header."""
        now = self.clock.epoch()
        standard = {"iss": self.url, "iat": now, "exp": now + lifetime, "jti": secrets.token_urlsafe(16)}
        header = {"alg": ALGORITHM, "kid": self.key.kid}
        return jwt.encode(header, {**claims, **standard}, self.key, [ALGORITHM], default_type=typ)


def identified(orgnr: str) -> dict[str, str]:
    """An organisation as both issuers write it (ISO 6523)."""
    return {"authority": "iso6523-actorid-upis", "ID": f"0192:{orgnr}"}


def without_nothing(claims: Mapping[str, Any]) -> dict[str, Any]:
    """The claims that have a value."""
    return {name: value for name, value in claims.items() if value is not None}
