"""The two issuers we trust, and what a token of each must say. The caller's kind comes from here, never from which claims exist."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from secrets import token_bytes
from typing import Any

from gateway.edge.errors import Reason, Refused
from shared.auth.principals import Kind
from shared.domain import NationalId, OrganisationNumber

ACR_HIGH = "idporten-loa-high"
ORGANISATION_AUTHORITY = "iso6523-actorid-upis"
ORGANISATION_PREFIX = "0192:"  # ISO 6523 code of Enhetsregisteret
MAX_LIFETIME_SECONDS = 3600
_SALT = token_bytes(16)  # limits are counted per process, so the keys need no life beyond it


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is outside the door, as a verified token says it."""

    kind: Kind
    expires_at: float
    scopes: frozenset[str]
    bucket: bytes
    national_id: NationalId | None = None
    org: str | None = None
    supplier: str | None = None


Reader = Callable[[Mapping[str, Any]], Caller]


@dataclass(frozen=True, slots=True)
class Profile:
    """One issuer: matched by `issuer` exactly, its own keys, its own rules."""

    name: str
    issuer: str
    discovery_url: str
    audience: str
    read: Reader
    algorithms: tuple[str, ...] = ("RS256",)
    max_lifetime_seconds: int = MAX_LIFETIME_SECONDS
    scope: str | None = None


def idporten(
    issuer: str, *, audience: str, discovery_url: str, scope: str | None = None, synthetic: bool = False
) -> Profile:
    """People. `synthetic`: whether test persons (month + 80) may log in."""

    def read(claims: Mapping[str, Any]) -> Caller:
        if claims.get("acr") != ACR_HIGH:
            raise Refused(Reason.LEVEL)
        person = _person(claims.get("pid"))
        if person.is_synthetic and not synthetic:
            raise Refused(Reason.PERSON)
        return Caller(
            Kind.CITIZEN, claims["exp"], scopes_of(claims), _bucket(Kind.CITIZEN, person.value), national_id=person
        )

    return Profile("idporten", issuer, discovery_url, audience, read, scope=scope)


def maskinporten(issuer: str, *, audience: str, discovery_url: str) -> Profile:
    """Organisations. A `pid` in such a token is not a login and is not read."""

    def read(claims: Mapping[str, Any]) -> Caller:
        org = _organisation(claims.get("consumer"))
        supplier = _organisation(claims["supplier"]) if "supplier" in claims else None
        if supplier and not isinstance(claims.get("delegation_source"), str):
            raise Refused(Reason.ORGANISATION)
        return Caller(
            Kind.MACHINE, claims["exp"], scopes_of(claims), _bucket(Kind.MACHINE, org), org=org, supplier=supplier
        )

    return Profile("maskinporten", issuer, discovery_url, audience, read)


def scopes_of(claims: Mapping[str, Any]) -> frozenset[str]:
    """The scopes of an access token. Raises Refused when there are none, as in an ID token."""
    scope = claims.get("scope")
    if not isinstance(scope, str) or not scope.split():
        raise Refused(Reason.SCOPE)
    return frozenset(scope.split(" "))


def _person(pid: object) -> NationalId:
    try:
        return NationalId(pid if isinstance(pid, str) else "")
    except ValueError as fault:
        raise Refused(Reason.PERSON) from fault


def _organisation(claim: object) -> str:
    """The number in `{"authority": "iso6523-actorid-upis", "ID": "0192:<orgnr>"}`."""
    if not isinstance(claim, dict) or claim.get("authority") != ORGANISATION_AUTHORITY:
        raise Refused(Reason.ORGANISATION)
    identifier = claim.get("ID")
    if not isinstance(identifier, str) or not identifier.startswith(ORGANISATION_PREFIX):
        raise Refused(Reason.ORGANISATION)
    try:
        return OrganisationNumber(identifier.removeprefix(ORGANISATION_PREFIX)).value
    except ValueError as fault:
        raise Refused(Reason.ORGANISATION) from fault


def _bucket(kind: Kind, identity: str) -> bytes:
    """What the rate limit counts on: tells callers apart without keeping who they are."""
    return blake2b(f"{kind}:{identity}".encode(), key=_SALT, digest_size=16).digest()
