"""A family reads who has read what about its child."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.mapping.domain.access_line import Line
from services.mapping.domain.family import Bond
from services.mapping.store import access_views, bonds
from shared.db.transaction import Transaction


@dataclass(frozen=True, slots=True)
class LogPage:
    """Lines, whether there are more, and the child's relations (to say who a person is)."""

    lines: list[Line]
    more: bool
    bonds: list[Bond]


async def read_access_log(tx: Transaction, child: UUID, *, after: tuple[Any, ...] | None, limit: int) -> LogPage:
    """A page without the reader's own reads, the newest day first."""
    await tx.reads(child, "access-log")
    lines = await access_views.page(tx, child, me=tx.principal.person, after=after, limit=limit + 1)
    return LogPage(
        lines[:limit], len(lines) > limit, [bond for bond in await bonds.around(tx, [child]) if bond.child == child]
    )
