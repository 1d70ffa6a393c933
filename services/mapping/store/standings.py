"""What the access decision rests on, in one query: the children someone may be something to, with relations and live grants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, DateTime, Row, Text, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA, JSONB

from services.mapping.domain.access import Child, Tie
from services.mapping.domain.grant import Grant
from services.mapping.domain.law import Action
from shared.db.transaction import Transaction

NEVER = datetime.min.replace(tzinfo=UTC)

_COLUMNS = """
select p.id, p.born, p.died, p.address, p.protection <> 'none' as protected, p.register_at,
  (select coalesce(jsonb_agg(jsonb_build_object(
            'adult', g.guardian_id, 'acts', g.acts, 'home', a.address, 'protected', a.protection <> 'none') order by g.guardian_id), '[]')
     from guardianship g join person a on a.id = g.guardian_id where g.child_id = p.id) as ties,
  (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]')
     from access_grant t where t.child_id = p.id and t.withdrawn_at is null and t.valid_to > :day) as grants,
"""
_OUT = [
    Column("id", Uuid),
    Column("born", Date),
    Column("died", Date),
    Column("address", Text),
    Column("protected", Boolean),
    Column("register_at", DateTime(timezone=True)),
    Column("ties", JSONB),
    Column("grants", JSONB),
    Column("me", Uuid),
    Column("alias", Uuid),
]
_AROUND = (
    text(
        _COLUMNS + " me.person_id as me, null::uuid as alias from find_persons(:digests) as me, person p"  # noqa: S608  # constants
        " where p.id = me.person_id or p.id in (select child_id from guardianship where guardian_id = me.person_id)"
    )
    .bindparams(bindparam("digests", type_=ARRAY(BYTEA)))
    .columns(*_OUT)
)
_ALIASED = text(
    _COLUMNS
    + " null::uuid as me, s.alias from pseudonym s join person p on p.id = s.person_id where s.organisation = :organisation and s.alias = :alias"
).columns(*_OUT)
_BY_ID = text(_COLUMNS + " null::uuid as me, null::uuid as alias from person p where p.id = :child").columns(*_OUT)


@dataclass(frozen=True, slots=True)
class Circle:
    """A citizen and those the citizen is something to, the citizen among them."""

    person: UUID
    children: tuple[Child, ...]

    @property
    def as_of(self) -> datetime:
        """When the register last told of the citizen and all of these."""
        return next(child.as_of for child in self.children if child.id == self.person)


@dataclass(frozen=True, slots=True)
class Named:
    """A child as an organisation names it."""

    child: Child
    alias: UUID


async def around(tx: Transaction, digest: bytes) -> Circle | None:
    """The circle of the citizen whose national id has this digest; None when never seen."""
    rows = (await tx.connection.execute(_AROUND, {"digests": [digest], "day": tx.today()})).all()
    return Circle(rows[0].me, tuple(child_of(row) for row in rows)) if rows else None


async def aliased(tx: Transaction, organisation: str, alias: UUID) -> Named | None:
    """The child that the organisation knows by this pseudonym."""
    row = (
        await tx.connection.execute(_ALIASED, {"organisation": organisation, "alias": alias, "day": tx.today()})
    ).first()
    return Named(child_of(row), row.alias) if row else None


async def by_id(tx: Transaction, child: UUID) -> Child | None:
    """The child with its grants, and those of its relations whose adults the caller may see: for an organisation the givers of its grants."""
    row = (await tx.connection.execute(_BY_ID, {"child": child, "day": tx.today()})).first()
    return child_of(row) if row else None


def child_of(row: Row[Any]) -> Child:
    """A row as the domain sees it; never told of by the register is older than anything."""
    return Child(
        id=row.id,
        born=row.born,
        died=row.died,
        home=row.address,
        protected=row.protected,
        as_of=row.register_at or NEVER,
        ties=tuple(
            Tie(adult=UUID(t["adult"]), acts=t["acts"], home=t["home"], protected=t["protected"]) for t in row.ties
        ),
        grants=_grants(row.grants),
    )


def _grants(found: Sequence[dict[str, Any]]) -> tuple[Grant, ...]:
    return tuple(
        Grant(
            id=UUID(g["id"]),
            child=UUID(g["child_id"]),
            giver=UUID(g["giver_id"]),
            organisation=g["organisation"],
            guardian=UUID(g["guardian_id"]) if g["guardian_id"] else None,
            purpose=g["purpose"],
            groups=frozenset(g["groups"]),
            actions=frozenset(map(Action, g["actions"])),
            valid_from=date.fromisoformat(g["valid_from"]),
            valid_to=date.fromisoformat(g["valid_to"]),
            given_at=datetime.fromisoformat(g["given_at"]),
            version=g["version"],
        )
        for g in found
    )
