"""The OpenAPI documents of the services and of the gateway, from their code alone: no server, no database."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from deploy.local.layout import SERVICES
from gateway.edge.openapi import join
from gateway.edge.routes import ROUTES, SELF
from gateway.overview import api as overview
from tests.support.clock import MovableClock
from tests.support.keys import make_keys
from tests.support.running import environment, make

Document = dict[str, Any]
PUBLIC_URL, IDPORTEN, MASKINPORTEN = (
    "https://api.example.test",
    "https://idporten.example.test",
    "https://maskinporten.example.test",
)


@cache
def documents() -> dict[str, Document]:
    """Each service's own document, and the gateway's."""
    with tempfile.TemporaryDirectory(prefix="somlos-contracts-") as temporary:
        folder, clock = Path(temporary), MovableClock()
        keys = make_keys(folder / "keys")
        found: dict[str, Document] = {
            name: make(name, environment(name, folder=folder, keys=keys), clock).openapi() for name in SERVICES
        }
    own = FastAPI(title="Sømløs gateway", version="1", separate_input_output_schemas=False)
    own.include_router(overview.router)
    found[SELF] = own.openapi()
    return found


def joined() -> Document:
    """What the gateway publishes at /openapi.json."""
    discovery, token = f"{IDPORTEN}/.well-known/openid-configuration", f"{MASKINPORTEN}/token"
    return join(documents(), ROUTES, public_url=PUBLIC_URL, idporten_discovery=discovery, maskinporten_token=token)
