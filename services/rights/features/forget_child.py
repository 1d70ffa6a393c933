"""A child is no more: nothing judged of it is kept."""

from uuid import UUID

from services.rights.store import assessments, evaluations
from shared.db.transaction import Transaction


async def forget_child(tx: Transaction, child: UUID) -> None:
    """Removes what was judged of the child, and every evaluation that could be done again."""
    await assessments.forget(tx, child)
    await evaluations.forget(tx, child)
