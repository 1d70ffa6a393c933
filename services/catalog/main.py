"""The catalog service as one application."""

from fastapi import FastAPI

from services.catalog.api import services
from services.catalog.api.problems import PROBLEMS
from services.catalog.settings import Settings
from services.catalog.store.catalogue import catalogue
from shared.app import Blueprint, create_service
from shared.clock import Clock
from shared.serve import serve


def create(settings: Settings | None = None, *, clock: Clock | None = None) -> FastAPI:
    """The API. A bad data file stops the start."""
    catalogue()
    blueprint = Blueprint(
        name="catalog", settings=settings or Settings(), routers=(services.router,), problems=PROBLEMS
    )
    return create_service(blueprint, clock=clock)


if __name__ == "__main__":
    serve("services.catalog.main:create", port=Settings().catalog_port)
