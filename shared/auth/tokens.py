"""Internal tokens and assertions: who signs them, what they must hold, how they are checked."""

import json
from collections import OrderedDict
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

from shared.auth.principals import Kind, Principal, Subject
from shared.clock import Clock
from shared.problems import Unauthenticated

ALGORITHM = "Ed25519"
LIFETIME_SECONDS = 60
LEEWAY_SECONDS = 5
ACCESS_TYPE = "at+jwt"
ASSERTION_TYPE = "assertion+jwt"
TOKEN_SIGNERS = ("gateway", "mapping")
_REGISTRY = JWSRegistry(algorithms=[ALGORITHM])
_REMEMBERED = 1000


def read_key(path: Path) -> OKPKey:
    """A JWK file (Ed25519). Raises OSError or ValueError."""
    return OKPKey.import_key(json.loads(path.read_text(encoding="utf-8")))


def read_public_keys(folder: Path) -> dict[str, OKPKey]:
    """Every `<name>.public.jwk.json` of the folder, by name."""
    suffix = ".public.jwk.json"
    return {path.name.removesuffix(suffix): read_key(path) for path in sorted(folder.glob("*" + suffix))}


class Signer:
    """Signs internal tokens and assertions with this process's own key."""

    def __init__(self, name: str, key: OKPKey, clock: Clock) -> None:
        self.name, self._key, self._clock = name, key, clock

    def assertion(self, audience: str) -> str:
        """Who we are, for a request to mapping; valid 60 s."""
        return self._sign(ASSERTION_TYPE, {"sub": self.name, "aud": audience})

    def token(self, audience: str, principal: Principal, *, language: str | None = None) -> str:
        """An internal token for one service; valid 60 s."""
        return self._sign(
            ACCESS_TYPE, {"aud": audience, **claims_of(principal)} | ({"lang": language} if language else {})
        )

    def _sign(self, typ: str, claims: dict[str, Any]) -> str:
        now = int(self._clock.now().timestamp())
        header = {"alg": ALGORITHM, "kid": self.name, "typ": typ}
        claims = {"iss": f"somlos-{self.name}", "iat": now, "exp": now + LIFETIME_SECONDS, "jti": uuid4().hex, **claims}
        return jwt.encode(header, claims, self._key, registry=_REGISTRY)


class Verifier:
    """Checks internal tokens (two signers only) and assertions (any known name). Raises Unauthenticated."""

    def __init__(self, audience: str, keys: Mapping[str, OKPKey], clock: Clock) -> None:
        self._audience, self._keys, self._clock = audience, dict(keys), clock
        self._seen: OrderedDict[bytes, tuple[str, str, dict[str, Any]]] = OrderedDict()

    def principal(self, token: str) -> Principal:
        """Who the token says is calling."""
        signer, claims = self._verify(token, ACCESS_TYPE)
        if signer not in TOKEN_SIGNERS:
            raise Unauthenticated
        try:
            return principal_of(claims)
        except (KeyError, ValueError, TypeError, AttributeError) as fault:
            raise Unauthenticated from fault

    def caller(self, assertion: str) -> str:
        """The name of the process that signed the assertion."""
        signer, claims = self._verify(assertion, ASSERTION_TYPE)
        if claims.get("sub") != signer:
            raise Unauthenticated
        return signer

    def _verify(self, token: str, typ: str) -> tuple[str, dict[str, Any]]:
        """Who signed it, and its claims. A signature that was good is good: only the moment is looked at again."""
        digest = sha256(token.encode("utf-8", "surrogatepass")).digest()
        seen = self._seen.get(digest)
        signer, said_typ, claims = seen or self._signed(token)
        now = self._clock.now().timestamp()
        fresh = (
            said_typ == typ
            and claims.get("iss") == f"somlos-{signer}"
            and claims.get("aud") == self._audience
            and _is_moment(claims.get("exp"))
            and _is_moment(claims.get("iat"))
            and claims["exp"] > now - LEEWAY_SECONDS
            and claims["iat"] < now + LEEWAY_SECONDS
            and claims["exp"] - claims["iat"] <= LIFETIME_SECONDS
        )
        if not fresh:
            raise Unauthenticated
        if seen is None:
            self._remember(digest, (signer, said_typ, claims))
        return signer, claims

    def _remember(self, digest: bytes, found: tuple[str, str, dict[str, Any]]) -> None:
        self._seen[digest] = found
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)

    def _signed(self, token: str) -> tuple[str, str, dict[str, Any]]:
        """Signer, type and claims of a token whose signature is good. Raises Unauthenticated."""
        signer = ""

        def key(obj: Any) -> OKPKey:
            nonlocal signer
            signer = str(obj.headers().get("kid"))
            return self._keys[signer]

        try:
            decoded = jwt.decode(token, key, registry=_REGISTRY)
        except (JoseError, KeyError, ValueError, TypeError) as fault:
            raise Unauthenticated from fault
        return signer, str(decoded.header.get("typ")), decoded.claims


def _is_moment(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def claims_of(principal: Principal) -> dict[str, Any]:
    """The principal as claims."""
    claims: dict[str, Any] = {
        "sub": principal.id,
        "kind": principal.kind.value,
        "subjects": {str(k): subject_claim(v) for k, v in principal.subjects.items()},
    }
    optional = {
        "org": principal.org,
        "purpose": principal.purpose,
        "action": principal.action,
        "service": principal.service,
        "scope": " ".join(sorted(principal.scopes)),
        "law_version": principal.law_version,
    }
    return claims | {k: v for k, v in optional.items() if v}


def subject_claim(subject: Subject) -> dict[str, Any]:
    """One subject as a claim; what is not said is left out."""
    claim: dict[str, Any] = {"ground": subject.ground}
    if subject.groups is not None:
        claim["groups"] = sorted(subject.groups)
    if subject.alias:
        claim["alias"] = subject.alias
    if subject.protected:
        claim["protected"] = True
    return claim


def subject_of(claim: Mapping[str, Any]) -> Subject:
    """One subject from its claim. Raises KeyError or TypeError."""
    groups = claim.get("groups")
    return Subject(
        str(claim["ground"]),
        None if groups is None else frozenset(groups),
        claim.get("alias"),
        bool(claim.get("protected")),
    )


def principal_of(claims: Mapping[str, Any]) -> Principal:
    """The principal from verified claims. Raises KeyError, ValueError or TypeError."""
    return Principal(
        kind=Kind(claims["kind"]),
        id=str(claims["sub"]),
        org=claims.get("org"),
        scopes=frozenset(str(claims.get("scope", "")).split()),
        purpose=claims.get("purpose"),
        action=claims.get("action"),
        subjects={UUID(k): subject_of(v) for k, v in claims.get("subjects", {}).items()},
        service=claims.get("service"),
        law_version=claims.get("law_version"),
    )
