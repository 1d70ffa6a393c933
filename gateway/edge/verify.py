"""The one place where an outside token is believed or not."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from json import loads
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import ExpiredTokenError, JoseError, UnsupportedAlgorithmError
from joserfc.jwk import RSAKey

from gateway.edge.errors import Reason, Refused
from gateway.edge.keys import IssuerKeys
from gateway.edge.profiles import Caller, Profile
from shared.clock import Clock

MAX_HEADER_BYTES = 8 * 1024
LEEWAY_SECONDS = 10
CACHED_TOKENS = 10_000
ACCEPTED_HEADER = frozenset({"alg", "kid", "typ", "x5t", "x5t#S256"})
ACCESS_TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})
ID_TOKEN_CLAIMS = frozenset({"nonce", "at_hash", "c_hash", "s_hash"})


@dataclass(frozen=True, slots=True)
class _Verified:
    caller: Caller
    profile: Profile
    generation: int


class TokenVerifier:
    """Verifies outside tokens. What was verified is remembered by hash until the token's `exp`; decisions never are."""

    def __init__(
        self, profiles: tuple[Profile, ...], keys: IssuerKeys, clock: Clock, *, remember: int = CACHED_TOKENS
    ) -> None:
        self._profiles: Mapping[str, Profile] = {profile.issuer: profile for profile in profiles}
        self._keys, self._clock, self._remember = keys, clock, remember
        self._verified: OrderedDict[bytes, _Verified] = OrderedDict()

    async def verify(self, headers: Iterable[tuple[bytes, bytes]]) -> Caller:
        """The caller of a request with these raw headers. Raises Refused, or Unavailable when the issuer's keys cannot be had."""
        token = bearer_token(headers)
        digest = sha256(token).digest()
        remembered = self._recall(digest)
        if remembered:
            return remembered
        header, issuer = _unverified(token)
        profile = self._profiles.get(issuer)
        if profile is None:
            raise Refused(Reason.ISSUER)
        if header.get("alg") not in profile.algorithms:
            raise Refused(Reason.ALGORITHM)
        key = await self._keys.find(profile, header["kid"])
        if key is None:
            raise Refused(Reason.KEY)
        generation = self._keys.generation(profile)
        claims = _signed_claims(token, key, profile)
        self._check_claims(claims, profile)
        caller = profile.read(claims)
        if profile.scope and profile.scope not in caller.scopes:
            raise Refused(Reason.SCOPE)
        self._store(digest, _Verified(caller, profile, generation))
        return caller

    def _check_claims(self, claims: dict[str, Any], profile: Profile) -> None:
        now = int(self._clock.now().timestamp())
        if not isinstance(claims.get("iss"), str) or claims["iss"] != profile.issuer:
            raise Refused(Reason.ISSUER)
        times = jwt.JWTClaimsRegistry(now=now, leeway=LEEWAY_SECONDS, exp={"essential": True}, iat={"essential": True})
        try:
            times.validate({name: claims[name] for name in ("exp", "iat", "nbf") if name in claims})
        except ExpiredTokenError as fault:
            raise Refused(Reason.EXPIRED) from fault
        except JoseError as fault:
            raise Refused(Reason.TIMES) from fault
        if not 0 < claims["exp"] - claims["iat"] <= profile.max_lifetime_seconds:
            raise Refused(Reason.LIFETIME)
        audience = jwt.JWTClaimsRegistry(aud={"essential": True, "value": profile.audience})
        try:
            audience.validate({"aud": claims.get("aud")})
        except JoseError as fault:
            raise Refused(Reason.AUDIENCE) from fault
        if not ID_TOKEN_CLAIMS.isdisjoint(claims) or claims.get("token_type", "Bearer") != "Bearer":
            raise Refused(Reason.NOT_ACCESS_TOKEN)
        if "cnf" in claims:
            raise Refused(Reason.BOUND)

    def _recall(self, digest: bytes) -> Caller | None:
        verified = self._verified.get(digest)
        if verified is None:
            return None
        current = verified.generation == self._keys.generation(verified.profile)
        if not current or verified.caller.expires_at <= self._clock.now().timestamp():
            del self._verified[digest]
            return None
        self._verified.move_to_end(digest)
        return verified.caller

    def _store(self, digest: bytes, verified: _Verified) -> None:
        self._verified[digest] = verified
        if len(self._verified) > self._remember:
            self._verified.popitem(last=False)


def bearer_token(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The token of the one Authorization header. Raises Refused."""
    values = [value for name, value in headers if name == b"authorization"]
    if not values:
        raise Refused(Reason.MISSING)
    if len(values) > 1:
        raise Refused(Reason.REPEATED)
    if len(values[0]) > MAX_HEADER_BYTES:
        raise Refused(Reason.TOO_LONG)
    scheme, _, token = values[0].partition(b" ")
    if scheme.lower() != b"bearer":
        raise Refused(Reason.SCHEME)
    if not token or b" " in token or b"," in token:
        raise Refused(Reason.FORM)
    return token


def _unverified(token: bytes) -> tuple[dict[str, Any], str]:
    """The header, checked, and the issuer that the token claims; nothing of it is believed yet. Raises Refused."""
    try:
        unread = jws.extract_compact(token)
        header = unread.headers()
        issuer = loads(unread.payload).get("iss")
    except (JoseError, ValueError, TypeError, AttributeError, RecursionError) as fault:
        raise Refused(Reason.FORM) from fault
    if not header.keys() <= ACCEPTED_HEADER:
        raise Refused(Reason.HEADER)
    kid, typ = header.get("kid"), header.get("typ", "JWT")
    if not isinstance(kid, str) or not kid:
        raise Refused(Reason.KEY_ID)
    if not isinstance(typ, str) or typ.lower() not in ACCESS_TYPES:
        raise Refused(Reason.NOT_ACCESS_TOKEN)
    if not isinstance(issuer, str):
        raise Refused(Reason.ISSUER)
    return header, issuer


def _signed_claims(token: bytes, key: RSAKey, profile: Profile) -> dict[str, Any]:
    try:
        return jwt.decode(token, key, algorithms=list(profile.algorithms)).claims
    except UnsupportedAlgorithmError as fault:
        raise Refused(Reason.ALGORITHM) from fault
    except (JoseError, ValueError, TypeError) as fault:
        raise Refused(Reason.SIGNATURE) from fault
