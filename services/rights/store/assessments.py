"""Assessments as rows: the facts sealed with the key of the person they are of, versions readable."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, delete, insert, or_, select, update

from services.rights.domain.assessment import Assessment
from services.rights.store.statements import as_bytes, as_json, from_json
from services.rights.store.tables import assessment as table
from shared.db.transaction import Transaction

_OF_CHILD = select(table).where(table.c.subject_id == bindparam("child")).order_by(table.c.id)
_FOR_READER = _OF_CHILD.where(or_(table.c.applicant_id.is_(None), table.c.applicant_id == bindparam("applicant")))
_LOCKED = _OF_CHILD.with_for_update()
_DUE = (
    select(table.c.subject_id)
    .distinct()
    .where(
        table.c.subject_id > bindparam("after"),
        or_(
            table.c.pack != bindparam("pack"),
            and_(table.c.wakes_on <= bindparam("today"), table.c.judged_on < bindparam("today")),
        ),
    )
    .order_by(table.c.subject_id)
    .limit(bindparam("limit"))
)
_INSERT = insert(table)
_UPDATE = update(table).where(table.c.id == bindparam("_id"))
_DELETE = delete(table).where(table.c.id == bindparam("_id"))
_FORGET = delete(table).where(table.c.subject_id == bindparam("child"))
_FORGET_ALL = delete(table)
_ERASE = delete(table).where(
    or_(table.c.subject_id == bindparam("person"), table.c.applicant_id == bindparam("person"))
)


async def of_child(tx: Transaction, child: UUID, *, applicant: UUID | None) -> list[Assessment]:
    """The child's own assessment and, where named, the applicant's; none before the first profile, and none of someone who was erased."""
    rows = await tx.connection.execute(_FOR_READER, {"child": child, "applicant": applicant})
    return [_assessment(tx, row) for row in rows if not tx.is_erased(_owner(row))]


async def lock_of_child(tx: Transaction, child: UUID) -> dict[UUID | None, Assessment]:
    """Every assessment of the child, locked, by applicant. The key of someone erased goes before the row does: such a row goes here."""
    found: dict[UUID | None, Assessment] = {}
    for row in (await tx.connection.execute(_LOCKED, {"child": child})).all():
        if tx.is_erased(_owner(row)):
            await tx.connection.execute(_DELETE, {"_id": row.id})
        else:
            found[row.applicant_id] = _assessment(tx, row)
    return found


async def due(tx: Transaction, *, pack: str, after: UUID, limit: int) -> list[UUID]:
    """The next children, by id, who were judged by other rules than these, or for whom there may be something new today."""
    wanted = {"pack": pack, "today": tx.today(), "after": after, "limit": limit}
    return list((await tx.connection.execute(_DUE, wanted)).scalars())


async def add(tx: Transaction, assessment: Assessment) -> None:
    """Stores a new assessment."""
    values = {"id": assessment.id, "subject_id": assessment.child_id, "applicant_id": assessment.applicant_id}
    await tx.connection.execute(_INSERT, {**values, **_values(tx, assessment)})


async def save(tx: Transaction, assessment: Assessment) -> None:
    """Stores the renewed assessment; its row is locked."""
    await tx.connection.execute(_UPDATE, {"_id": assessment.id, **_values(tx, assessment)})


async def remove(tx: Transaction, assessment: Assessment) -> None:
    """Removes one assessment."""
    await tx.connection.execute(_DELETE, {"_id": assessment.id})


async def forget(tx: Transaction, child: UUID | None) -> None:
    """Removes every assessment of the child; without a child, all there are."""
    await tx.connection.execute(*((_FORGET, {"child": child}) if child else (_FORGET_ALL,)))


async def erase(tx: Transaction, person: UUID) -> None:
    """Removes what was judged of the person, as a child and as a guardian."""
    await tx.connection.execute(_ERASE, {"person": person})


def _owner(row: Row[Any]) -> UUID:
    owner: UUID = row.applicant_id or row.subject_id
    return owner


def _values(tx: Transaction, assessment: Assessment) -> dict[str, Any]:
    return {
        "version": assessment.version,
        "profile_version": assessment.profile_version,
        "as_of": assessment.as_of,
        "pack": assessment.pack,
        "judged_on": assessment.judged_on,
        "wakes_on": assessment.wakes_on,
        "content": tx.seal(
            assessment.owner_id, _content(assessment), table="assessment", column="content", row=assessment.id
        ),
    }


def _content(assessment: Assessment) -> bytes:
    return as_bytes({**as_json(assessment.statements), "digest": assessment.digest})


def _assessment(tx: Transaction, row: Row[Any]) -> Assessment:
    content = json.loads(tx.unseal(_owner(row), row.content, table="assessment", column="content", row=row.id))
    return Assessment(
        id=row.id,
        child_id=row.subject_id,
        applicant_id=row.applicant_id,
        version=row.version,
        profile_version=row.profile_version,
        as_of=row.as_of,
        statements=from_json(content),
        digest=content["digest"],
        pack=row.pack,
        judged_on=row.judged_on,
        wakes_on=row.wakes_on,
    )
