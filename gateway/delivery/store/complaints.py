"""Complaints, as far as telling of them needs."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from gateway.delivery.domain.complaint import Complaint
from gateway.delivery.store.tables import complaint
from shared.db.transaction import Transaction

_NEW = insert(complaint)
_PUT = _NEW.on_conflict_do_update(
    index_elements=["complaint_id"],
    set_={name: _NEW.excluded[name] for name in ("subject_id", "application_id", "right_id", "forwarded")},
)
_LOCK = select(complaint).where(complaint.c.complaint_id == bindparam("complaint")).with_for_update()
_OF_CHILD = (
    select(complaint.c.complaint_id)
    .where(complaint.c.subject_id == bindparam("child"))
    .order_by(complaint.c.complaint_id)
    .with_for_update()
)
_FORGET = delete(complaint).where(complaint.c.complaint_id == bindparam("complaint"))
_FORGET_ALL = delete(complaint)


async def put(tx: Transaction, found: Complaint) -> None:
    """Keeps the complaint as it is now; its row stays locked until the transaction ends."""
    values = {"complaint_id": found.complaint_id, "subject_id": found.child_id, "application_id": found.application_id}
    await tx.connection.execute(_PUT, {**values, "right_id": found.right_id, "forwarded": found.forwarded})


async def lock(tx: Transaction, complaint_id: UUID) -> Complaint | None:
    """The complaint, locked: one at a time notes or tells what happened to it. None when it isn't known (any more)."""
    row = (await tx.connection.execute(_LOCK, {"complaint": complaint_id})).first()
    if row is None:
        return None
    return Complaint(row.complaint_id, row.subject_id, row.application_id, row.right_id, row.forwarded)


async def of_child(tx: Transaction, child: UUID) -> Sequence[UUID]:
    """The child's complaints, locked."""
    return (await tx.connection.scalars(_OF_CHILD, {"child": child})).all()


async def forget(tx: Transaction, complaint_id: UUID | None) -> None:
    """Removes the complaint; without one, all there are."""
    await tx.connection.execute(*((_FORGET, {"complaint": complaint_id}) if complaint_id else (_FORGET_ALL,)))
