"""The applications service as a process."""

from fastapi import FastAPI

from services.applications import worker
from services.applications.api import (
    applications,
    attachments,
    decisions,
    documentation_answers,
    forms,
    inbox,
    party,
    submissions,
)
from services.applications.api.desk import Shelf
from services.applications.api.problems import PROBLEMS
from services.applications.clients.mapping import MappingClient
from services.applications.domain.attachment import MAX_BYTES
from services.applications.settings import Settings
from services.applications.store import complaint_law, organisations, wordings
from services.applications.store import forms as form_files
from services.applications.store.attachment_files import AttachmentFiles
from shared import internal
from shared import worker as shared_worker
from shared.app import DEFAULT_BODY_BYTES, Blueprint, add_part, create_service
from shared.clock import Clock
from shared.public_holidays import PublicHolidays
from shared.serve import serve

UPLOADS = r"/applications/v1/applications/[^/]+/attachments"
ROUTERS = (
    forms.router,
    applications.router,
    submissions.router,
    documentation_answers.router,
    attachments.router,
    inbox.router,
    decisions.router,
    party.router,
    internal.router,
)


def create(settings: Settings | None = None, *, clock: Clock | None = None) -> FastAPI:
    """Puts the service together."""
    chosen = settings or Settings()
    shelf = Shelf(
        form_files.load(),
        wordings.load(),
        organisations.load(chosen.organisations_file),
        complaint_law.load(PublicHolidays()),
    )
    parts = [add_part("mapping", lambda app: MappingClient(chosen.mapping_url, app.state.signer)), worker.sweeping]
    if chosen.somlos_run == "all":
        parts.append(shared_worker.part(worker.definition(chosen, clock=clock)))
    blueprint = Blueprint(
        name="applications",
        settings=chosen,
        routers=ROUTERS,
        problems=PROBLEMS,
        parts=parts,
        larger_bodies={UPLOADS: MAX_BYTES + DEFAULT_BODY_BYTES},
    )
    app = create_service(blueprint, clock=clock)
    app.state.shelf = shelf
    app.state.attachment_files = AttachmentFiles(chosen.attachments_dir, app.state.sealer)
    return app


if __name__ == "__main__":
    serve("services.applications.main:create", port=Settings().applications_port)
