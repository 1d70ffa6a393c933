"""Sending again what was sent before."""

from uuid import UUID

from sqlalchemy import text

from shared.db.transaction import Transaction

_AGAIN = text(
    "with again as (update outbox set sent_at = null where aggregate_id = :aggregate and version >= :version returning 1),"
    " told as (select pg_notify('somlos_outbox', '')) select count(*) from again, told"
)


async def send_again(tx: Transaction, aggregate: UUID, *, from_version: int) -> int:
    """Marks the aggregate's events from that version on as unsent; the relay sends them with the same ids. Returns how many.

    Of every epoch: versions go on counting after a restore, so what a reader lacks may have been told before it."""
    return await tx.connection.scalar(_AGAIN, {"aggregate": aggregate, "version": from_version}) or 0
