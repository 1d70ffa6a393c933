"""What happened to complaints, in the order it happened, and whether those who have them have been told."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Boolean, bindparam, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from gateway.delivery.domain.complaint import ComplaintNotice
from gateway.delivery.store.tables import complaint_notice as table
from shared.db.transaction import Transaction
from shared.events.complaints import ComplaintOutcome, ComplaintStatus

_ADD = insert(table).on_conflict_do_nothing().returning(table.c.id)
_IS_DUE = table.c.settled_at.is_(None)
_OF_COMPLAINT = (table.c.complaint_id == bindparam("complaint"), _IS_DUE)
_REACHED = or_(bindparam("reached", type_=Boolean), table.c.forwarded.is_(False))
_DUE = select(table).where(*_OF_COMPLAINT, _REACHED).order_by(table.c.id)
_SETTLE = update(table).where(*_OF_COMPLAINT, _REACHED).values(settled_at=bindparam("at"))
_FORGET = delete(table).where(*_OF_COMPLAINT)
_FORGET_ALL = delete(table).where(_IS_DUE)


async def add(tx: Transaction, found: ComplaintNotice) -> bool:
    """Notes what happened. False when it stood there already: a replay tells a partner nothing twice."""
    values = {name: getattr(found, name) for name in ComplaintNotice.__slots__}
    return (await tx.connection.execute(_ADD, values)).first() is not None


async def due(tx: Transaction, complaint_id: UUID, *, forwarded: bool) -> Sequence[ComplaintNotice]:
    """What nobody has been told yet, oldest first; without `forwarded`, only of before the forwarding. The complaint's row is locked by the caller."""
    rows = await tx.connection.execute(_DUE, {"complaint": complaint_id, "reached": forwarded})
    return [
        ComplaintNotice(
            row.complaint_id,
            row.source_version,
            ComplaintStatus(row.status),
            ComplaintOutcome(row.outcome) if row.outcome else None,
            row.occurred_at,
            row.forwarded,
        )
        for row in rows
    ]


async def settle(tx: Transaction, complaint_id: UUID, *, forwarded: bool) -> None:
    """What `due` gave is done with. The complaint's row is locked by the caller."""
    await tx.connection.execute(_SETTLE, {"complaint": complaint_id, "reached": forwarded, "at": tx.at})


async def forget(tx: Transaction, complaint_id: UUID | None) -> None:
    """Removes what is due of the complaint (None: of any). What was told stays noted, so that it isn't told again."""
    await tx.connection.execute(*((_FORGET, {"complaint": complaint_id}) if complaint_id else (_FORGET_ALL,)))
