"""Two issuers with keys of their own, as ID-porten and Maskinporten would be; a test may bend anything a token says."""

import json
from base64 import urlsafe_b64encode
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry

from gateway.edge.keys import DiscoveryFailed
from gateway.edge.profiles import Profile, idporten, maskinporten
from tests.support.clock import MovableClock

AUDIENCE = "http://localhost:8080"
IDPORTEN, MASKINPORTEN = "https://idporten.example", "https://maskinporten.example/"
KEYS = {
    name: RSAKey.generate_key(2048, {"kid": f"{name}-1", "use": "sig"}) for name in ("idporten", "maskinporten", "next")
}


def national_id(day: int) -> str:
    """A valid synthetic number of someone born in January 1970 (month + 80)."""
    for individual in range(100, 500):
        digits = [int(d) for d in f"{day:02d}8170{individual}"]
        first = -sum(w * d for w, d in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), digits, strict=True)) % 11
        second = -sum(w * d for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), [*digits, first], strict=True)) % 11
        if first < 10 and second < 10:
            return f"{day:02d}8170{individual}{first}{second}"
    raise AssertionError("no valid number")


MOTHER, FATHER, STRANGER = (national_id(day) for day in (1, 2, 3))


def organisation(start: int) -> str:
    """A valid organisation number from `start` on."""
    for number in range(start, start + 1000):
        digits = [int(d) for d in str(number)]
        control = -sum(w * d for w, d in zip((3, 2, 7, 6, 5, 4, 3, 2), digits, strict=True)) % 11
        if control < 10:
            return f"{number}{control}"
    raise AssertionError("no valid number")


MUNICIPALITY, NAV = organisation(31000000), organisation(31100000)


class Issuers:
    """Both issuers' documents, who asked for them how often, and the tokens they would sign."""

    def __init__(self, clock: MovableClock) -> None:
        self.clock = clock
        self.published = {IDPORTEN: [KEYS["idporten"]], MASKINPORTEN: [KEYS["maskinporten"]]}
        self.asked: list[str] = []
        self.away = False
        self.claimed_issuer: str | None = None

    def profiles(self, *, synthetic: bool = True, scope: str | None = None) -> tuple[Profile, Profile]:
        """What the gateway trusts."""
        return (
            idporten(
                IDPORTEN,
                audience=AUDIENCE,
                discovery_url=IDPORTEN + "/.well-known/openid-configuration",
                synthetic=synthetic,
                scope=scope,
            ),
            maskinporten(
                MASKINPORTEN, audience=AUDIENCE, discovery_url=MASKINPORTEN + ".well-known/oauth-authorization-server"
            ),
        )

    async def fetch(self, url: str) -> Any:
        """What the gateway gets for an address."""
        self.asked.append(url)
        if self.away:
            raise DiscoveryFailed
        issuer = MASKINPORTEN if url.startswith(MASKINPORTEN) else IDPORTEN
        return self.document(issuer, url)

    def document(self, issuer: str, url: str) -> Any:
        """The discovery document, or the keys."""
        if "well-known" in url:
            return {"issuer": self.claimed_issuer or issuer, "jwks_uri": issuer.rstrip("/") + "/jwks"}
        return {"keys": [key.as_dict(private=False) for key in self.published[issuer]]}

    def now(self) -> int:
        """The time that tokens are made at."""
        return int(self.clock.now().timestamp())

    def citizen_claims(self, pid: str = MOTHER, **bent: Any) -> dict[str, Any]:
        """What an access token of ID-porten says."""
        claims = {
            "iss": IDPORTEN,
            "aud": AUDIENCE,
            "sub": "pairwise",
            "pid": pid,
            "acr": "idporten-loa-high",
            "amr": ["BankID"],
            "client_id": "front-end",
            "scope": "openid profile",
            "token_type": "Bearer",
            "consumer": {"authority": "iso6523-actorid-upis", "ID": f"0192:{NAV}"},
            "iat": self.now(),
            "exp": self.now() + 600,
            "jti": "1",
        }
        return bend(claims, bent)

    def machine_claims(
        self, org: str = MUNICIPALITY, scope: str = "somlos:profile.read", **bent: Any
    ) -> dict[str, Any]:
        """What an access token of Maskinporten says."""
        claims = {
            "iss": MASKINPORTEN,
            "aud": AUDIENCE,
            "scope": scope,
            "client_id": "case-system",
            "client_amr": "private_key_jwt",
            "token_type": "Bearer",
            "consumer": {"authority": "iso6523-actorid-upis", "ID": f"0192:{org}"},
            "iat": self.now(),
            "exp": self.now() + 120,
            "jti": "1",
        }
        return bend(claims, bent)

    def citizen(self, pid: str = MOTHER, **bent: Any) -> str:
        """A person's access token."""
        return sign(self.citizen_claims(pid, **bent), KEYS["idporten"])

    def machine(self, org: str = MUNICIPALITY, scope: str = "somlos:profile.read", **bent: Any) -> str:
        """An organisation's access token."""
        return sign(self.machine_claims(org, scope, **bent), KEYS["maskinporten"])


def bend(claims: dict[str, Any], bent: dict[str, Any]) -> dict[str, Any]:
    """The claims with some changed; None leaves one out."""
    return {name: value for name, value in (claims | bent).items() if value is not None}


def sign(claims: dict[str, Any], key: RSAKey, *, alg: str = "RS256", **header: Any) -> str:
    """A signed token; a header parameter that is None is left out."""
    full = bend({"alg": alg, "kid": key.kid, "typ": "at+jwt"}, header)
    registry = JWSRegistry(algorithms=[alg], strict_check_header=False)
    return jwt.encode(full, claims, key, registry=registry, default_type=None)


def unsigned(claims: dict[str, Any]) -> str:
    """A token with `alg: none`."""
    parts = ({"alg": "none", "kid": "idporten-1", "typ": "at+jwt"}, claims)
    return ".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts) + "."
