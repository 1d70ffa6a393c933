"""Whom an application was sent to, for the gateway's way out to partners: of a protected child no event may say it."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from services.applications.store import applications
from shared.auth.dependencies import Worker
from shared.problems import responses
from shared.web import Db

router = APIRouter(prefix="/internal/applications", tags=["internal"])
PARTY_READ = "party.read"


class PartyView(BaseModel):
    """The organisation number; null: sent to nobody yet."""

    model_config = ConfigDict(json_schema_extra={"example": {"org": "312482754"}})

    org: str | None = Field(max_length=9)


@router.get("/{application_id}/party", summary="Who is party to it", responses=responses(401, 403, 404, 503))
async def party(application_id: UUID, caller: Worker, database: Db) -> PartyView:
    """For a token that names the application's child. The read is in the family's log."""
    async with database.begin(caller) as tx:
        application = await applications.find(tx, application_id)
        caller.covers(application.child_id, PARTY_READ)
        await tx.reads(application.child_id, "party")
    return PartyView(org=application.address.orgnr if application.address else None)
