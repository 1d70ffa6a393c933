"""The projection is taken down before it is built again."""

from uuid import UUID

from services.status.store import cases
from shared.db.transaction import Transaction


async def forget_cases(tx: Transaction, case_id: UUID | None) -> None:
    """Deletes a case's rows (None: every case's)."""
    await cases.forget(tx, case_id)
