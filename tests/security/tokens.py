"""Tokens that no service may take, each false in one way."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey
from joserfc.jws import JWSRegistry

from shared.auth.principals import Kind, Principal, Subject
from shared.auth.tokens import ACCESS_TYPE, ASSERTION_TYPE, LIFETIME_SECONDS, claims_of, read_key
from tests.gateway.issuer import Issuers
from tests.support.town import Town

LEEWAY_SECONDS = 5


def false_tokens(town: Town, audience: str) -> Iterator[tuple[str, str | None]]:
    """(what is false, the Authorization header); None: no header."""
    everyone = Principal(Kind.CITIZEN, str(uuid4()), subjects={uuid4(): Subject("guardian")}, action="child.read")
    other = "rights" if audience != "rights" else "status"
    good = town.keys.token(audience, everyone, town.clock)
    yield "no token", None
    yield "an empty token", "Bearer "
    yield "no bearer", f"Basic {good}"
    yield "another service's", f"Bearer {town.keys.token(other, everyone, town.clock)}"
    yield "the gateway's as audience", f"Bearer {town.keys.token('gateway', everyone, town.clock)}"
    yield "a changed signature", f"Bearer {good[:-6]}{'A' * 6}"
    yield "without a signature", f"Bearer {good.rpartition('.')[0]}."
    yield "an assertion", f"Bearer {town.keys.signer('gateway', town.clock).assertion(audience)}"
    yield "a login from outside", f"Bearer {Issuers(town.clock).citizen()}"
    for why, claims, header in _forged(town, audience, everyone):
        yield why, f"Bearer {_signed(town, claims, header)}"
    yield "unsigned", f"Bearer {_unsigned(_claims(town, audience, everyone))}"
    yield "signed with a public key as secret", f"Bearer {_with_public_key(town, _claims(town, audience, everyone))}"
    yield "signed by a key of its own", f"Bearer {_own_key(_claims(town, audience, everyone))}"


def _forged(town: Town, audience: str, who: Principal) -> Iterator[tuple[str, dict[str, Any], dict[str, str]]]:
    now, claims = int(town.clock.now().timestamp()), _claims(town, audience, who)
    gateway = {"kid": "gateway", "typ": ACCESS_TYPE}
    old, early = now - LIFETIME_SECONDS - LEEWAY_SECONDS, now + LEEWAY_SECONDS + 1
    yield "expired", {**claims, "iat": old, "exp": old + LIFETIME_SECONDS}, gateway
    yield "not yet valid", {**claims, "iat": early, "exp": early + LIFETIME_SECONDS}, gateway
    yield "living for an hour", {**claims, "exp": now + 3600}, gateway
    yield "without an end", {key: value for key, value in claims.items() if key != "exp"}, gateway
    yield "of another issuer", {**claims, "iss": "somlos-mapping"}, gateway
    yield "of the wrong type", claims, {**gateway, "typ": "JWT"}
    yield "an assertion's type", claims, {**gateway, "typ": ASSERTION_TYPE}
    yield "signed by a service that signs no tokens", {**claims, "iss": "somlos-catalog"}, {**gateway, "kid": "catalog"}
    yield "for two services", {**claims, "aud": [audience, "rights"]}, gateway
    yield "of an unknown kind", {**claims, "kind": "admin"}, gateway


def _claims(town: Town, audience: str, who: Principal) -> dict[str, Any]:
    now = int(town.clock.now().timestamp())
    times = {"iss": "somlos-gateway", "iat": now, "exp": now + LIFETIME_SECONDS, "jti": uuid4().hex}
    return {**times, "aud": audience, **claims_of(who)}


def _signed(town: Town, claims: Mapping[str, Any], header: Mapping[str, str]) -> str:
    registry = JWSRegistry(algorithms=["Ed25519"])
    key = read_key(town.keys.private(header["kid"]))
    return jwt.encode({"alg": "Ed25519", **header}, dict(claims), key, registry=registry)


def _own_key(claims: Mapping[str, Any]) -> str:
    key = OKPKey.generate_key("Ed25519", {"kid": "gateway"})
    header = {"alg": "Ed25519", "kid": "gateway", "typ": ACCESS_TYPE}
    return jwt.encode(header, dict(claims), key, registry=JWSRegistry(algorithms=["Ed25519"]))


def _with_public_key(town: Town, claims: Mapping[str, Any]) -> str:
    secret = OctKey.import_key((town.keys.public / "gateway.public.jwk.json").read_bytes())
    header = {"alg": "HS256", "kid": "gateway", "typ": ACCESS_TYPE}
    return jwt.encode(header, dict(claims), secret, registry=JWSRegistry(algorithms=["HS256"]))


def _unsigned(claims: Mapping[str, Any]) -> str:
    parts = ({"alg": "none", "kid": "gateway", "typ": ACCESS_TYPE}, claims)
    return ".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts) + "."
