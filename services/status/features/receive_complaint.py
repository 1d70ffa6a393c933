"""The authority confirms that it has a complaint."""

from uuid import UUID

from services.status.domain.complaint import Complaint, Move, receive, require, told
from services.status.store import complaints
from shared.db.transaction import Transaction
from shared.domain import StaleVersion
from shared.events.complaints import ComplaintReceived


async def receive_complaint(tx: Transaction, complaint_id: UUID, *, version: int) -> Complaint:
    """The complaint as received. Raises NotFound, NotYourStep, StaleVersion or WrongStep."""
    complaint = await complaints.find(tx, complaint_id, lock=True)
    if complaint.version != version:
        raise StaleVersion(version, complaint.version)
    require(complaint, Move.RECEIPT, tx.principal.org)
    received = receive(complaint, at=tx.at)
    await complaints.save(tx, received)
    await tx.emit(ComplaintReceived(**told(received)), version=received.version)
    return received
