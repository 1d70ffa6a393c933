"""The version of each child's profile: what If-Match is checked on, and what an event carries."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from services.mapping.store.among import among
from services.mapping.store.tables import profile
from shared.db.transaction import Transaction

_LOCK = (
    select(profile.c.child_id, profile.c.version)
    .where(among(profile.c.child_id, "ids"))
    .order_by(profile.c.child_id)
    .with_for_update()
)
_VERSIONS = select(profile.c.child_id, profile.c.version).where(among(profile.c.child_id, "ids"))
_NEXT = text(
    "insert into profile as p (child_id, version, updated_at) select c, 1, :at from unnest(:ids) as c order by c"
    " on conflict (child_id) do update set version = p.version + 1, updated_at = excluded.updated_at returning child_id, version"
).bindparams(bindparam("ids", type_=ARRAY(PG_UUID)))


async def lock(tx: Transaction, children: Iterable[UUID]) -> dict[UUID, int]:
    """The versions of these profiles, held in id order until the transaction ends."""
    rows = await tx.connection.execute(_LOCK, {"ids": list(children)})
    return {row.child_id: row.version for row in rows}


async def versions(tx: Transaction, children: Iterable[UUID]) -> dict[UUID, int]:
    """The versions of those that have a profile."""
    rows = await tx.connection.execute(_VERSIONS, {"ids": list(children)})
    return {row.child_id: row.version for row in rows}


async def next_versions(tx: Transaction, children: Sequence[UUID]) -> list[tuple[UUID, int]]:
    """Gives each its next version, a new one its first, in id order."""
    if not children:
        return []
    rows = await tx.connection.execute(_NEXT, {"ids": list(children), "at": tx.at})
    return [(row.child_id, row.version) for row in rows]
