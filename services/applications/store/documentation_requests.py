"""Requests for documentation as rows; what is asked and what is answered is sealed."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, insert, select, update

from services.applications.domain.documentation import DocumentationRequest
from services.applications.store.tables import attachment
from services.applications.store.tables import documentation_request as table
from shared.db.transaction import Transaction

_OF = select(table).where(table.c.application_id == bindparam("application")).order_by(table.c.id)
_FILES = (
    select(attachment.c.id, attachment.c.request_id)
    .where(attachment.c.application_id == bindparam("application"), attachment.c.request_id.is_not(None))
    .order_by(attachment.c.id)
)
_HOW_MANY = select(func.count()).select_from(table).where(table.c.application_id == bindparam("application"))
_INSERT = insert(table)
_ANSWER = update(table).where(table.c.id == bindparam("_id"))


async def of(tx: Transaction, application_id: UUID) -> tuple[DocumentationRequest, ...]:
    """What the authority has asked for, oldest first, with the answers."""
    rows = (await tx.connection.execute(_OF, {"application": application_id})).all()
    files: defaultdict[UUID, list[UUID]] = defaultdict(list)
    if rows:
        for each in await tx.connection.execute(_FILES, {"application": application_id}):
            files[each.request_id].append(each.id)
    return tuple(_request(tx, row, tuple(files[row.id])) for row in rows)


async def how_many(tx: Transaction, application_id: UUID) -> int:
    """How often the authority has asked."""
    return (await tx.connection.execute(_HOW_MANY, {"application": application_id})).scalar_one()


async def add(tx: Transaction, request: DocumentationRequest, orgnr: str) -> None:
    """Stores what the organisation asks for."""
    values = {
        "id": request.id,
        "application_id": request.application_id,
        "subject_id": request.child_id,
        "authority_org": orgnr,
        "what": _sealed(tx, request, "what", request.what),
        "deadline": request.deadline,
        "asked_at": request.asked_at,
    }
    await tx.connection.execute(_INSERT, values)


async def save_answer(tx: Transaction, request: DocumentationRequest) -> None:
    """Stores the family's answer; its attachments are sent on their own."""
    words = _sealed(tx, request, "answer", request.answer) if request.answer is not None else None
    await tx.connection.execute(_ANSWER, {"_id": request.id, "answered_at": request.answered_at, "answer": words})


def _sealed(tx: Transaction, request: DocumentationRequest, column: str, words: str) -> bytes:
    return tx.seal(request.child_id, words.encode(), table="documentation_request", column=column, row=request.id)


def _request(tx: Transaction, row: Row[Any], files: tuple[UUID, ...]) -> DocumentationRequest:
    def opened(column: str) -> str | None:
        sealed = getattr(row, column)
        place = {"table": "documentation_request", "column": column}
        return tx.unseal(row.subject_id, sealed, **place, row=row.id).decode() if sealed else None

    return DocumentationRequest(
        id=row.id,
        application_id=row.application_id,
        child_id=row.subject_id,
        what=opened("what") or "",
        deadline=row.deadline,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        answer=opened("answer"),
        attachments=files,
    )
