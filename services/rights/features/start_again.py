"""What was told is read again from the start: what was judged is judged again."""

from uuid import UUID

from services.rights.store import assessments
from shared.db.transaction import Transaction


async def start_again(tx: Transaction, child: UUID | None) -> None:
    """Removes what is judged now of the child; without a child, of everyone. What was evaluated once stays: it happened."""
    await assessments.forget(tx, child)
