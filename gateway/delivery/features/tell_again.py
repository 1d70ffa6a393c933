"""A partner has lost what it was told: send it again."""

from datetime import datetime
from uuid import UUID

from gateway.delivery.store import told
from shared.db.transaction import Transaction


async def tell_again(tx: Transaction, organisation: str, *, since: datetime, application_id: UUID | None = None) -> int:
    """The same events, with the same ids, in the same order; the partner drops those it has. Returns how many."""
    return await told.send_again(tx, organisation, since=since, application_id=application_id)
