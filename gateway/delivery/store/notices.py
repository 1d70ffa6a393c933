"""What happened to applications, in the order it happened, and whether its party has been told."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from gateway.delivery.domain.notice import Happening, Notice
from gateway.delivery.store.tables import notice
from shared.db.transaction import Transaction

_ADD = insert(notice).on_conflict_do_nothing().returning(notice.c.id)
_IS_DUE = notice.c.settled_at.is_(None)
_DUE = select(notice).where(notice.c.application_id == bindparam("application"), _IS_DUE).order_by(notice.c.id)
_SETTLE = (
    update(notice)
    .where(notice.c.application_id == bindparam("application"), _IS_DUE)
    .values(settled_at=bindparam("at"))
)
_FORGET = delete(notice).where(notice.c.application_id == bindparam("application"), _IS_DUE)
_FORGET_ALL = delete(notice).where(_IS_DUE)


async def add(tx: Transaction, found: Notice) -> bool:
    """Notes what happened. False when it stood there already: a replay tells a partner nothing twice."""
    values = {name: getattr(found, name) for name in Notice.__slots__}
    return (await tx.connection.execute(_ADD, values)).first() is not None


async def due(tx: Transaction, application_id: UUID) -> Sequence[Notice]:
    """What the party has not been told yet, oldest first. The party's row is locked by the caller."""
    rows = await tx.connection.execute(_DUE, {"application": application_id})
    return [
        Notice(row.application_id, row.source_version, Happening(row.happening), row.status, row.occurred_at)
        for row in rows
    ]


async def settle(tx: Transaction, application_id: UUID) -> None:
    """Everything due is done with. The party's row is locked by the caller, so that this is what `due` gave."""
    await tx.connection.execute(_SETTLE, {"application": application_id, "at": tx.at})


async def forget(tx: Transaction, application_id: UUID | None) -> None:
    """Removes what is due to the application's party (None: to anyone). What was told stays noted, so that it isn't told again."""
    await tx.connection.execute(*((_FORGET, {"application": application_id}) if application_id else (_FORGET_ALL,)))
