"""The gateway as a process, the two issuers it trusts, and the tokens they would sign."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.responses import JSONResponse, Response

from tests.bench.world import Running, World
from tests.gateway.issuer import MUNICIPALITY
from tests.support.keeper import free_port
from tests.support.servers import served

AUDIENCE = "http://localhost:8080"
HOUR = 3500
NOWHERE = "http://127.0.0.1:9"
_RATES = {
    f"{kind}_{what}".upper(): "1000000" for kind in ("citizen", "public", "machine") for what in ("rate", "burst")
}


@dataclass(frozen=True)
class Issuers:
    """One key that signs for both; `address` is where their documents are."""

    address: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "bench", "use": "sig"}))

    def citizen(self, pid: str) -> str:
        """A person's access token."""
        return self._sign("/idporten", {"pid": pid, "acr": "idporten-loa-high", "scope": "openid"})

    def organisation(self, scope: str, org: str = MUNICIPALITY) -> str:
        """An organisation's access token."""
        consumer = {"authority": "iso6523-actorid-upis", "ID": f"0192:{org}"}
        return self._sign("/maskinporten", {"consumer": consumer, "scope": scope})

    def _sign(self, issuer: str, claims: Mapping[str, Any]) -> str:
        now = int(time.time())
        times = {"iss": self.address + issuer, "aud": AUDIENCE, "iat": now, "exp": now + HOUR}
        return jwt.encode({"alg": "RS256", "kid": "bench"}, {**times, **claims}, self.key)

    def app(self) -> FastAPI:
        """Their documents, and the one key."""
        app = FastAPI(openapi_url=None)

        @app.get("/{issuer}/.well-known/{document}")
        async def about(issuer: str, document: str) -> Response:
            address = f"{self.address}/{issuer}"
            return JSONResponse({"issuer": address, "jwks_uri": address + "/jwks"})

        @app.get("/{issuer}/jwks")
        async def jwks(issuer: str) -> Response:
            return JSONResponse({"keys": [self.key.as_dict(private=False)]})

        return app


@asynccontextmanager
async def open_door(world: World, urls: Mapping[str, str]) -> AsyncIterator[tuple[Running, Issuers]]:
    """The gateway before these services (`{"mapping": url}`; the others are out of reach), with its limits out of the way."""
    port = free_port()
    issuers = Issuers(f"http://127.0.0.1:{port}")
    names = ("mapping", "rights", "catalog", "applications", "status")
    settings = {
        **{f"{name.upper()}_URL": urls.get(name, NOWHERE) for name in names},
        **_RATES,
        "ENVIRONMENT": "test",
        "KEYS_DIR": str(world.keys.public),
        "SIGNING_KEY_FILE": str(world.keys.private("gateway")),
        "TRACES_DIR": str(world.folder / "traces"),
        "PUBLIC_URL": AUDIENCE,
        "IDPORTEN_ISSUER": issuers.address + "/idporten",
        "MASKINPORTEN_ISSUER": issuers.address + "/maskinporten",
        "IDPORTEN_DISCOVERY_URL": issuers.address + "/idporten/.well-known/it",
        "MASKINPORTEN_DISCOVERY_URL": issuers.address + "/maskinporten/.well-known/it",
        "SOMLOS_RUN": "api",
    }
    async with served(issuers.app(), port=port), world.process("gateway.main:create", settings) as gateway:
        yield gateway, issuers


def bearer(token: str | None) -> dict[str, str]:
    """The headers of a login; none for the public."""
    return {"Authorization": f"Bearer {token}"} if token else {}
