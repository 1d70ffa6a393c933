"""What the door needs while it is open: one client for all services, the verifier, the exchange and the proxy."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson

from gateway.edge.exchange import Exchange
from gateway.edge.keys import DiscoveryFailed, FetchJson, IssuerKeys
from gateway.edge.limits import Rate, RateLimit
from gateway.edge.profiles import Profile, idporten, maskinporten
from gateway.edge.proxy import Proxy, open_session
from gateway.edge.verify import TokenVerifier
from gateway.settings import Settings
from shared.auth.principals import Kind
from shared.auth.tokens import Signer, read_key
from shared.clock import Clock
from shared.settings import Environment

ISSUER_TIMEOUT = aiohttp.ClientTimeout(total=3, sock_connect=1)
MAX_DOCUMENT_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Inside:
    """The open door's parts."""

    session: aiohttp.ClientSession
    verifier: TokenVerifier
    exchange: Exchange
    proxy: Proxy
    limits: dict[Kind, RateLimit]


@asynccontextmanager
async def open_inside(settings: Settings, clock: Clock, fetch: FetchJson | None = None) -> AsyncIterator[Inside]:
    """Opens the client; closes it at the end."""
    async with open_session() as session:
        profiles = trusted(settings)
        keys = IssuerKeys(
            profiles, fetch or fetch_json(session), clock, https_only=settings.environment is Environment.PROD
        )
        signer = Signer("gateway", read_key(settings.signing_key_file), clock)
        yield Inside(
            session=session,
            verifier=TokenVerifier(profiles, keys, clock),
            exchange=Exchange(signer, session, settings.mapping_url, clock),
            proxy=Proxy(session, settings.addresses),
            limits=_limits(settings),
        )


def trusted(settings: Settings) -> tuple[Profile, ...]:
    """The two issuers of these settings. Test persons log in anywhere but in prod."""
    audience = settings.accepted_audience
    return (
        idporten(
            settings.idporten_issuer,
            audience=audience,
            discovery_url=settings.idporten_discovery,
            scope=settings.idporten_scope,
            synthetic=settings.environment is not Environment.PROD,
        ),
        maskinporten(settings.maskinporten_issuer, audience=audience, discovery_url=settings.maskinporten_discovery),
    )


def fetch_json(session: aiohttp.ClientSession) -> FetchJson:
    """Fetches an issuer's document: no redirects, bounded in size and time."""

    async def fetch(url: str) -> Any:
        try:
            async with session.get(
                url, timeout=ISSUER_TIMEOUT, allow_redirects=False, headers={"Accept": "application/json"}
            ) as answer:
                content = await answer.content.read(MAX_DOCUMENT_BYTES)
                if not answer.ok or not answer.content.at_eof():
                    raise DiscoveryFailed("no usable answer")
                return orjson.loads(content)
        except (aiohttp.ClientError, TimeoutError, ValueError) as fault:
            raise DiscoveryFailed("no answer") from fault

    return fetch


def _limits(settings: Settings) -> dict[Kind, RateLimit]:
    rates = {
        Kind.CITIZEN: Rate(settings.citizen_rate, settings.citizen_burst),
        Kind.MACHINE: Rate(settings.machine_rate, settings.machine_burst),
        Kind.PUBLIC: Rate(settings.public_rate, settings.public_burst),
    }
    return {kind: RateLimit(rate, monotonic=time.monotonic) for kind, rate in rates.items()}
