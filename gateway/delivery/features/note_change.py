"""An application stands somewhere else: note that its party is to be told."""

from gateway.delivery.domain.notice import Notice
from gateway.delivery.store import notices, parties
from shared.db.transaction import Transaction
from shared.events.gateway import DeliveryDue


async def note_change(tx: Transaction, notice: Notice) -> None:
    """Once for each happening. An application whose child is gone has no party any more: nobody is told."""
    party = await parties.lock(tx, notice.application_id)
    if party is None or not await notices.add(tx, notice):
        return
    due = DeliveryDue(
        due_id=tx.new_id(),
        application_id=party.application_id,
        child_id=party.child_id,
        authority_org=party.organisation,
    )
    await tx.emit(due, version=1)
