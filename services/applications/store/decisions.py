"""Decisions as rows: dates and outcomes readable, every word sealed."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, insert, select, update

from services.applications.domain.decision import (
    Amount,
    ComplaintInformation,
    Decision,
    Item,
    Outcome,
    Period,
    Superseding,
    Unit,
)
from services.applications.domain.snapshot import canonical
from services.applications.store.tables import decision as table
from shared.db.transaction import Transaction

_OF = select(table).where(table.c.application_id == bindparam("application"))
_INSERT = insert(table)
_SUPERSEDE = update(table).where(table.c.id == bindparam("_id"))
_PLACE = {"table": "decision", "column": "content"}


async def of(tx: Transaction, application_id: UUID) -> Decision | None:
    """The decision on the application, if there is one."""
    row = (await tx.connection.execute(_OF, {"application": application_id})).first()
    return None if row is None else _decision(tx, row)


async def add(tx: Transaction, decision: Decision, orgnr: str) -> None:
    """Stores the organisation's decision."""
    complaint = decision.complaint
    content = canonical(_document(decision))
    values = {
        "id": decision.id,
        "application_id": decision.application_id,
        "subject_id": decision.child_id,
        "authority_org": orgnr,
        "outcome": decision.outcome,
        "decided_at": decision.decided_at,
        "notified_at": decision.notified_at,
        "complaint_body": complaint.body if complaint else None,
        "complaint_deadline": complaint.deadline if complaint else None,
        "content": tx.seal(decision.child_id, content, **_PLACE, row=decision.id),
        "recorded_at": decision.recorded_at,
    }
    await tx.connection.execute(_INSERT, values)


async def save_superseding(tx: Transaction, decision: Decision) -> None:
    """Stores what has taken the decision's place."""
    by = decision.superseding
    values = {
        "superseded_by": by.complaint_id if by else None,
        "superseded_outcome": by.outcome if by else None,
        "superseded_at": by.at if by else None,
    }
    await tx.connection.execute(_SUPERSEDE, {"_id": decision.id, **values})


def _document(decision: Decision) -> dict[str, Any]:
    complaint = decision.complaint
    return {
        "items": [_item_as_json(item) for item in decision.items],
        "complaint": {"send_to": complaint.send_to} if complaint else None,
    }


def _item_as_json(item: Item) -> dict[str, Any]:
    amount, period = item.amount, item.period
    return {
        "what": item.what,
        "outcome": item.outcome.value,
        "amount": {"value": amount.value, "unit": amount.unit.value} if amount else None,
        "period": {"from": period.starts.isoformat(), "to": period.ends.isoformat() if period.ends else None}
        if period
        else None,
        "reasons": item.reasons,
        "law": item.law,
    }


def _decision(tx: Transaction, row: Row[Any]) -> Decision:
    document = json.loads(tx.unseal(row.subject_id, row.content, **_PLACE, row=row.id))
    said = document["complaint"]
    return Decision(
        id=row.id,
        application_id=row.application_id,
        child_id=row.subject_id,
        decided_at=row.decided_at,
        notified_at=row.notified_at,
        items=tuple(_item(each) for each in document["items"]),
        complaint=ComplaintInformation(row.complaint_body, said["send_to"], row.complaint_deadline) if said else None,
        recorded_at=row.recorded_at,
        superseding=Superseding(row.superseded_by, row.superseded_outcome, row.superseded_at)
        if row.superseded_by
        else None,
    )


def _item(stored: Mapping[str, Any]) -> Item:
    amount, period = stored["amount"], stored["period"]
    return Item(
        what=stored["what"],
        outcome=Outcome(stored["outcome"]),
        amount=Amount(amount["value"], Unit(amount["unit"])) if amount else None,
        period=Period(date.fromisoformat(period["from"]), _day(period["to"])) if period else None,
        reasons=stored["reasons"],
        law=stored["law"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
