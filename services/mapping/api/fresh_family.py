"""Asking the population register before a decision, outside any transaction."""

from services.mapping.api.knowledge import Knowledge
from services.mapping.clients.register import Register
from services.mapping.features.refresh_family import refresh_family
from shared.auth.principals import worker
from shared.db.transaction import Database
from shared.domain import NationalId, Unavailable


async def bring_up_to_date(
    database: Database, register: Register, knowledge: Knowledge, focus: NationalId, *, usable: bool
) -> None:
    """Fetches and keeps the family around a person. While the register is away, what is `usable` must do.

    Raises NotFound when the register does not know the person, Unavailable when it is away and nothing usable is kept.
    """
    try:
        family = await register.family(focus)
    except Unavailable:
        if usable:
            return
        raise
    async with database.begin(worker("mapping")) as tx:
        await refresh_family(tx, family, lookup_key=knowledge.lookup_key, law=knowledge.law)
