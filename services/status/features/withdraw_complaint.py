"""Whoever complained takes the complaint back."""

from uuid import UUID

from services.status.domain.complaint import Complaint, told, withdraw
from services.status.store import complaints
from shared.db.transaction import Transaction
from shared.domain import StaleVersion
from shared.events.complaints import ComplaintWithdrawn


async def withdraw_complaint(tx: Transaction, complaint_id: UUID, *, version: int) -> Complaint:
    """The complaint as withdrawn. Raises NotFound, NotTheComplainant, StaleVersion or ComplaintEnded."""
    complaint = await complaints.find(tx, complaint_id, lock=True)
    if complaint.version != version:
        raise StaleVersion(version, complaint.version)
    withdrawn = withdraw(complaint, tx.principal.person, at=tx.at)
    await complaints.save(tx, withdrawn)
    await tx.emit(ComplaintWithdrawn(**told(withdrawn)), version=withdrawn.version)
    return withdrawn
