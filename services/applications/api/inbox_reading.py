"""An organisation's way to one application in its inbox."""

from uuid import UUID

from services.applications.api.reading import as_reader, viewer
from services.applications.domain.application import Application
from services.applications.domain.viewer import Viewer
from services.applications.store import applications
from shared.db.transaction import Transaction

INBOX_READ, INBOX_WRITE = "inbox.read", "inbox.write"


async def addressed(tx: Transaction, application_id: UUID, action: str) -> tuple[Application, Viewer]:
    """The application, if it was sent to the caller, and how the caller sees it; in the family's log. Raises NotFound."""
    application = await applications.find(tx, application_id)
    reader = viewer(application, tx.principal, action)
    await as_reader(tx, application).reads(application.child_id, "application")
    return application, reader
