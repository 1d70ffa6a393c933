"""A case goes one step on."""

from datetime import datetime
from uuid import UUID

from services.status.domain.case import CaseStatus, moved
from services.status.store import cases
from shared.db.transaction import Transaction


async def move_case(tx: Transaction, case_id: UUID, status: CaseStatus, *, version: int, at: datetime) -> None:
    """Adds the step to the case's timeline. Raises NotFound when the case was never opened here."""
    await cases.move(tx, moved(await cases.lock(tx, case_id, before=version), status, version=version, at=at))
