"""What has been said over time, statement by statement."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from services.mapping.api.desk import AtDesk, Desk
from services.mapping.api.speakers import OrganisationView, SaidBy, organisation, said_by
from services.mapping.domain.profile import State
from services.mapping.domain.reading import Span
from services.mapping.features.read_history import Said, read_history
from shared.auth.dependencies import Citizen
from shared.auth.principals import Principal
from shared.problems import responses
from shared.web import Cursor, Page, PageLimit, decode_cursor, encode_cursor

router = APIRouter(prefix="/mapping/v1/children/{child_id}/profile/history", tags=["profile"])
_NEWEST = 2**62


class SaidView(BaseModel):
    """One statement. What another person said is not repeated here (`hidden`): only that something was said, and when."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "fact": "rare_diagnosis",
                "state": "known",
                "value": True,
                "said_by": "you",
                "said_at": "2026-11-24T10:00:00Z",
                "valid_from": "2026-11-24",
                "valid_to": None,
                "hidden": False,
            }
        }
    )

    fact: str = Field(max_length=100)
    state: State | None
    value: Any = None
    said_by: SaidBy
    organisation: OrganisationView | None = None
    said_at: datetime
    valid_from: date | None
    valid_to: date | None = Field(description="from when the same speaker's next statement on it holds")
    hidden: bool


@router.get("", summary="What has been said", responses=responses(400, 401, 403, 404, 503))
async def read(
    child_id: UUID,
    caller: Citizen,
    desk: AtDesk,
    fact: Annotated[str | None, Query(pattern="^[a-z0-9_]{1,100}$", description="only this fact")] = None,
    cursor: Cursor = None,
    limit: PageLimit = 50,
) -> Page[SaidView]:
    """The newest first. The history is only added to. What others than you and organisations said is not repeated."""
    groups = caller.covers(child_id, "profile.read").groups
    before = decode_cursor(cursor, int)[0] if cursor else _NEWEST
    span = Span(before=before, limit=limit, fact=fact)
    async with desk.database.begin(caller) as tx:
        told = await read_history(
            tx, child_id, groups, span=span, law=desk.knowledge.law, vocabulary=desk.knowledge.vocabulary
        )
    more = encode_cursor(told.last) if told.last is not None else None
    return Page(items=[_view(said, caller, desk) for said in told.items], next=more)


def _view(said: Said, caller: Principal, desk: Desk) -> SaidView:
    statement = said.statement
    return SaidView(
        fact=statement.key.fact,
        state=None if said.hidden else statement.state,
        value=None if said.hidden else statement.value,
        said_by=said_by(statement.speaker, caller),
        organisation=organisation(statement.speaker, desk),
        said_at=statement.said_at,
        valid_from=None if said.hidden else statement.valid_from,
        valid_to=None if said.hidden else said.valid_to,
        hidden=said.hidden,
    )
