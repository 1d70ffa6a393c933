"""The catalog's list twice: as the service has it, and as FastAPI alone would."""

from fastapi import FastAPI

from services.catalog.api import services
from services.catalog.main import create as create_catalog
from services.catalog.store.catalogue import catalogue
from shared.auth.principals import PUBLIC, Principal
from shared.clock import SystemClock

PATH = "/catalog/v1/services"


class Nobody:
    """Stands for the verifier: everyone is the public, no token is looked at."""

    def principal(self, token: str) -> Principal:
        """The public."""
        return PUBLIC


def whole() -> FastAPI:
    """With everything that the service has around an endpoint: span, log line, request id, limits, token, problems."""
    return create_catalog()


def bare() -> FastAPI:
    """FastAPI with the same router, and nothing else."""
    catalogue()
    app = FastAPI(openapi_url=None)
    app.state.clock, app.state.verifier = SystemClock(), Nobody()
    app.include_router(services.router)

    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {}

    return app
