"""A complaint's child is gone, or the complaint is read again from the start: what isn't told yet is dropped."""

from uuid import UUID

from gateway.delivery.store import complaint_notices, complaints
from shared.db.transaction import Transaction


async def forget_complaint(tx: Transaction, complaint_id: UUID | None) -> None:
    """Removes the complaint and what is due of it; without one, of all. What a partner has been told stays noted and numbered."""
    await complaint_notices.forget(tx, complaint_id)
    await complaints.forget(tx, complaint_id)
