"""Complaints as rows: what people wrote is sealed with the child's key, everything else is readable for lists and for whose move it is."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, insert, or_, select, tuple_, update

from services.status.domain.complaint import (
    Complaint,
    ComplaintStatus,
    ComplaintStep,
    Outcome,
    Party,
    Role,
    Said,
    words_of,
)
from services.status.store.tables import case_file
from services.status.store.tables import complaint as table
from shared.db.transaction import Transaction
from shared.domain import NotFound

After = tuple[datetime, UUID] | None
_UNSEALED = [column for column in table.c if column.name != "said"]
_OURS = or_(
    table.c.subject_id.in_(bindparam("subjects", expanding=True)),
    table.c.authority_org == bindparam("org"),
    table.c.appeal_org == bindparam("org"),
)
_FIND = select(table).where(table.c.id == bindparam("id"), _OURS)
_LOCK = _FIND.with_for_update()
_LOCK_CASE = select(case_file.c.id).where(case_file.c.id == bindparam("id")).with_for_update()
_INSERT = insert(table)
_CHANGING = ("appeal_org", "appeal_alias", "status", "version", "forwarded_at", "decided_on", "steps", "said")
_UPDATE = update(table).where(table.c.id == bindparam("_id")).values({name: bindparam(name) for name in _CHANGING})
_OF_CASES = (
    select(*_UNSEALED)
    .where(
        table.c.case_id.in_(bindparam("cases", expanding=True)),
        table.c.subject_id.in_(bindparam("subjects", expanding=True)),
    )
    .order_by(table.c.filed_at.desc(), table.c.id.desc())
)
_ARRIVED = {Role.AUTHORITY: table.c.filed_at, Role.APPEAL: table.c.forwarded_at}
_HAS = {Role.AUTHORITY: table.c.authority_org, Role.APPEAL: table.c.appeal_org}
_LISTS = {
    role: select(*_UNSEALED)
    .where(_HAS[role] == bindparam("org"))
    .order_by(_ARRIVED[role], table.c.id)
    .limit(bindparam("limit"))
    for role in Role
}
_LISTS_AFTER = {
    role: found.where(tuple_(_ARRIVED[role], table.c.id) > tuple_(bindparam("after_at"), bindparam("after_id")))
    for role, found in _LISTS.items()
}


async def find(tx: Transaction, complaint_id: UUID, *, lock: bool = False) -> Complaint:
    """The complaint with what people wrote, if it is about a child of the caller's or the caller's organisation has it. Raises NotFound."""
    values = {"id": complaint_id, "subjects": list(tx.principal.subjects), "org": tx.principal.org}
    row = (await tx.connection.execute(_LOCK if lock else _FIND, values)).first()
    if row is None:
        raise NotFound
    return _complaint(row, _said(tx, row))


async def of_cases(tx: Transaction, cases: Iterable[UUID]) -> list[Complaint]:
    """All complaints on these cases of the caller's, newest first, without what people wrote."""
    values = {"cases": list(cases), "subjects": list(tx.principal.subjects)}
    return [_complaint(row, None) for row in await tx.connection.execute(_OF_CASES, values)]


async def had_by(tx: Transaction, organisation: str, role: Role, *, after: After, limit: int) -> list[Complaint]:
    """What the organisation has in that role, in the order it came, without what people wrote."""
    place = {"after_at": after[0], "after_id": after[1]} if after else {}
    found = _LISTS_AFTER[role] if after else _LISTS[role]
    rows = await tx.connection.execute(found, {"org": organisation, "limit": limit, **place})
    return [_complaint(row, None) for row in rows]


async def lock_case(tx: Transaction, case_id: UUID) -> None:
    """One complaint at a time is filed on a case."""
    await tx.connection.execute(_LOCK_CASE, {"id": case_id})


async def add(tx: Transaction, complaint: Complaint) -> None:
    """Stores a new complaint."""
    fixed = {
        "id": complaint.id,
        "case_id": complaint.case_id,
        "case_version": complaint.case_version,
        "subject_id": complaint.child_id,
        "complainant_id": complaint.complainant,
        "relation": complaint.relation,
        "right_id": complaint.right_id,
        "authority_kind": complaint.authority_kind,
        "authority_org": complaint.authority.orgnr,
        "authority_alias": complaint.authority.alias,
        "body": complaint.body,
        "protected": complaint.protected,
        "last_day": complaint.last_day,
        "late": complaint.late,
        "filed_at": complaint.filed_at,
    }
    await tx.connection.execute(_INSERT, {**fixed, **_changing(tx, complaint)})


async def save(tx: Transaction, complaint: Complaint) -> None:
    """Stores the complaint one step on; its row is locked."""
    await tx.connection.execute(_UPDATE, {"_id": complaint.id, **_changing(tx, complaint)})


def _changing(tx: Transaction, complaint: Complaint) -> dict[str, Any]:
    words = json.dumps({name: text for name, text in asdict(words_of(complaint)).items() if text is not None})
    return {
        "appeal_org": complaint.appeal.orgnr if complaint.appeal else None,
        "appeal_alias": complaint.appeal.alias if complaint.appeal else None,
        "status": complaint.status,
        "version": complaint.version,
        "forwarded_at": complaint.forwarded_at,
        "decided_on": complaint.decided_on,
        "steps": [{**asdict(step), "at": step.at.isoformat()} for step in complaint.steps],
        "said": tx.seal(complaint.child_id, words.encode(), table="complaint", column="said", row=complaint.id),
    }


def _said(tx: Transaction, row: Row[Any]) -> Said:
    return Said(**json.loads(tx.unseal(row.subject_id, row.said, table="complaint", column="said", row=row.id)))


def _complaint(row: Row[Any], said: Said | None) -> Complaint:
    return Complaint(
        id=row.id,
        case_id=row.case_id,
        case_version=row.case_version,
        child_id=row.subject_id,
        complainant=row.complainant_id,
        relation=row.relation,
        right_id=row.right_id,
        authority_kind=row.authority_kind,
        authority=Party(row.authority_org, row.authority_alias),
        body=row.body,
        protected=row.protected,
        last_day=row.last_day,
        late=row.late,
        said=said,
        steps=tuple(_step(step) for step in row.steps),
        appeal=Party(row.appeal_org, row.appeal_alias) if row.appeal_org else None,
        decided_on=row.decided_on,
    )


def _step(stored: dict[str, Any]) -> ComplaintStep:
    outcome = Outcome(stored["outcome"]) if stored["outcome"] else None
    return ComplaintStep(
        stored["version"], ComplaintStatus(stored["status"]), outcome, datetime.fromisoformat(stored["at"])
    )
