"""A service at work asks for a token of its own: may it, for this purpose, with this child?"""

from dataclasses import dataclass

from services.mapping.domain.law import AccessLaw, Errand
from services.mapping.store import persons, standings
from shared.db.transaction import Transaction
from shared.domain import NationalId, NotFound


@dataclass(frozen=True, slots=True)
class Granted:
    """Yes. `protected`: the child's address is. `ask_register`: whom to ask the register about first; `usable`: what is known may do while it is away."""

    protected: bool
    ask_register: NationalId | None
    usable: bool


async def decide_system(tx: Transaction, errand: Errand, *, law: AccessLaw) -> Granted:
    """Raises NotFound for what the table does not name, and for a child that is not here."""
    if not law.employs(errand):
        raise NotFound
    if errand.child is None:
        return Granted(protected=False, ask_register=None, usable=True)
    child = await standings.by_id(tx, errand.child)
    if child is None:
        raise NotFound
    old = tx.at - child.as_of > law.fresh
    ask = await persons.national_id(tx, child.id) if old else None
    return Granted(child.protected, ask, usable=tx.at - child.as_of <= law.usable)
