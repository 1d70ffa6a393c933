"""A person is erased: the timelines go, and with the key every word of its complaints."""

from uuid import UUID

from services.status.store import cases
from shared.db.transaction import Transaction


async def erase_person(tx: Transaction, person: UUID) -> None:
    """Removes the child's cases. What the authorities did with a complaint, and when, stays: without a name and without a readable word."""
    await tx.erase(person)
    await cases.erase(tx, person)
