"""A file is attached to a draft, or to an application for which documentation is asked; its sealed content is in place already."""

from services.applications.domain.application import Application
from services.applications.domain.attachment import Attachment, attach
from services.applications.store import applications, attachments
from shared.db.transaction import Transaction


async def add_attachment(tx: Transaction, attachment: Attachment) -> Application:
    """The application with one attachment more; the authority sees it when it is sent. Raises NotADraft, NotTheApplicant or TooManyAttachments."""
    application = await applications.find(tx, attachment.application_id, lock=True)
    count = await attachments.how_many(tx, application.id)
    changed = attach(application, tx.principal.person, count, at=tx.at)
    await attachments.add(tx, attachment)
    await applications.move(tx, changed)
    return changed
