"""The status service as a process."""

from fastapi import FastAPI

from services.status import worker
from services.status.api import cases
from services.status.api.desk import Shelf
from services.status.api.problems import PROBLEMS
from services.status.domain.outlook import Law
from services.status.settings import Settings
from services.status.store import authorities, deadlines, rights, wordings
from shared import internal
from shared import worker as shared_worker
from shared.app import Blueprint, create_service
from shared.clock import Clock
from shared.public_holidays import PublicHolidays
from shared.serve import serve


def create(settings: Settings | None = None, *, clock: Clock | None = None) -> FastAPI:
    """The API and, unless SOMLOS_RUN says otherwise, the worker. A bad data file stops the start."""
    chosen = settings or Settings()
    law = Law(deadlines.load(), rights.load(), PublicHolidays())
    shelf = Shelf(law, wordings.load(), authorities.load(chosen.organisations_file))
    parts = (shared_worker.part(worker.definition(chosen, clock=clock)),) if chosen.somlos_run == "all" else ()
    blueprint = Blueprint(
        name="status", settings=chosen, routers=(cases.router, internal.router), problems=PROBLEMS, parts=parts
    )
    app = create_service(blueprint, clock=clock)
    app.state.shelf = shelf
    return app


if __name__ == "__main__":
    serve("services.status.main:create", port=Settings().status_port)
