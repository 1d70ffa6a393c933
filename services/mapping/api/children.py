"""The children that a person may see."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from services.mapping.features.list_children import ChildSeen, list_children
from shared.auth.dependencies import Citizen
from shared.auth.principals import Principal
from shared.dates import age_on
from shared.domain import NotFound
from shared.problems import responses
from shared.web import Db

router = APIRouter(prefix="/mapping/v1/children", tags=["children"])
ACTION = "child.read"
MOST_CHILDREN = 50


class Kind(StrEnum):
    """What the adult is to the child; guardian is an appointed one (verge)."""

    MOTHER = "mother"
    FATHER = "father"
    CO_MOTHER = "co-mother"
    FOSTER = "foster"
    GUARDIAN = "guardian"


class GuardianView(BaseModel):
    """An adult whom the register names. `acts`: has parental responsibility, daily care, or is appointed."""

    id: UUID
    kind: Kind
    acts: bool
    you: bool


_EXAMPLE: Any = {
    "id": "0197c0de-0000-7000-8000-000000000001",
    "name": "Blid Solstråle",
    "birth_date": "2017-04-21",
    "age": 9,
    "died": None,
    "ground": "guardian",
    "groups": None,
    "protected_address": False,
    "profile_version": 3,
    "guardians": [{"id": "0197c0de-0000-7000-8000-000000000002", "kind": "mother", "acts": True, "you": True}],
}


class ChildView(BaseModel):
    """A child, or you yourself as a young person. No address and no municipality is ever shown."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    id: UUID
    name: str = Field(max_length=200)
    birth_date: date
    age: int = Field(description="whole years today, in Europe/Oslo; of one who has died: on the last day")
    died: date | None = Field(description="the day of death, from the register; show it with care")
    ground: str = Field(description="why you may: guardian, self or grant", max_length=40)
    groups: list[str] | None = Field(description="groups of facts that you may see; null: all", max_length=20)
    protected_address: bool
    profile_version: int
    guardians: list[GuardianView] = Field(max_length=20)


class ChildList(BaseModel):
    """Those you may see, the eldest first."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [_EXAMPLE]}})

    items: list[ChildView] = Field(max_length=MOST_CHILDREN)


@router.get("", summary="Your children", responses=responses(401, 403, 503))
async def list_all(caller: Citizen, database: Db) -> ChildList:
    """The children you may see as guardian or by a grant, and yourself if you have a profile of your own."""
    async with database.begin(caller) as tx:
        found = await list_children(tx, list(caller.subjects)[:MOST_CHILDREN])
        return ChildList(items=[_view(child, caller, tx.today()) for child in found])


@router.get("/{child_id}", summary="One child", responses=responses(401, 403, 404, 503))
async def read(child_id: UUID, caller: Citizen, database: Db) -> ChildView:
    """What the population register says of the child, and who its guardians are."""
    caller.covers(child_id, ACTION)
    async with database.begin(caller) as tx:
        found = await list_children(tx, [child_id])
        if not found:
            raise NotFound
        return _view(found[0], caller, tx.today())


def _view(child: ChildSeen, caller: Principal, today: date) -> ChildView:
    subject = caller.covers(child.person.id, ACTION)
    person = child.person
    return ChildView(
        id=person.id,
        name=child.name,
        birth_date=person.born,
        age=age_on(person.born, min(today, person.died or today)),
        died=person.died,
        ground=subject.ground,
        groups=None if subject.groups is None else sorted(subject.groups),
        protected_address=person.protected,
        profile_version=child.version,
        guardians=[
            GuardianView(id=b.adult, kind=Kind(b.kind), acts=b.acts, you=b.adult == caller.person)
            for b in child.guardians
        ],
    )
