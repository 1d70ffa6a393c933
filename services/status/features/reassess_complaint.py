"""The authority looks at its decision again."""

from dataclasses import replace
from uuid import UUID

from services.status.domain.complaint import Complaint, Move, Outcome, reassess, require, told, words_of
from services.status.store import complaints
from shared.db.transaction import Transaction
from shared.domain import StaleVersion
from shared.events.complaints import ComplaintReassessed


async def reassess_complaint(
    tx: Transaction, complaint_id: UUID, outcome: Outcome, reasons: str, *, version: int
) -> Complaint:
    """Upheld, and to be sent on; or changed, and closed. Raises NotFound, NotYourStep, StaleVersion or WrongStep."""
    complaint = await complaints.find(tx, complaint_id, lock=True)
    if complaint.version != version:
        raise StaleVersion(version, complaint.version)
    require(complaint, Move.REASSESSMENT, tx.principal.org)
    said = replace(words_of(complaint), reassessment=reasons)
    reassessed = replace(reassess(complaint, outcome, at=tx.at), said=said)
    await complaints.save(tx, reassessed)
    await tx.emit(ComplaintReassessed(**told(reassessed)), version=reassessed.version)
    return reassessed
