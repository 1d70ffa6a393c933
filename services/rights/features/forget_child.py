"""A child is no more, or is read again from the start: nothing judged is kept."""

from uuid import UUID

from services.rights.store import assessments
from shared.db.transaction import Transaction


async def forget_child(tx: Transaction, child: UUID | None) -> None:
    """Removes what was judged of the child; without a child, of everyone."""
    await assessments.forget(tx, child)
