"""The authority acknowledges that it has the application."""

from uuid import UUID

from services.applications.domain.application import Application
from services.applications.domain.handling import Receipt
from services.applications.domain.step import Step, take
from services.applications.store import applications, receipts
from shared.db.transaction import Transaction
from shared.domain import StaleVersion
from shared.events.applications import ApplicationStatus, ApplicationStatusChanged


async def acknowledge_application(
    tx: Transaction, application_id: UUID, case_reference: str | None, *, version: int
) -> Application:
    """The received application. Raises NotFound, StaleVersion or WrongStep."""
    application = await applications.find(tx, application_id, lock=True)
    if application.version != version:
        raise StaleVersion(version, application.version)
    received = take(application, Step.RECEIPT, at=tx.at)
    await receipts.add(tx, received, tx.principal.org or "", Receipt(tx.at, case_reference))
    await applications.move(tx, received)
    event = ApplicationStatusChanged(
        application_id=received.id,
        child_id=received.child_id,
        status=ApplicationStatus.RECEIVED,
        changed_at=tx.at,
        version=received.version,
    )
    await tx.emit(event, version=received.version)
    return received
