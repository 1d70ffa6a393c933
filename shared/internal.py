"""The internal routes that every service with an outbox and an access log offers to the other services' workers."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from shared.auth.dependencies import Worker
from shared.db import access_log, outbox
from shared.domain import NotFound
from shared.problems import responses
from shared.web import Db

router = APIRouter(tags=["internal"])
RESEND_ACTION = "outbox.resend"
ROW_ACTION = "access-log.fetch"


class ResendBody(BaseModel):
    """Which aggregate's events to send again, from which version on."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"aggregate": "0197c0de-0000-7000-8000-000000000001", "from": 3}}
    )

    aggregate: UUID
    from_: Annotated[int, Field(alias="from", ge=1, le=10**12)]


class ResendView(BaseModel):
    """How many events will be sent again."""

    resent: int


class AccessRowView(BaseModel):
    """One row of this service's access log."""

    id: UUID
    child_id: UUID
    reader_kind: str
    reader_id: UUID | None
    organisation: str | None
    purpose: str | None
    what: str
    at: datetime
    denied: bool
    protected: bool


@router.post("/internal/outbox/resend", status_code=202, responses=responses(401, 403, 404, 503))
async def resend(body: ResendBody, principal: Worker, database: Db) -> ResendView:
    """Sends an aggregate's events again, with the same ids."""
    if principal.action != RESEND_ACTION:
        raise NotFound
    async with database.begin(principal) as tx:
        return ResendView(resent=await outbox.send_again(tx, body.aggregate, from_version=body.from_))


@router.get("/internal/access-log/{row_id}", responses=responses(401, 403, 404, 503))
async def access_row(row_id: UUID, principal: Worker, database: Db) -> AccessRowView:
    """One row of the access log, for the family's own view of it."""
    async with database.begin(principal) as tx:
        row = await access_log.find(tx, row_id)
    if row is None:
        raise NotFound
    principal.covers(row.child_id, ROW_ACTION)
    return AccessRowView.model_validate(asdict(row))
