"""The access decision, for the gateway alone."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field

from services.mapping.api.fresh_family import bring_up_to_date
from services.mapping.api.knowledge import Knowledge, Known, PopulationRegister
from services.mapping.domain.law import Action
from services.mapping.features.decide_access import (
    Answer,
    Decision,
    Outdated,
    Question,
    Refused,
    Subject,
    decide_access,
)
from services.mapping.store.persons import digest
from shared.auth.dependencies import Process
from shared.auth.principals import worker
from shared.db.transaction import Database
from shared.domain import Forbidden, NationalId, NotFound, Unavailable
from shared.problems import responses
from shared.web import Db

router = APIRouter(tags=["internal"])
NOBODY = UUID(int=0)


class CitizenAsking(BaseModel):
    """A person, by the national id that the login gave."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    kind: Literal["citizen"]
    national_id: str = Field(max_length=11, repr=False)


class MachineAsking(BaseModel):
    """An organisation's system."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["machine"]
    org: str = Field(max_length=9)
    scopes: list[Annotated[str, Field(max_length=100)]] = Field(default=[], max_length=50)


class DecisionBody(BaseModel):
    """Who wants to do what, with which child if one is named."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={
            "example": {
                "principal": {"kind": "machine", "org": "312482754", "scopes": ["somlos:profile.read"]},
                "action": "profile.read",
                "purpose": "follow-up",
                "child": "0197c0de-0000-4000-8000-000000000001",
                "service": "mapping",
            }
        },
    )

    principal: Annotated[CitizenAsking | MachineAsking, Field(discriminator="kind")]
    action: Action
    purpose: str | None = Field(default=None, max_length=100)
    child: str | None = Field(default=None, description="the inner id, or the organisation's pseudonym", max_length=128)
    service: str = Field(max_length=40)


class SubjectView(BaseModel):
    """One person the caller may touch; `groups` null is all."""

    ground: str
    groups: list[str] | None
    alias: str | None
    protected: bool


class DecisionView(BaseModel):
    """What goes into the internal token."""

    sub: str
    subjects: dict[str, SubjectView]
    child: UUID | None
    law_version: str


@router.post(
    "/internal/decisions", summary="May this caller do this, and with whom?", responses=responses(401, 403, 404, 503)
)
async def decide(
    body: Annotated[DecisionBody, Body()],
    process: Process,
    database: Db,
    knowledge: Known,
    register: PopulationRegister,
) -> DecisionView:
    """Decided anew each time. A stranger's child and one that does not exist get the same 404, by the same work."""
    if process != "gateway":
        raise Forbidden
    question = _question(body, knowledge)
    answer = await _ask(database, question, knowledge, asked_register=False)
    if isinstance(answer, Outdated):
        await bring_up_to_date(database, register, knowledge, answer.focus, usable=answer.usable)
        answer = await _ask(database, question, knowledge, asked_register=True)
    match answer:
        case Decision():
            return _view(answer, knowledge)
        case Refused(stale=True):
            raise Unavailable("population register")
        case _:
            raise NotFound


async def _ask(database: Database, question: Question, knowledge: Knowledge, *, asked_register: bool) -> Answer:
    async with database.begin(worker("mapping")) as tx:
        return await decide_access(tx, question, law=knowledge.law, asked_register=asked_register)


def _question(body: DecisionBody, knowledge: Knowledge) -> Question:
    asker: tuple[NationalId, bytes] | str
    if isinstance(body.principal, CitizenAsking):
        national_id = _national_id(body.principal.national_id)
        asker = (national_id, digest(knowledge.lookup_key, national_id))
    else:
        asker = body.principal.org
    return Question(asker=asker, action=body.action, purpose=body.purpose, child=_child(body.child))


def _national_id(text: str) -> NationalId:
    try:
        return NationalId(text)
    except ValueError as fault:
        raise NotFound from fault


def _child(text: str | None) -> UUID | None:
    """What cannot be an id is the id of nobody: refused like any other."""
    if text is None:
        return None
    try:
        return UUID(text)
    except ValueError:
        return NOBODY


def _view(decision: Decision, knowledge: Knowledge) -> DecisionView:
    subjects = {str(person): _subject(subject) for person, subject in decision.subjects.items()}
    return DecisionView(sub=decision.sub, subjects=subjects, child=decision.child, law_version=knowledge.law.version)


def _subject(subject: Subject) -> SubjectView:
    groups = None if subject.groups is None else sorted(subject.groups)
    return SubjectView(
        ground=subject.ground,
        groups=groups,
        alias=str(subject.alias) if subject.alias else None,
        protected=subject.protected,
    )
