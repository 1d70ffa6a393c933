"""Evaluations as rows: what was known, sealed with the key of each person it is of; never changed."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, or_, select

from services.rights.domain.evaluation import Evaluation
from services.rights.domain.profile import Statements
from services.rights.store import packs
from services.rights.store.rulebook import Rulebook
from services.rights.store.statements import as_bytes, as_json, from_json
from services.rights.store.tables import evaluation as table
from shared.db.transaction import Transaction

_KEPT = (
    "id",
    "applicant_id",
    "profile_version",
    "as_of",
    "law_on",
    "known_at",
    "pack",
    "engine",
    "sha256",
)
_INSERT = insert(table)
_FOR_READER = (
    select(table)
    .where(
        table.c.subject_id == bindparam("child"),
        or_(table.c.applicant_id.is_(None), table.c.applicant_id == bindparam("applicant")),
    )
    .order_by(table.c.id.desc())
)
_PAGE = _FOR_READER.where(table.c.id < bindparam("before")).limit(bindparam("limit"))
_ONE = _FOR_READER.where(table.c.id == bindparam("evaluation"))
_CONTENT = select(table.c.content, table.c.child_content).where(table.c.id == bindparam("evaluation"))
_FORGET = delete(table).where(table.c.subject_id == bindparam("child"))
_ERASE = delete(table).where(
    or_(table.c.subject_id == bindparam("person"), table.c.applicant_id == bindparam("person"))
)


async def add(tx: Transaction, evaluation: Evaluation, *, own: Statements, child: Statements | None) -> None:
    """Stores an evaluation with what was known of the one it is for and, beside a guardian's own, of the child."""
    await packs.keep(tx, evaluation.pack)
    await tx.connection.execute(_INSERT, _values(tx, evaluation, own, child))


async def page_of_child(
    tx: Transaction, child: UUID, *, applicant: UUID | None, before: UUID, limit: int
) -> list[Evaluation]:
    """The child's evaluations, and the applicant's where named, newest first."""
    wanted = {"child": child, "applicant": applicant, "before": before, "limit": limit}
    return [_evaluation(row) for row in await tx.connection.execute(_PAGE, wanted)]


async def one_of_child(tx: Transaction, child: UUID, evaluation: UUID, *, applicant: UUID | None) -> Evaluation | None:
    """The evaluation, if it is of the child or of the applicant for the child, and none of them was erased."""
    wanted = {"child": child, "applicant": applicant, "evaluation": evaluation}
    row = (await tx.connection.execute(_ONE, wanted)).one_or_none()
    if row is None or any(tx.is_erased(person) for person in (row.subject_id, row.applicant_id) if person):
        return None
    return _evaluation(row)


async def statements_of(tx: Transaction, evaluation: Evaluation, book: Rulebook) -> tuple[Statements, ...]:
    """What was known then, in the words of the rules of then: of the child, and of the guardian it was for."""
    row = (await tx.connection.execute(_CONTENT, {"evaluation": evaluation.id})).one()
    own = _opened(tx, evaluation, evaluation.owner_id, "content", row.content)
    if row.child_content is None:
        return (from_json(own, book),)
    child = _opened(tx, evaluation, evaluation.child_id, "child_content", row.child_content)
    return from_json(child, book), from_json(own, book)


async def forget(tx: Transaction, child: UUID) -> None:
    """Removes every evaluation of the child."""
    await tx.connection.execute(_FORGET, {"child": child})


async def erase(tx: Transaction, person: UUID) -> None:
    """Removes what was evaluated of the person, as a child and as a guardian."""
    await tx.connection.execute(_ERASE, {"person": person})


def _values(tx: Transaction, evaluation: Evaluation, own: Statements, child: Statements | None) -> dict[str, Any]:
    kept = {name: getattr(evaluation, name) for name in _KEPT}
    content = _sealed(tx, evaluation, evaluation.owner_id, "content", own)
    beside = None if child is None else _sealed(tx, evaluation, evaluation.child_id, "child_content", child)
    return {**kept, "subject_id": evaluation.child_id, "content": content, "child_content": beside}


def _sealed(tx: Transaction, evaluation: Evaluation, owner: UUID, column: str, told: Statements) -> bytes:
    return tx.seal(owner, as_bytes(as_json(told)), table="evaluation", column=column, row=evaluation.id)


def _opened(tx: Transaction, evaluation: Evaluation, owner: UUID, column: str, sealed: bytes) -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads(
        tx.unseal(owner, sealed, table="evaluation", column=column, row=evaluation.id)
    )
    return content


def _evaluation(row: Row[Any]) -> Evaluation:
    return Evaluation(child_id=row.subject_id, **{name: getattr(row, name) for name in _KEPT})
