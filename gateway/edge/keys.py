"""The issuers' public keys: found by discovery at first use, asked for again sparingly, never shared between issuers."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from gateway.edge.profiles import Profile
from shared.clock import Clock
from shared.domain import Unavailable

REFRESH_PAUSE_SECONDS = 60
FIRST_PAUSE_SECONDS = 1
FRESH_SECONDS = 3600
STALE_SECONDS = 24 * 3600
MIN_RSA_BITS = 2048

FetchJson = Callable[[str], Awaitable[Any]]


class DiscoveryFailed(Exception):
    """The issuer is away or says something that cannot be used."""


@dataclass(slots=True)
class _Keys:
    """What is known of one issuer. `generation` changes when a key is withdrawn."""

    by_id: dict[str, RSAKey] = field(default_factory=dict)
    fetched_at: float | None = None
    tried_at: float | None = None
    generation: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class IssuerKeys:
    """Key by issuer and key id. `fetch(url)` returns parsed JSON or raises DiscoveryFailed."""

    def __init__(
        self, profiles: tuple[Profile, ...], fetch: FetchJson, clock: Clock, *, https_only: bool = False
    ) -> None:
        self._fetch, self._clock, self._https_only = fetch, clock, https_only
        self._known: Mapping[str, _Keys] = {profile.issuer: _Keys() for profile in profiles}

    def generation(self, profile: Profile) -> int:
        """Rises when the issuer withdraws a key: what was verified before must be verified again."""
        return self._known[profile.issuer].generation

    async def find(self, profile: Profile, key_id: str) -> RSAKey | None:
        """The issuer's key with that id. An unknown id asks the issuer again, at most once a minute. Raises Unavailable when no keys could be had."""
        known = self._known[profile.issuer]
        if key_id in known.by_id and not self._is_old(known):
            return known.by_id[key_id]
        async with known.lock:  # whoever comes while the issuer is being asked waits for what it says
            if self._must_ask(known, key_id):
                await self._refresh(profile, known)
        if known.fetched_at is None or self._now() - known.fetched_at > STALE_SECONDS:
            raise Unavailable(profile.name)
        return known.by_id.get(key_id)

    def _must_ask(self, known: _Keys, key_id: str) -> bool:
        if known.tried_at is None:
            return True
        since = self._now() - known.tried_at
        if known.fetched_at is None:
            return since >= FIRST_PAUSE_SECONDS
        return (self._is_old(known) or key_id not in known.by_id) and since >= REFRESH_PAUSE_SECONDS

    def _is_old(self, known: _Keys) -> bool:
        return known.fetched_at is None or self._now() - known.fetched_at > FRESH_SECONDS

    async def _refresh(self, profile: Profile, known: _Keys) -> None:
        known.tried_at = self._now()
        try:
            fresh = await self._ask(profile)
        except DiscoveryFailed:
            return  # the keys we have go on; find() decides when they are too old
        if any(
            key_id not in fresh or fresh[key_id].thumbprint() != key.thumbprint() for key_id, key in known.by_id.items()
        ):
            known.generation += 1
        known.by_id, known.fetched_at = fresh, known.tried_at

    async def _ask(self, profile: Profile) -> dict[str, RSAKey]:
        about = await self._fetch(profile.discovery_url)
        if not isinstance(about, dict) or about.get("issuer") != profile.issuer:
            raise DiscoveryFailed("the discovery document is another issuer's")
        address = about.get("jwks_uri")
        if not isinstance(address, str) or (self._https_only and not address.startswith("https://")):
            raise DiscoveryFailed("the address of the keys cannot be used")
        found = await self._fetch(address)
        entries = found.get("keys") if isinstance(found, dict) else None
        if not isinstance(entries, list):
            raise DiscoveryFailed("no list of keys")
        return {entry["kid"]: key for entry in entries if (key := _usable(entry, profile.algorithms))}

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _usable(entry: Any, algorithms: tuple[str, ...]) -> RSAKey | None:
    """The public key of a JWK that may verify a token here, or None."""
    if not isinstance(entry, dict) or entry.get("kty") != "RSA" or not isinstance(entry.get("kid"), str):
        return None
    if entry.get("use", "sig") != "sig" or entry.get("alg", algorithms[0]) not in algorithms:
        return None
    try:
        key = RSAKey.import_key({"kty": "RSA", "n": entry["n"], "e": entry["e"], "kid": entry["kid"]})
        return key if key.public_key.key_size >= MIN_RSA_BITS else None
    except (JoseError, KeyError, ValueError, TypeError):
        return None
