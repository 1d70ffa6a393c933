"""The authority sends a complaint on to the appeal body."""

from dataclasses import replace
from uuid import UUID

from services.status.domain.complaint import Complaint, Move, Party, forward, require, told, words_of
from services.status.store import complaints
from shared.db.transaction import Transaction
from shared.domain import StaleVersion
from shared.events.complaints import ComplaintForwarded


async def forward_complaint(
    tx: Transaction, complaint_id: UUID, to: Party, statement: str | None, *, version: int
) -> Complaint:
    """The complaint, which the appeal body has from now on. Raises NotFound, NotYourStep, StaleVersion or WrongStep."""
    complaint = await complaints.find(tx, complaint_id, lock=True)
    if complaint.version != version:
        raise StaleVersion(version, complaint.version)
    require(complaint, Move.FORWARDING, tx.principal.org)
    said = replace(words_of(complaint), statement=statement)
    forwarded = replace(forward(complaint, to, at=tx.at), said=said)
    await complaints.save(tx, forwarded)
    await tx.emit(ComplaintForwarded(**told(forwarded)), version=forwarded.version)
    return forwarded
