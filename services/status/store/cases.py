"""Cases as rows: the projection's writing, and one query for each reading."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, func, insert, select, tuple_, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql import insert as upsert

from services.status.domain.case import Case, CaseKind, CaseStatus, Decision, DecisionOutcome, Step
from services.status.store.tables import case_file, case_timeline
from shared.db.transaction import Transaction
from shared.domain import NotFound

After = tuple[datetime, UUID] | None
_INSERT = upsert(case_file).on_conflict_do_nothing(index_elements=["id"])
_INSERT_STEP = insert(case_timeline)
_LOCK = select(case_file).where(case_file.c.id == bindparam("id")).with_for_update()
_TAKE_BACK = delete(case_timeline).where(
    case_timeline.c.case_id == bindparam("case"), case_timeline.c.version >= bindparam("before")
)
_MOVE = (
    update(case_file)
    .where(case_file.c.id == bindparam("_id"))
    .values(
        {
            name: bindparam(name)
            for name in (
                "status",
                "version",
                "changed_at",
                "decision_outcome",
                "decided_at",
                "notified_at",
                "complain_by",
                "complain_to",
                "decision_version",
            )
        }
    )
)
_OF_CHILD = (
    select(case_file)
    .where(case_file.c.subject_id == bindparam("child"))
    .order_by(case_file.c.submitted_at.desc(), case_file.c.id.desc())
    .limit(bindparam("limit"))
)
_OF_CHILD_AFTER = _OF_CHILD.where(
    tuple_(case_file.c.submitted_at, case_file.c.id) < tuple_(bindparam("after_at"), bindparam("after_id"))
)
_STEP = func.json_build_object(
    "version", case_timeline.c.version, "status", case_timeline.c.status, "at", case_timeline.c.at
)
_WITH_STEPS = (
    select(case_file, func.json_agg(aggregate_order_by(_STEP, case_timeline.c.version)).label("steps"))
    .join(case_timeline, case_timeline.c.case_id == case_file.c.id)
    .where(case_file.c.id == bindparam("id"), case_file.c.subject_id.in_(bindparam("subjects", expanding=True)))
    .group_by(case_file.c.id)
)


async def open_(tx: Transaction, case: Case) -> None:
    """Stores a new case with its first step. What stood here of it was told by a past that its producer has taken back."""
    values = {
        "id": case.id,
        "subject_id": case.child_id,
        "kind": case.kind,
        "right_id": case.right_id,
        "authority_kind": case.authority_kind,
        "authority_org": case.authority_org,
        "status": case.status,
        "version": case.version,
        "submitted_at": case.submitted_at,
        "changed_at": case.changed_at,
    }
    if not (await tx.connection.execute(_INSERT, values)).rowcount:
        await forget(tx, case.id)
        await tx.connection.execute(_INSERT, values)
    await _add_step(tx, case)


async def lock(tx: Transaction, case_id: UUID, *, before: int) -> Case:
    """The case as it was before that version, locked. Steps from it on can only be of a past that the producer has taken back (it was set
    back to an earlier moment): they go. Raises NotFound."""
    row = (await tx.connection.execute(_LOCK, {"id": case_id})).first()
    if row is None:
        raise NotFound
    case = _case(row)
    if case.version < before:
        return case
    await tx.connection.execute(_TAKE_BACK, {"case": case_id, "before": before})
    stands = case.decision is not None and case.decision.version < before
    return replace(case, decision=case.decision if stands else None)


async def move(tx: Transaction, case: Case) -> None:
    """Stores that the case is one step on."""
    values = {"_id": case.id, "status": case.status, "version": case.version, "changed_at": case.changed_at}
    await tx.connection.execute(_MOVE, {**values, **_decided(case.decision)})
    await _add_step(tx, case)


async def forget(tx: Transaction, case_id: UUID | None) -> None:
    """Deletes a case, or all of them, with their timelines: before a replay."""
    mine = [case_file.c.id == case_id] if case_id else []
    await tx.connection.execute(delete(case_file).where(*mine))


async def erase(tx: Transaction, child: UUID) -> None:
    """Deletes all cases of a child, with their timelines."""
    await tx.connection.execute(delete(case_file).where(case_file.c.subject_id == child))


async def of_child(tx: Transaction, child: UUID, *, after: After, limit: int) -> list[Case]:
    """The child's cases without their timelines, newest first, at most `limit`."""
    place = {"after_at": after[0], "after_id": after[1]} if after else {}
    rows = await tx.connection.execute(
        _OF_CHILD_AFTER if after else _OF_CHILD, {"child": child, "limit": limit, **place}
    )
    return [_case(row) for row in rows]


async def find(tx: Transaction, case_id: UUID) -> Case:
    """One case of the caller's with its timeline, oldest step first. Raises NotFound."""
    values = {"id": case_id, "subjects": list(tx.principal.subjects)}
    row = (await tx.connection.execute(_WITH_STEPS, values)).first()
    if row is None:
        raise NotFound
    return _case(
        row,
        tuple(
            Step(step["version"], CaseStatus(step["status"]), datetime.fromisoformat(step["at"])) for step in row.steps
        ),
    )


async def _add_step(tx: Transaction, case: Case) -> None:
    values = {
        "case_id": case.id,
        "version": case.version,
        "subject_id": case.child_id,
        "status": case.status,
        "at": case.changed_at,
    }
    await tx.connection.execute(_INSERT_STEP, values)


def _case(row: Row[Any], steps: tuple[Step, ...] = ()) -> Case:
    return Case(
        id=row.id,
        child_id=row.subject_id,
        kind=CaseKind(row.kind),
        right_id=row.right_id,
        authority_kind=row.authority_kind,
        authority_org=row.authority_org,
        status=CaseStatus(row.status),
        version=row.version,
        submitted_at=row.submitted_at,
        changed_at=row.changed_at,
        steps=steps,
        decision=_decision(row),
    )


def _decided(decision: Decision | None) -> dict[str, Any]:
    return {
        "decision_outcome": decision.outcome if decision else None,
        "decided_at": decision.decided_at if decision else None,
        "notified_at": decision.notified_at if decision else None,
        "complain_by": decision.complain_by if decision else None,
        "complain_to": decision.complain_to if decision else None,
        "decision_version": decision.version if decision else None,
    }


def _decision(row: Row[Any]) -> Decision | None:
    if row.decision_outcome is None:
        return None
    return Decision(
        outcome=DecisionOutcome(row.decision_outcome),
        decided_at=row.decided_at,
        notified_at=row.notified_at,
        complain_by=row.complain_by,
        complain_to=row.complain_to,
        version=row.decision_version,
    )
