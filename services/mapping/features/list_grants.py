"""A family sees every grant for its children; an organisation those it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.mapping.domain.grant import Grant
from services.mapping.store import grants, pseudonyms
from shared.db.transaction import Transaction


@dataclass(frozen=True, slots=True)
class GrantPage:
    """A page of grants, oldest first; for an organisation with its pseudonyms of the children and givers."""

    grants: list[Grant]
    aliases: Mapping[UUID, UUID]
    last: UUID | None


async def list_grants(
    tx: Transaction, children: Sequence[UUID], *, organisation: str | None, after: UUID | None, limit: int
) -> GrantPage:
    """Of these children, ended ones too; or (where an organisation asks) those given to it that have not ended."""
    if organisation is None:
        found, aliases = await grants.page(tx, children, after=after, limit=limit + 1), {}
    else:
        found = await grants.page_to(tx, organisation, after=after, limit=limit + 1)
        named = sorted({person for grant in found for person in (grant.child, grant.giver)})
        aliases = await pseudonyms.of(tx, organisation, named)
    shown = found[:limit]
    for child in sorted({grant.child for grant in shown}):
        await tx.reads(child, "grants")
    return GrantPage(shown, aliases, shown[-1].id if len(found) > limit else None)
