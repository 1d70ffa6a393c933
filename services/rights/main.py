"""The rights service as one application."""

from fastapi import FastAPI

from services.rights import worker
from services.rights.api import children
from services.rights.api.problems import PROBLEMS
from services.rights.settings import Settings
from services.rights.store.rulebook import rulebook
from shared import internal
from shared.app import Blueprint, create_service
from shared.clock import Clock
from shared.serve import serve
from shared.worker import part


def create(settings: Settings | None = None, *, clock: Clock | None = None) -> FastAPI:
    """The API and, unless SOMLOS_RUN says otherwise, the worker. A bad data file stops the start."""
    rulebook()
    chosen = settings or Settings()
    parts = (part(worker.definition(chosen, clock=clock)),) if chosen.somlos_run == "all" else ()
    blueprint = Blueprint(
        name="rights", settings=chosen, routers=(children.router, internal.router), problems=PROBLEMS, parts=parts
    )
    return create_service(blueprint, clock=clock)


if __name__ == "__main__":
    serve("services.rights.main:create", port=Settings().rights_port)
