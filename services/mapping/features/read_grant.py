"""One grant, for the family it is of or the organisation that has it."""

from uuid import UUID

from services.mapping.domain.grant import Grant
from services.mapping.store import grants, pseudonyms
from shared.db.transaction import Transaction
from shared.domain import NotFound


async def read_grant(tx: Transaction, grant_id: UUID, *, action: str) -> tuple[Grant, dict[UUID, UUID]]:
    """The grant, and an organisation's pseudonyms of child and giver. Raises NotFound: not there, not the caller's, or an organisation's that has ended."""
    grant = await grants.find(tx, grant_id)
    if grant is None:
        raise NotFound
    aliases: dict[UUID, UUID] = {}
    if organisation := tx.principal.org:
        if grant.organisation != organisation or grant.ended(tx.today()):
            raise NotFound
        aliases = await pseudonyms.of(tx, organisation, [grant.child, grant.giver])
    else:
        tx.principal.covers(grant.child, action)
    await tx.reads(grant.child, "grants")
    return grant, aliases
