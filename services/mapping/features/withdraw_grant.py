"""Anyone of the family who may, ends a grant; it is gone on the next request."""

from uuid import UUID

from services.mapping.domain.grant import Grant, withdraw
from services.mapping.domain.law import Action
from services.mapping.store import grants
from shared.db.transaction import Transaction
from shared.domain import NotFound
from shared.events.mapping import GrantWithdrawn


async def withdraw_grant(tx: Transaction, grant_id: UUID) -> Grant:
    """The grant as it stands; once withdrawn, again changes nothing. Raises NotFound."""
    grant = await grants.find(tx, grant_id, lock=True)
    if grant is None:
        raise NotFound
    tx.principal.covers(grant.child, Action.GRANT_WITHDRAW)
    await tx.reads(grant.child, "grant-withdrawn")
    ended = withdraw(grant, by=tx.principal.person, at=tx.at)
    if ended.version != grant.version:
        await grants.save_withdrawal(tx, ended)
        await tx.emit(
            GrantWithdrawn(grant_id=ended.id, child_id=ended.child, version=ended.version), version=ended.version
        )
    return ended
