"""The authority asks the family for documentation."""

from datetime import date
from uuid import UUID

from services.applications.domain.application import Application
from services.applications.domain.documentation import DocumentationRequest, require_answerable_by, require_room
from services.applications.domain.step import Step, take
from services.applications.store import applications, documentation_requests
from shared.db.transaction import Transaction
from shared.domain import StaleVersion
from shared.events.applications import ApplicationStatus, ApplicationStatusChanged


async def request_documentation(
    tx: Transaction, application_id: UUID, what: str, deadline: date, *, version: int
) -> tuple[Application, DocumentationRequest]:
    """The application, which now waits for the family, and what it was asked for. Raises NotFound, StaleVersion, WrongStep or InvalidInput."""
    application = await applications.find(tx, application_id, lock=True)
    if application.version != version:
        raise StaleVersion(version, application.version)
    waiting = take(application, Step.DOCUMENTATION_REQUEST, at=tx.at)
    require_room(await documentation_requests.how_many(tx, application_id))
    require_answerable_by(deadline, today=tx.today())
    request = DocumentationRequest(tx.new_id(), application_id, application.child_id, what, deadline, tx.at)
    await documentation_requests.add(tx, request, tx.principal.org or "")
    await applications.move(tx, waiting)
    event = ApplicationStatusChanged(
        application_id=waiting.id,
        child_id=waiting.child_id,
        status=ApplicationStatus.DOCUMENTATION_REQUESTED,
        changed_at=tx.at,
        version=waiting.version,
    )
    await tx.emit(event, version=waiting.version)
    return waiting, request
