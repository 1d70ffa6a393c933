"""Who is party to which application."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from gateway.delivery.domain.party import Party
from gateway.delivery.store.tables import party
from shared.db.transaction import Transaction

_NEW = insert(party)
_PUT = _NEW.on_conflict_do_update(
    index_elements=["application_id"],
    set_={name: _NEW.excluded[name] for name in ("subject_id", "right_id", "organisation")},
)
_LOCK = select(party).where(party.c.application_id == bindparam("application")).with_for_update()
_OF_CHILD = (
    select(party.c.application_id)
    .where(party.c.subject_id == bindparam("child"))
    .order_by(party.c.application_id)
    .with_for_update()
)
_FORGET = delete(party).where(party.c.application_id == bindparam("application"))
_FORGET_ALL = delete(party)


async def put(tx: Transaction, found: Party) -> None:
    """Keeps the party of an application."""
    values = {"application_id": found.application_id, "subject_id": found.child_id}
    await tx.connection.execute(_PUT, {**values, "right_id": found.right_id, "organisation": found.organisation})


async def lock(tx: Transaction, application_id: UUID) -> Party | None:
    """The party of the application, locked: one at a time notes or tells what happened to it. None when it isn't known (any more)."""
    row = (await tx.connection.execute(_LOCK, {"application": application_id})).first()
    return None if row is None else Party(row.application_id, row.subject_id, row.right_id, row.organisation)


async def of_child(tx: Transaction, child: UUID) -> Sequence[UUID]:
    """The child's applications, locked."""
    return (await tx.connection.scalars(_OF_CHILD, {"child": child})).all()


async def forget(tx: Transaction, application_id: UUID | None) -> None:
    """Removes the application's party; without an application, all there are."""
    await tx.connection.execute(*((_FORGET, {"application": application_id}) if application_id else (_FORGET_ALL,)))
