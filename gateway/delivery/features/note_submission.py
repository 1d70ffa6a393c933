"""An application was sent in: keep who is party to it, and note that the party is to be told."""

from gateway.delivery.domain.notice import Notice
from gateway.delivery.domain.party import Party
from gateway.delivery.store import notices, parties
from shared.db.transaction import Transaction
from shared.events.gateway import DeliveryDue


async def note_submission(tx: Transaction, party: Party, notice: Notice) -> None:
    """Once for each happening, however often it is heard of."""
    await parties.put(tx, party)
    if await notices.add(tx, notice):
        due = DeliveryDue(
            due_id=tx.new_id(),
            application_id=party.application_id,
            child_id=party.child_id,
            authority_org=party.organisation,
        )
        await tx.emit(due, version=1)
