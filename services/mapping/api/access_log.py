"""The access log (innsynslogg) as the family reads it."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from services.mapping.api.desk import AtDesk, Desk
from services.mapping.api.speakers import OrganisationView
from services.mapping.domain.access_line import Line
from services.mapping.domain.law import Action
from services.mapping.features.read_access_log import read_access_log
from services.mapping.store.organisations import name_of
from shared.auth.dependencies import Citizen
from shared.problems import responses
from shared.web import Cursor, Page, PageLimit, decode_cursor, encode_cursor

router = APIRouter(prefix="/mapping/v1/children/{child_id}/access-log", tags=["access log"])


class ReaderKind(StrEnum):
    """Who read. `system`: one of the services at work for you. `person`: someone who is nothing to the child."""

    GUARDIAN = "guardian"
    CHILD = "child"
    PERSON = "person"
    ORGANISATION = "organisation"
    SYSTEM = "system"


class LineView(BaseModel):
    """One reader, one day, one purpose, in one part of the system."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "day": "2026-11-24",
                "times": 3,
                "last_at": "2026-11-24T10:00:00Z",
                "service": "mapping",
                "reader": "organisation",
                "organisation": {"orgnr": "312482754", "name": "Hamar kommune (syntetisk)"},
                "purpose": "follow-up",
                "what": ["profile"],
                "denied": False,
                "text": "Hamar kommune (syntetisk) leste det dere har fortalt for å følge opp barnet.",
            }
        }
    )

    day: date
    times: int = Field(description="how often")
    last_at: datetime
    service: str = Field(max_length=40)
    reader: ReaderKind
    organisation: OrganisationView | None = None
    purpose: str | None = Field(max_length=100)
    what: list[str] = Field(max_length=100)
    denied: bool = Field(description="asked for, and refused")
    text: str = Field(description="all of it in plain words", max_length=2000)


@router.get("", summary="Who has seen what", responses=responses(400, 401, 403, 404, 503))
async def read(
    child_id: UUID, caller: Citizen, desk: AtDesk, cursor: Cursor = None, limit: PageLimit = 50
) -> Page[LineView]:
    """Everyone but you who has read something about the child, or was refused, the newest day first, in plain words."""
    caller.covers(child_id, Action.ACCESS_LOG_READ)
    after = _after(cursor)
    async with desk.database.begin(caller) as tx:
        found = await read_access_log(tx, child_id, after=after, limit=limit)
    adults = frozenset(bond.adult for bond in found.bonds)
    items = [_view(line, _reader(line, child_id, adults), desk) for line in found.lines]
    return Page(items=items, next=encode_cursor(*found.lines[-1].place) if found.more else None)


def _after(cursor: str | None) -> tuple[Any, ...] | None:
    if cursor is None:
        return None
    *place, denied = decode_cursor(cursor, date.fromisoformat, str, str, str, str, int)
    return (*place, bool(denied))


def _reader(line: Line, child: UUID, adults: Iterable[UUID]) -> ReaderKind:
    match line.reader_kind:
        case "machine":
            return ReaderKind.ORGANISATION
        case "worker":
            return ReaderKind.SYSTEM
        case _ if line.reader == str(child):
            return ReaderKind.CHILD
        case _:
            return ReaderKind.GUARDIAN if line.reader in {str(adult) for adult in adults} else ReaderKind.PERSON


def _view(line: Line, reader: ReaderKind, desk: Desk) -> LineView:
    wording, organisation = desk.knowledge.wording, None
    who = wording.who[reader].in_(desk.language)
    if reader is ReaderKind.ORGANISATION and line.reader:
        who = name_of(desk.knowledge.organisations, line.reader, desk.language)
        organisation = OrganisationView(orgnr=line.reader, name=who)
    whats = sorted(line.whats)
    return LineView(
        day=line.day,
        times=line.times,
        last_at=line.last_at,
        service=line.service,
        reader=reader,
        organisation=organisation,
        purpose=line.purpose or None,
        what=whats,
        denied=line.denied,
        text=wording.sentence(who, whats, line.purpose, denied=line.denied, lang=desk.language),
    )
