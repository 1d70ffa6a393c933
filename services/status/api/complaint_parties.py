"""Who has a complaint, for the gateway's way out to partners: of a protected child no event may say it."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from services.status.store import complaints
from shared.auth.dependencies import Worker
from shared.problems import responses
from shared.web import Db

router = APIRouter(prefix="/internal/complaints", tags=["internal"])
PARTY_READ = "party.read"


class PartiesView(BaseModel):
    """Organisation numbers. `appeal` null: it has not been forwarded."""

    model_config = ConfigDict(json_schema_extra={"example": {"authority": "312482754", "appeal": None}})

    authority: str = Field(max_length=9)
    appeal: str | None = Field(max_length=9)


@router.get("/{complaint_id}/parties", summary="Who has it", responses=responses(401, 403, 404, 410, 503))
async def parties(complaint_id: UUID, caller: Worker, database: Db) -> PartiesView:
    """For a token that names the complaint's child. The read is in the family's log."""
    async with database.begin(caller) as tx:
        complaint = await complaints.find(tx, complaint_id)
        caller.covers(complaint.child_id, PARTY_READ)
        await tx.reads(complaint.child_id, "complaint-party")
    return PartiesView(authority=complaint.authority.orgnr, appeal=complaint.appeal.orgnr if complaint.appeal else None)
