"""An application's child is gone, or the application is read again from the start: what isn't told yet is dropped."""

from uuid import UUID

from gateway.delivery.store import notices, parties
from shared.db.transaction import Transaction


async def forget_application(tx: Transaction, application_id: UUID | None) -> None:
    """Removes the party and what is due; without an application, of all. What a partner has been told stays noted and numbered."""
    await notices.forget(tx, application_id)
    await parties.forget(tx, application_id)
