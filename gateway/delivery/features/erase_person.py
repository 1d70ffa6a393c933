"""A person is erased: nobody is told anything of it any more."""

from uuid import UUID

from gateway.delivery.store import complaint_notices, complaints, notices, parties
from shared.db.transaction import Transaction


async def erase_person(tx: Transaction, person: UUID) -> None:
    """Removes parties, complaints and what is due. That a partner was told, under its own pseudonym and a number, stays."""
    await tx.erase(person)
    for application in await parties.of_child(tx, person):
        await notices.forget(tx, application)
        await parties.forget(tx, application)
    for complaint in await complaints.of_child(tx, person):
        await complaint_notices.forget(tx, complaint)
        await complaints.forget(tx, complaint)
