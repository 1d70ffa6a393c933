"""A complaint has changed a decision: the decision says what has taken its place."""

from uuid import UUID

from services.applications.domain.application import Status, moved
from services.applications.domain.decision import Superseding, supersede
from services.applications.store import applications, decisions
from shared.db.transaction import Transaction
from shared.events.applications import ApplicationStatus, ApplicationStatusChanged


async def supersede_decision(tx: Transaction, application_id: UUID, by: Superseding) -> None:
    """Once for each change, however often it is heard of. An application that is not decided here has nothing to supersede."""
    application = await applications.lock_decided(tx, application_id)
    decision = await decisions.of(tx, application_id) if application else None
    superseded = supersede(decision, by) if decision else None
    if application is None or superseded is None:
        return
    changed = moved(application, Status.DECIDED, at=tx.at)
    await decisions.save_superseding(tx, superseded)
    await applications.move(tx, changed)
    event = ApplicationStatusChanged(
        application_id=changed.id,
        child_id=changed.child_id,
        status=ApplicationStatus.DECIDED,
        changed_at=tx.at,
        version=changed.version,
    )
    await tx.emit(event, version=changed.version)
