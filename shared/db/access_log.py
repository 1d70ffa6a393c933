"""Reading one row of this service's own access log."""

from uuid import UUID

from sqlalchemy import bindparam, select

from shared.db.tables import access_log
from shared.db.transaction import AccessRow, Transaction

_ROW = select(access_log).where(access_log.c.id == bindparam("row"))


async def find(tx: Transaction, row_id: UUID) -> AccessRow | None:
    """The row, which only a worker may see; None when there is none."""
    row = (await tx.connection.execute(_ROW, {"row": row_id})).first()
    return AccessRow(**row._asdict()) if row else None
