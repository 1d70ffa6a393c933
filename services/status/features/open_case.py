"""A case begins: something was sent to an authority."""

from services.status.domain.case import Case
from services.status.store import cases
from shared.db.transaction import Transaction


async def open_case(tx: Transaction, case: Case) -> None:
    """Puts the case on the child's overview, with its first step."""
    await cases.open_(tx, case)
