"""The family's log is emptied of what other services told, before they tell it again."""

from uuid import UUID

from services.mapping.store import access_views
from shared.db.transaction import Transaction


async def forget_access(tx: Transaction, child: UUID | None) -> None:
    """Of one child, or of all. This service's own rows come from no event, and stay."""
    await access_views.forget(tx, child)
