"""A file that the authority has not got is taken off."""

from uuid import UUID

from services.applications.domain.application import Application
from services.applications.domain.attachment import detach
from services.applications.store import applications, attachments
from shared.db.transaction import Transaction
from shared.domain import StaleVersion


async def remove_attachment(
    tx: Transaction, application_id: UUID, attachment_id: UUID, *, revision: int
) -> Application:
    """The application without the attachment; the file itself goes after the commit, and the sweep takes what a crash left."""
    application = await applications.find(tx, application_id, lock=True)
    application.require_applicant(tx.principal.person)
    if application.revision != revision:
        raise StaleVersion(revision, application.revision)
    found = await attachments.find(tx, application_id, attachment_id)
    changed = detach(application, found, tx.principal.person, at=tx.at)
    await attachments.remove(tx, found.id)
    await applications.move(tx, changed)
    return changed
