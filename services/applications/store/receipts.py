"""Receipts as rows; the authority's own case reference is sealed."""

from uuid import UUID

from sqlalchemy import bindparam, insert, select

from services.applications.domain.application import Application
from services.applications.domain.handling import Receipt
from services.applications.store.tables import receipt as table
from shared.db.transaction import Transaction

_OF = select(table).where(table.c.application_id == bindparam("application"))
_INSERT = insert(table)
_PLACE = {"table": "receipt", "column": "case_reference"}


async def of(tx: Transaction, application_id: UUID) -> Receipt | None:
    """The application's receipt, if the authority has acknowledged it."""
    row = (await tx.connection.execute(_OF, {"application": application_id})).first()
    if row is None:
        return None
    sealed = row.case_reference
    reference = tx.unseal(row.subject_id, sealed, **_PLACE, row=application_id).decode() if sealed else None
    return Receipt(row.received_at, reference)


async def add(tx: Transaction, application: Application, orgnr: str, receipt: Receipt) -> None:
    """Stores the receipt that the organisation gives."""
    reference = receipt.case_reference
    sealed = (
        tx.seal(application.child_id, reference.encode(), **_PLACE, row=application.id)
        if reference is not None
        else None
    )
    values = {
        "application_id": application.id,
        "subject_id": application.child_id,
        "authority_org": orgnr,
        "received_at": receipt.received_at,
        "case_reference": sealed,
    }
    await tx.connection.execute(_INSERT, values)
