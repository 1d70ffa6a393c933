"""An organisation's inbox: what was sent to it, oldest first."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, tuple_

from services.applications.domain.application import Application, Status
from services.applications.store.applications import OPEN_COLUMNS, read
from services.applications.store.tables import application as table
from shared.db.transaction import Transaction

_ADDRESSED = (
    select(*OPEN_COLUMNS)
    .where(table.c.authority_org == bindparam("org"), table.c.status.in_(bindparam("statuses", expanding=True)))
    .order_by(table.c.submitted_at, table.c.id)
    .limit(bindparam("limit"))
)
_ADDRESSED_AFTER = _ADDRESSED.where(
    tuple_(table.c.submitted_at, table.c.id) > tuple_(bindparam("after_at"), bindparam("after_id"))
)


async def addressed_to(
    tx: Transaction, orgnr: str, statuses: Iterable[Status], *, after: tuple[datetime, UUID] | None, limit: int
) -> list[Application]:
    """What stands at one of these places, without its content, oldest first, at most `limit`."""
    values = {"org": orgnr, "statuses": [each.value for each in statuses], "limit": limit}
    if after:
        values |= {"after_at": after[0], "after_id": after[1]}
    rows = await tx.connection.execute(_ADDRESSED_AFTER if after else _ADDRESSED, values)
    return [read(tx, row) for row in rows]
