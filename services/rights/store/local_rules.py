"""The rows of local rules. A published one is for everyone, a proposal for its own organisation: the wall in the database says so too."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, func, insert, select, text, tuple_, update

from services.rights.domain.local_rule import LocalRule, LocalStatus
from services.rights.store.tables import local_rule
from shared.db.transaction import Transaction
from shared.domain import NotFound

_PUBLISHED = local_rule.c.number.is_not(None)
_NUMBERING = text("select pg_advisory_xact_lock(hashtextextended(:name, 0))")


async def add(tx: Transaction, rule: LocalRule) -> None:
    """A new proposal."""
    await tx.connection.execute(insert(local_rule).values(_values(rule)))


async def settle(tx: Transaction, rule: LocalRule) -> None:
    """What became of it; its content stays as it was proposed."""
    changed = ("valid_until", "status", "version", "number", "settled_by", "settled_at")
    values = _values(rule)
    await tx.connection.execute(
        update(local_rule).where(local_rule.c.id == rule.id).values({name: values[name] for name in changed})
    )


async def own(tx: Transaction, rule_id: UUID, *, lock: bool = False) -> LocalRule:
    """One of the caller's organisation. Raises NotFound, for another's too."""
    query = select(local_rule).where(local_rule.c.id == rule_id, local_rule.c.authority_org == tx.principal.org)
    row = (await tx.connection.execute(query.with_for_update() if lock else query)).first()
    if row is None:
        raise NotFound
    return _rule(row)


async def next_number(tx: Transaction, rule: LocalRule) -> int:
    """The number that the next published version of this right gets; held until the transaction ends."""
    await tx.connection.execute(_NUMBERING, {"name": f"local-rule/{rule.organisation}/{rule.right_id}"})
    query = select(func.max(local_rule.c.number)).where(
        local_rule.c.authority_org == rule.organisation, local_rule.c.right_id == rule.right_id
    )
    return (await tx.connection.scalar(query) or 0) + 1


async def of_organisation(tx: Transaction, *, after: tuple[datetime, UUID] | None, limit: int) -> Sequence[LocalRule]:
    """The caller's organisation's, in the order they were proposed."""
    query = select(local_rule).where(local_rule.c.authority_org == tx.principal.org)
    if after:
        query = query.where(tuple_(local_rule.c.proposed_at, local_rule.c.id) > after)
    rows = await tx.connection.execute(query.order_by(local_rule.c.proposed_at, local_rule.c.id).limit(limit))
    return [_rule(row) for row in rows]


async def of_municipality(
    tx: Transaction, municipality: str, *, after: tuple[str, int] | None, limit: int
) -> Sequence[LocalRule]:
    """Every version that the municipality has published, by right and number."""
    query = select(local_rule).where(local_rule.c.municipality == municipality, _PUBLISHED)
    if after:
        query = query.where(tuple_(local_rule.c.right_id, local_rule.c.number) > after)
    rows = await tx.connection.execute(query.order_by(local_rule.c.right_id, local_rule.c.number).limit(limit))
    return [_rule(row) for row in rows]


def _values(rule: LocalRule) -> dict[str, object]:
    return {
        "id": rule.id,
        "authority_org": rule.organisation,
        "municipality": rule.municipality,
        "right_id": rule.right_id,
        "content": rule.content,
        "valid_from": rule.valid_from,
        "valid_until": rule.valid_until,
        "status": rule.status.value,
        "version": rule.version,
        "number": rule.number,
        "proposed_by": rule.proposed_by,
        "proposed_at": rule.proposed_at,
        "settled_by": rule.settled_by,
        "settled_at": rule.settled_at,
    }


def _rule(row: Row[tuple[object, ...]]) -> LocalRule:
    return LocalRule(
        id=row.id,
        organisation=row.authority_org,
        municipality=row.municipality,
        right_id=row.right_id,
        content=row.content,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        status=LocalStatus(row.status),
        version=row.version,
        number=row.number,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
    )
