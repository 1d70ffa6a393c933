"""Relations between adults and children, and the homes of the adults."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert

from services.mapping.domain.family import Bond
from services.mapping.domain.household import Home
from services.mapping.store.among import among
from services.mapping.store.tables import guardianship, household
from shared.db.transaction import Transaction

_AROUND = (
    select(guardianship, func.coalesce(household.c.address, "").label("address"))
    .outerjoin(household, household.c.id == guardianship.c.household_id)
    .where(
        or_(
            among(guardianship.c.child_id, "ids"),
            among(guardianship.c.guardian_id, "ids"),
        )
    )
    .order_by(guardianship.c.child_id, guardianship.c.guardian_id)
)
_ADD_HOME = insert(household).on_conflict_do_nothing()
_INSERT = insert(guardianship)
_CHANGED = ("kind", "acts", "cares", "lives_with", "household_id")
_SAVE = _INSERT.on_conflict_do_update(
    index_elements=[guardianship.c.child_id, guardianship.c.guardian_id],
    set_={name: _INSERT.excluded[name] for name in _CHANGED},
)


async def around(tx: Transaction, persons: Iterable[UUID]) -> list[Bond]:
    """Every relation in which one of these is child or adult, as far as the caller may see; a home not the caller's has no address."""
    rows = await tx.connection.execute(_AROUND, {"ids": list(persons)})
    return [
        Bond(
            child=row.child_id,
            adult=row.guardian_id,
            kind=row.kind,
            acts=row.acts,
            cares=row.cares,
            lives_with=row.lives_with,
            home=Home(row.household_id, row.address),
        )
        for row in rows
    ]


async def save(tx: Transaction, bonds: Sequence[Bond]) -> None:
    """Adds and changes relations and the homes they name; none is ever deleted."""
    if not bonds:
        return
    homes = {bond.home.id: bond.home for bond in bonds}
    await tx.connection.execute(
        _ADD_HOME, [{"id": h.id, "address": h.address, "known_since": tx.at} for h in homes.values()]
    )
    await tx.connection.execute(_SAVE, [_row(bond) for bond in bonds])


def _row(bond: Bond) -> dict[str, object]:
    return {
        "child_id": bond.child,
        "guardian_id": bond.adult,
        "kind": bond.kind,
        "acts": bond.acts,
        "cares": bond.cares,
        "lives_with": bond.lives_with,
        "household_id": bond.home.id,
    }
