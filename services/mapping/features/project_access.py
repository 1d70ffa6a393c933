"""A read that another service tells of becomes a row of the family's own log."""

from services.mapping.store import access_views
from shared.dates import oslo_day
from shared.db.transaction import AccessRow, Transaction


async def project_access(tx: Transaction, row: AccessRow, *, service: str) -> None:
    """Once, however often it is told."""
    await access_views.keep(tx, row, service=service, day=oslo_day(row.at))
