"""Grants, ended ones too."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, insert, or_, select, update

from services.mapping.domain.grant import Grant
from services.mapping.domain.law import Action
from services.mapping.store.among import among
from services.mapping.store.tables import access_grant
from shared.db.transaction import Transaction

_FIRST = UUID(int=0)
_ONE = select(access_grant).where(access_grant.c.id == bindparam("grant"))
_LOCKED = _ONE.with_for_update()
_OF_CHILDREN = select(access_grant).where(among(access_grant.c.child_id, "children"))
_PAGE = _OF_CHILDREN.where(access_grant.c.id > bindparam("after")).order_by(access_grant.c.id).limit(bindparam("limit"))
_TO_ORGANISATION = (
    select(access_grant)
    .where(
        access_grant.c.organisation == bindparam("organisation"),
        access_grant.c.withdrawn_at.is_(None),
        access_grant.c.valid_to > bindparam("day"),
    )
    .where(access_grant.c.id > bindparam("after"))
    .order_by(access_grant.c.id)
    .limit(bindparam("limit"))
)
_OPEN_TO_ORGANISATIONS = (
    _OF_CHILDREN.where(access_grant.c.organisation.is_not(None), access_grant.c.withdrawn_at.is_(None))
    .order_by(access_grant.c.id)
    .with_for_update()
)
_OPEN_OF_PERSON = (
    select(access_grant)
    .where(
        access_grant.c.withdrawn_at.is_(None),
        or_(
            *(
                column == bindparam("person")
                for column in (access_grant.c.child_id, access_grant.c.giver_id, access_grant.c.guardian_id)
            )
        ),
    )
    .order_by(access_grant.c.id)
    .with_for_update()
)
_INSERT = insert(access_grant)
_WITHDRAW = (
    update(access_grant)
    .where(access_grant.c.id == bindparam("grant"))
    .values(
        version=bindparam("new_version"),
        withdrawn_at=bindparam("new_withdrawn_at"),
        withdrawn_by=bindparam("new_withdrawn_by"),
    )
)


async def find(tx: Transaction, grant_id: UUID, *, lock: bool = False) -> Grant | None:
    """One grant that the caller may see, held until the transaction ends if so wanted."""
    row = (await tx.connection.execute(_LOCKED if lock else _ONE, {"grant": grant_id})).first()
    return _grant(row) if row else None


async def of_children(tx: Transaction, children: Sequence[UUID]) -> list[Grant]:
    """All grants of these children, ended ones too."""
    return [_grant(row) for row in await tx.connection.execute(_OF_CHILDREN, {"children": list(children)})]


async def to_organisations(tx: Transaction, children: Sequence[UUID]) -> list[Grant]:
    """The organisations' grants for these children that are not withdrawn, held until the transaction ends."""
    return [_grant(row) for row in await tx.connection.execute(_OPEN_TO_ORGANISATIONS, {"children": list(children)})]


async def open_of_person(tx: Transaction, person: UUID) -> list[Grant]:
    """The grants for the person, by it or to it that are not withdrawn, held until the transaction ends."""
    return [_grant(row) for row in await tx.connection.execute(_OPEN_OF_PERSON, {"person": person})]


async def page(tx: Transaction, children: Sequence[UUID], *, after: UUID | None, limit: int) -> list[Grant]:
    """A page of them, oldest first."""
    rows = await tx.connection.execute(_PAGE, {"children": list(children), "after": after or _FIRST, "limit": limit})
    return [_grant(row) for row in rows]


async def page_to(tx: Transaction, organisation: str, *, after: UUID | None, limit: int) -> list[Grant]:
    """A page of the grants that the organisation has and that have not ended."""
    values = {"organisation": organisation, "day": tx.today(), "after": after or _FIRST, "limit": limit}
    return [_grant(row) for row in await tx.connection.execute(_TO_ORGANISATION, values)]


async def add(tx: Transaction, grant: Grant) -> None:
    """Stores a new grant."""
    await tx.connection.execute(_INSERT, _row(grant))


async def save_withdrawal(tx: Transaction, grant: Grant) -> None:
    """Stores that it is withdrawn."""
    values = {
        "grant": grant.id,
        "new_version": grant.version,
        "new_withdrawn_at": grant.withdrawn_at,
        "new_withdrawn_by": grant.withdrawn_by,
    }
    await tx.connection.execute(_WITHDRAW, values)


def _grant(row: Row[Any]) -> Grant:
    return Grant(
        id=row.id,
        child=row.child_id,
        giver=row.giver_id,
        organisation=row.organisation,
        guardian=row.guardian_id,
        purpose=row.purpose,
        groups=frozenset(row.groups),
        actions=frozenset(map(Action, row.actions)),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        given_at=row.given_at,
        version=row.version,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by,
    )


def _row(grant: Grant) -> dict[str, object]:
    return {
        "id": grant.id,
        "child_id": grant.child,
        "giver_id": grant.giver,
        "organisation": grant.organisation,
        "guardian_id": grant.guardian,
        "purpose": grant.purpose,
        "groups": sorted(grant.groups),
        "actions": sorted(grant.actions),
        "valid_from": grant.valid_from,
        "valid_to": grant.valid_to,
        "given_at": grant.given_at,
        "version": grant.version,
    }
