"""What partners have been told: rows of the outbox, which are kept so that any range can be sent again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from shared.db.transaction import Transaction
from shared.events.partners import topic_of

_AGAIN = text(
    "with again as (update outbox set sent_at = null where topic = :topic and at >= :since"
    " and (cast(:application as uuid) is null or aggregate_id = :application) and sent_at is not null returning 1),"
    " told as (select pg_notify('somlos_outbox', '')) select count(*) from again, told"
)


async def send_again(tx: Transaction, organisation: str, *, since: datetime, application_id: UUID | None) -> int:
    """Lets the relay send what the partner was told since then once more, in its order and with its ids. Returns how many events."""
    values = {"topic": topic_of(organisation), "since": since, "application": application_id}
    return int((await tx.connection.execute(_AGAIN, values)).scalar_one())
