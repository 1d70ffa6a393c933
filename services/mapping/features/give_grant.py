"""A guardian or a youth lets an organisation, or a youth a guardian, see and do what the grant names."""

from uuid import UUID

from services.mapping.domain.errors import ProtectedAddress
from services.mapping.domain.grant import Grant, give
from services.mapping.domain.law import AccessLaw, Groups
from services.mapping.store import bonds, grants, profiles, pseudonyms, standings
from shared.db.idempotency import IdempotencyKey, remember, remembered
from shared.db.transaction import Transaction
from shared.domain import FieldFault, InvalidInput, NotFound
from shared.events.mapping import GrantGiven


async def give_grant(tx: Transaction, wanted: Grant, *, key: IdempotencyKey, may: Groups, law: AccessLaw) -> Grant:
    """It takes effect at once; the same key gives the same grant. `may`: what the giver may open. Raises NotFound, InvalidInput, GrantTooLong, AlreadyGranted or ProtectedAddress."""
    if before := await remembered(tx, key):
        return await _again(tx, UUID(before.resource_id))
    grant = give(wanted, await _live(tx, wanted), may=may, today=tx.today(), law=law)
    if grant.organisation:
        await pseudonyms.make(tx, grant.organisation, sorted({grant.child, grant.giver}))
    await grants.add(tx, grant)
    await remember(tx, key, resource_id=str(grant.id))
    await tx.reads(grant.child, "grant-given")
    await tx.emit(GrantGiven(grant_id=grant.id, child_id=grant.child, version=grant.version), version=grant.version)
    return grant


async def _live(tx: Transaction, wanted: Grant) -> tuple[Grant, ...]:
    """The child's grants that have not ended, held so that no other comes between."""
    if wanted.child not in await profiles.lock(tx, [wanted.child]):
        raise NotFound
    child = await standings.by_id(tx, wanted.child)
    if child is None:
        raise NotFound
    if wanted.organisation and child.protected:
        raise ProtectedAddress
    if wanted.guardian and wanted.guardian not in {
        b.adult for b in await bonds.around(tx, [child.id]) if b.child == child.id
    }:
        expected = "the id of someone the register names as the child's parent or guardian"
        raise InvalidInput(FieldFault("guardian", "not-a-guardian", expected))
    return child.grants


async def _again(tx: Transaction, grant_id: UUID) -> Grant:
    grant = await grants.find(tx, grant_id)
    if grant is None:
        raise NotFound
    await tx.reads(grant.child, "grants")
    return grant
