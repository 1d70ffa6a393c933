"""The mapping service as one application."""

from fastapi import FastAPI

from services.mapping import worker
from services.mapping.api import access_log, children, decisions, facts, grants, history, profile
from services.mapping.api import internal as by_reference
from services.mapping.api.knowledge import Knowledge
from services.mapping.api.problems import PROBLEMS
from services.mapping.clients.register import PopulationRegister
from services.mapping.settings import Settings
from services.mapping.store.access_views import add_own
from shared import internal
from shared.app import Blueprint, add_part, create_service
from shared.clock import Clock
from shared.serve import serve
from shared.worker import part

API = (children, profile, history, grants, access_log, facts, decisions, by_reference, internal)


def create(settings: Settings | None = None, *, clock: Clock | None = None) -> FastAPI:
    """The API and, unless SOMLOS_RUN says otherwise, the worker. A bad data file stops the start."""
    chosen = settings or Settings()
    knowledge = Knowledge.of(chosen)
    parts = [add_part("register", lambda _: PopulationRegister(chosen.register_url))]
    if chosen.somlos_run == "all":
        parts.append(part(worker.definition(chosen, clock=clock)))
    routers = tuple(module.router for module in API)
    blueprint = Blueprint(
        name="mapping", settings=chosen, routers=routers, problems=PROBLEMS, parts=parts, tell=add_own
    )
    app = create_service(blueprint, clock=clock)
    app.state.knowledge = knowledge
    return app


if __name__ == "__main__":
    serve("services.mapping.main:create", port=Settings().mapping_port)
