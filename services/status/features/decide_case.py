"""The authority has decided a case."""

from datetime import datetime
from uuid import UUID

from services.status.domain.case import Decision, decided
from services.status.store import cases
from shared.db.transaction import Transaction


async def decide_case(tx: Transaction, case_id: UUID, decision: Decision, *, at: datetime) -> None:
    """Puts the decision on the case's timeline. Raises NotFound when the case was never opened here."""
    await cases.move(tx, decided(await cases.lock(tx, case_id, before=decision.version), decision, at=at))
