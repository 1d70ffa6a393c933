"""The rights service as one application."""

from fastapi import FastAPI

from services.rights import worker
from services.rights.api import (
    children,
    evaluations,
    facts,
    local_rules,
    municipal_rules,
    next_questions,
    replays,
    rules,
    schemas,
    timeline,
)
from services.rights.api.problems import PROBLEMS
from services.rights.settings import Settings
from services.rights.store.municipalities import read_municipalities
from services.rights.store.rulebook import rulebook
from shared import internal
from shared.app import Blueprint, create_service
from shared.clock import Clock
from shared.serve import serve
from shared.worker import part

ROUTERS = (
    children.router,
    next_questions.router,
    timeline.router,
    replays.router,
    evaluations.router,
    rules.router,
    facts.router,
    schemas.router,
    local_rules.router,
    municipal_rules.router,
    internal.router,
)


def create(settings: Settings | None = None, *, clock: Clock | None = None) -> FastAPI:
    """The API and, unless SOMLOS_RUN says otherwise, the worker. A bad data file stops the start."""
    rulebook()
    chosen = settings or Settings()
    municipalities = read_municipalities(chosen.organisations_file)
    parts = (part(worker.definition(chosen, clock=clock)),) if chosen.somlos_run == "all" else ()
    blueprint = Blueprint(name="rights", settings=chosen, routers=ROUTERS, problems=PROBLEMS, parts=parts)
    app = create_service(blueprint, clock=clock)
    app.state.municipalities = municipalities
    return app


if __name__ == "__main__":
    serve("services.rights.main:create", port=Settings().rights_port)
