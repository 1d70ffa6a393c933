"""The family answers what the authority asked for."""

from uuid import UUID

from services.applications.domain.application import Application
from services.applications.domain.documentation import Said, answer
from services.applications.domain.handling import Handling
from services.applications.domain.step import Step, take
from services.applications.store import applications, attachments, documentation_requests
from shared.db.transaction import Transaction
from shared.domain import NotFound, StaleVersion
from shared.events.applications import ApplicationStatus, ApplicationStatusChanged


async def answer_documentation(
    tx: Transaction, application_id: UUID, request_id: UUID, said: Said, *, revision: int
) -> Application:
    """The application, with the authority again; from now on it has the attachments. Raises NotFound, NotTheApplicant, StaleVersion, WrongStep or InvalidInput."""
    application = await applications.find(tx, application_id, lock=True)
    application.require_applicant(tx.principal.person)
    request = Handling(requests=await documentation_requests.of(tx, application_id)).request(request_id)
    if application.revision != revision:
        raise StaleVersion(revision, application.revision)
    answered = take(application, Step.ANSWER, at=tx.at)
    if answered.address is None:
        raise NotFound
    attached = await attachments.of(tx, application_id)
    request = answer(request, said, attached, at=tx.at)
    await documentation_requests.save_answer(tx, request)
    await attachments.send(tx, application_id, request.attachments, orgnr=answered.address.orgnr, request_id=request.id)
    await applications.move(tx, answered)
    event = ApplicationStatusChanged(
        application_id=answered.id,
        child_id=answered.child_id,
        status=ApplicationStatus.RECEIVED,
        changed_at=tx.at,
        version=answered.version,
    )
    await tx.emit(event, version=answered.version)
    return answered
