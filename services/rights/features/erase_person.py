"""A person is erased: neither what was judged of it nor the key that sealed it is kept."""

from uuid import UUID

from services.rights.store import assessments, evaluations
from shared.db.transaction import Transaction


async def erase_person(tx: Transaction, person: UUID) -> None:
    """Removes the assessments and evaluations of the child, and of a guardian those that rest on it. Again has no effect."""
    await tx.erase(person)
    await assessments.erase(tx, person)
    await evaluations.erase(tx, person)
