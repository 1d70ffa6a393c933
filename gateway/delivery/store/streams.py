"""The numbering of what a partner is told of one application or complaint."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from gateway.delivery.store.tables import stream
from shared.db.transaction import Transaction

_NEXT = (
    insert(stream)
    .values(version=1)
    .on_conflict_do_update(index_elements=["organisation", "aggregate_id"], set_={"version": stream.c.version + 1})
    .returning(stream.c.version)
)


async def next_version(tx: Transaction, organisation: str, aggregate_id: UUID) -> int:
    """The next number for this partner and application or complaint, without gaps; its row stays locked until the transaction ends."""
    values = {"organisation": organisation, "aggregate_id": aggregate_id}
    return int((await tx.connection.execute(_NEXT, values)).scalar_one())
