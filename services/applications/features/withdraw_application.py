"""The applicant takes an application back."""

from uuid import UUID

from services.applications.domain.application import Application, withdraw
from services.applications.store import applications
from shared.db.transaction import Transaction
from shared.domain import StaleVersion
from shared.events.applications import ApplicationStatus, ApplicationStatusChanged


async def withdraw_application(tx: Transaction, application_id: UUID, *, revision: int) -> Application:
    """The withdrawn application. Whoever was told of the submission is told of this; a draft nobody was told of just ends."""
    application = await applications.find(tx, application_id, lock=True)
    application.require_applicant(tx.principal.person)
    if application.revision != revision:
        raise StaleVersion(revision, application.revision)
    withdrawn = withdraw(application, at=tx.at)
    await applications.save(tx, withdrawn)
    if withdrawn.version > application.version:
        event = ApplicationStatusChanged(
            application_id=withdrawn.id,
            child_id=withdrawn.child_id,
            status=ApplicationStatus.WITHDRAWN,
            changed_at=tx.at,
            version=withdrawn.version,
        )
        await tx.emit(event, version=withdrawn.version)
    return withdrawn
