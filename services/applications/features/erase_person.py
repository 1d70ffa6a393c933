"""A person is erased: drafts and files go, and with the key every word of what was sent in."""

from uuid import UUID

from services.applications.store import applications, attachments
from shared.db.transaction import Transaction


async def erase_person(tx: Transaction, person: UUID) -> None:
    """Removes every draft about the person or by it, and the person's attachments (the sweep takes the files). Of what was sent in stays
    that it was sent, to whom, when, and how it ended: without a name and without a readable word."""
    await tx.erase(person)
    await applications.erase_drafts(tx, person)
    await attachments.erase(tx, person)
