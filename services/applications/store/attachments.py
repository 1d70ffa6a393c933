"""Attachments as rows; their content lies in files (`attachment_files`)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from services.applications.domain.attachment import Attachment
from services.applications.store.tables import attachment as table
from shared.db.transaction import Transaction
from shared.domain import NotFound

_OF = select(table).where(table.c.application_id == bindparam("application")).order_by(table.c.id)
_FIND = select(table).where(table.c.application_id == bindparam("application"), table.c.id == bindparam("id"))
_HOW_MANY = select(func.count()).select_from(table).where(table.c.application_id == bindparam("application"))
_INSERT = insert(table)
_DELETE = delete(table).where(table.c.id == bindparam("_id"))
_ADDRESS = update(table).where(table.c.application_id == bindparam("application"))
_SEND = (
    update(table)
    .where(table.c.application_id == bindparam("application"), table.c.id.in_(bindparam("ids", expanding=True)))
    .values(authority_org=bindparam("org"), request_id=bindparam("request"))
)
_ERASE = delete(table).where(table.c.subject_id == bindparam("child"))
_KNOWN = select(table.c.id).where(table.c.id.in_(bindparam("ids", expanding=True)))


async def of(tx: Transaction, application_id: UUID) -> list[Attachment]:
    """The application's attachments, oldest first; there are never more than a page of them."""
    return [_attachment(tx, row) for row in await tx.connection.execute(_OF, {"application": application_id})]


async def find(tx: Transaction, application_id: UUID, attachment_id: UUID) -> Attachment:
    """One attachment of the application. Raises NotFound."""
    row = (await tx.connection.execute(_FIND, {"application": application_id, "id": attachment_id})).first()
    if row is None:
        raise NotFound
    return _attachment(tx, row)


async def how_many(tx: Transaction, application_id: UUID) -> int:
    """How many attachments the application holds."""
    return (await tx.connection.execute(_HOW_MANY, {"application": application_id})).scalar_one()


async def add(tx: Transaction, attachment: Attachment) -> None:
    """Stores the row; the file is in place already."""
    sealed = tx.seal(
        attachment.child_id, attachment.file_name.encode(), table="attachment", column="file_name", row=attachment.id
    )
    values = {
        "id": attachment.id,
        "application_id": attachment.application_id,
        "subject_id": attachment.child_id,
        "uploaded_by": attachment.uploaded_by,
        "uploaded_at": attachment.uploaded_at,
        "media_type": attachment.media_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "file_name": sealed,
        "documentation": attachment.documentation,
    }
    await tx.connection.execute(_INSERT, values)


async def remove(tx: Transaction, attachment_id: UUID) -> None:
    """Removes the row; the file goes after the commit."""
    await tx.connection.execute(_DELETE, {"_id": attachment_id})


async def address(tx: Transaction, application_id: UUID, orgnr: str) -> None:
    """From now on the organisation may open the application's attachments."""
    await tx.connection.execute(_ADDRESS, {"application": application_id, "authority_org": orgnr})


async def send(tx: Transaction, application_id: UUID, ids: Iterable[UUID], *, orgnr: str, request_id: UUID) -> None:
    """These attachments go to the organisation, as answers to what it asked for."""
    chosen = {"application": application_id, "ids": list(ids), "org": orgnr, "request": request_id}
    await tx.connection.execute(_SEND, chosen)


async def erase(tx: Transaction, child: UUID) -> None:
    """Removes the rows of all the child's attachments; the sweep removes the files, which no key opens any more."""
    await tx.connection.execute(_ERASE, {"child": child})


async def known(tx: Transaction, ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of the ids are attachments; for the sweep."""
    return frozenset((await tx.connection.execute(_KNOWN, {"ids": list(ids)})).scalars())


def _attachment(tx: Transaction, row: Row[Any]) -> Attachment:
    name = tx.unseal(row.subject_id, row.file_name, table="attachment", column="file_name", row=row.id)
    return Attachment(
        id=row.id,
        application_id=row.application_id,
        child_id=row.subject_id,
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        file_name=name.decode(),
        documentation=row.documentation,
        request_id=row.request_id,
        is_sent=row.authority_org is not None,
    )
