"""The status service as a process."""

from fastapi import FastAPI

from services.status import worker
from services.status.api import cases, complaint_inbox, complaint_parties, complaints
from services.status.api.desk import Shelf
from services.status.api.problems import PROBLEMS
from services.status.clients.applications import ApplicationsClient
from services.status.clients.mapping import MappingClient
from services.status.domain.outlook import Law
from services.status.settings import Settings
from services.status.store import acts, authorities, complaint_rules, complaint_words, deadlines, rights, wordings
from shared import internal
from shared import worker as shared_worker
from shared.app import Blueprint, add_part, create_service
from shared.auth.worker_tokens import WorkerTokens
from shared.clock import Clock
from shared.public_holidays import PublicHolidays
from shared.serve import serve

ROUTERS = (cases.router, complaints.router, complaint_inbox.router, complaint_parties.router, internal.router)


def create(settings: Settings | None = None, *, clock: Clock | None = None) -> FastAPI:
    """The API and, unless SOMLOS_RUN says otherwise, the worker. A bad data file stops the start."""
    chosen = settings or Settings()
    law = Law(deadlines.load(), rights.load(), PublicHolidays(), complaint_rules.load())
    shelf = Shelf(
        law, wordings.load(), complaint_words.load(), authorities.load(chosen.organisations_file), acts.load()
    )
    parts = [
        add_part("mapping", lambda app: MappingClient(chosen.mapping_url, app.state.signer)),
        add_part("applications", lambda app: ApplicationsClient(chosen.applications_url, _tokens(app, chosen))),
    ]
    if chosen.somlos_run == "all":
        parts.append(shared_worker.part(worker.definition(chosen, clock=clock)))
    blueprint = Blueprint(name="status", settings=chosen, routers=ROUTERS, problems=PROBLEMS, parts=parts)
    app = create_service(blueprint, clock=clock)
    app.state.shelf = shelf
    return app


def _tokens(app: FastAPI, settings: Settings) -> WorkerTokens:
    return WorkerTokens(app.state.signer, settings.mapping_url)


if __name__ == "__main__":
    serve("services.status.main:create", port=Settings().status_port)
