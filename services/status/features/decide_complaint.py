"""The appeal body decides a complaint."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from services.status.domain.complaint import Complaint, Move, Outcome, decide, require, told, words_of
from services.status.store import complaints
from shared.db.transaction import Transaction
from shared.domain import StaleVersion
from shared.events.complaints import ComplaintDecided


async def decide_complaint(
    tx: Transaction, complaint_id: UUID, outcome: Outcome, reasons: str, *, on: date, version: int
) -> Complaint:
    """The complaint as decided. Raises NotFound, NotYourStep, StaleVersion, WrongStep or ImpossibleDay."""
    complaint = await complaints.find(tx, complaint_id, lock=True)
    if complaint.version != version:
        raise StaleVersion(version, complaint.version)
    require(complaint, Move.DECISION, tx.principal.org)
    said = replace(words_of(complaint), decision=reasons)
    decided = replace(decide(complaint, outcome, on=on, at=tx.at), said=said)
    await complaints.save(tx, decided)
    await tx.emit(ComplaintDecided(**told(decided)), version=decided.version)
    return decided
