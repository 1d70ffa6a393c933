"""The access log as the family reads it: one row a read, folded to one line a day and purpose when it is shown."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, bindparam, delete, func, insert, select, tuple_
from sqlalchemy.dialects.postgresql import insert as upsert

from services.mapping.domain.access_line import Line
from services.mapping.store.tables import access_view
from shared.db.transaction import AccessRow, Transaction

_LINE = (
    access_view.c.day,
    access_view.c.service,
    access_view.c.reader_kind,
    access_view.c.reader,
    access_view.c.purpose,
    access_view.c.denied,
)
_INSERT = insert(access_view)
_KEEP = upsert(access_view).on_conflict_do_nothing()
_LINES = (
    select(
        *_LINE,
        func.count().label("times"),
        func.max(access_view.c.at).label("last_at"),
        func.array_agg(access_view.c.what.distinct(), type_=ARRAY(Text)).label("whats"),
    )
    .where(access_view.c.child_id == bindparam("child"), access_view.c.reader != bindparam("me"))
    .group_by(*_LINE)
    .order_by(access_view.c.day.desc(), *_LINE[1:])
    .limit(bindparam("limit"))
)
_AFTER = _LINES.where(
    access_view.c.day <= bindparam("day"),
    (access_view.c.day < bindparam("day"))
    | (tuple_(*_LINE[1:]) > tuple_(*(bindparam(column.name, type_=column.type) for column in _LINE[1:]))),
)
_ORGANISATIONS = (
    select(access_view.c.reader)
    .where(
        access_view.c.child_id == bindparam("child"),
        access_view.c.reader_kind == "machine",
        access_view.c.denied.is_(False),
    )
    .distinct()
    .order_by(access_view.c.reader)
)
_FORGET = delete(access_view).where(access_view.c.service != "mapping")
_FORGET_KEY = _FORGET.where(access_view.c.child_id == bindparam("child"))


async def add_own(tx: Transaction, row: AccessRow) -> None:
    """A read that this service has just logged itself: straight into the family's view, no event."""
    await tx.connection.execute(_INSERT, _values(row, tx.service, tx.today()))


async def keep(tx: Transaction, row: AccessRow, *, service: str, day: date) -> None:
    """A read that another service tells of; again has no effect."""
    await tx.connection.execute(_KEEP, _values(row, service, day))


async def page(tx: Transaction, child: UUID, *, me: UUID, after: tuple[Any, ...] | None, limit: int) -> list[Line]:
    """Lines without the reader's own, the newest day first."""
    values: dict[str, Any] = {"child": child, "me": str(me), "limit": limit}
    if after is None:
        rows = await tx.connection.execute(_LINES, values)
    else:
        names = [column.name for column in _LINE]
        rows = await tx.connection.execute(_AFTER, values | dict(zip(names, after, strict=True)))
    return [Line(**{**row._mapping, "whats": tuple(row.whats)}) for row in rows]


async def organisations(tx: Transaction, child: UUID) -> list[str]:
    """The numbers of the organisations that have read something of the child."""
    return list((await tx.connection.scalars(_ORGANISATIONS, {"child": child})).all())


async def forget(tx: Transaction, child: UUID | None) -> None:
    """Drops what other services told of a child (None: of all), before they tell it again. Our own rows come from no event."""
    if child is None:
        await tx.connection.execute(_FORGET)
    else:
        await tx.connection.execute(_FORGET_KEY, {"child": child})


def _values(row: AccessRow, service: str, day: date) -> dict[str, object]:
    return {
        "row_id": row.id,
        "child_id": row.child_id,
        "day": day,
        "service": service,
        "reader_kind": row.reader_kind,
        "reader": str(row.reader_id or row.organisation or ""),
        "purpose": row.purpose or "",
        "what": row.what,
        "denied": row.denied,
        "at": row.at,
    }
