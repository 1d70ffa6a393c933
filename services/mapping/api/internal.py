"""What the other services may ask: tokens for their errands, a profile by reference, pseudonyms."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, ConfigDict, Field

from services.mapping.api.fresh_family import bring_up_to_date
from services.mapping.api.knowledge import Known, PopulationRegister
from services.mapping.domain.facts import FactSubject
from services.mapping.domain.law import Errand
from services.mapping.domain.profile import Outcome
from services.mapping.domain.reading import Line
from services.mapping.features.decide_system import decide_system
from services.mapping.features.hand_profile import Handed, hand_profile
from services.mapping.features.name_persons import name_persons
from shared.auth.dependencies import Process, Worker
from shared.auth.principals import Kind, Principal, Subject, worker
from shared.auth.tokens import LIFETIME_SECONDS, Signer
from shared.domain import Forbidden
from shared.problems import responses
from shared.web import Db

router = APIRouter(prefix="/internal", tags=["internal"])


class ErrandBody(BaseModel):
    """Which service to go to, what for, to do what, with which child if any."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "audience": "mapping",
                "purpose": "assess-rights",
                "action": "profile.read",
                "child": "0197c0de-0000-7000-8000-000000000001",
            }
        },
    )

    audience: str = Field(max_length=40)
    purpose: str = Field(max_length=100)
    action: str = Field(max_length=40)
    child: UUID | None = None


class TokenView(BaseModel):
    """An internal token."""

    token: str
    expires_in: int = Field(description="seconds")


class FactHeld(BaseModel):
    """What holds for one fact."""

    value: Any = None
    state: Outcome = Field(description="known or conflict")
    source: str = Field(description="register, guardian, child or organisation; told in a conflict")
    speaker: str | None = Field(
        description="a person's inner id, or an organisation's number; null in a conflict and for the register"
    )
    said_at: datetime | None
    valid_from: date | None


class GuardianHanded(BaseModel):
    """A guardian who may see the child's rights, with what is known of that guardian, the relation and the home."""

    id: UUID
    household_id: UUID
    facts: dict[str, FactHeld]
    household_facts: dict[str, FactHeld]
    not_known: list[str] = Field(default=[], description="asked of that guardian, who does not know")


class ProfileHanded(BaseModel):
    """A child's profile for another service. `as_of`: when the register last answered. `kommunenummer` is for routing and never leaves the services."""

    child_id: UUID
    version: int
    as_of: datetime
    protected: bool
    kommunenummer: str | None
    facts: dict[str, FactHeld]
    not_known: list[str] = Field(default=[], description="asked about the child, and nobody knows")
    guardians: list[GuardianHanded]


class PseudonymsBody(BaseModel):
    """Which organisation shall be able to name which persons."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"org": "312482754", "persons": ["0197c0de-0000-7000-8000-000000000001"]}},
    )

    org: str = Field(pattern=r"^\d{9}$", max_length=9)
    persons: list[UUID] = Field(min_length=1, max_length=100)


class PseudonymsView(BaseModel):
    """The organisation's pseudonym of each person who is known here."""

    pseudonyms: dict[str, str]


@router.post(
    "/worker-tokens", status_code=201, summary="A token for a service's own errand", responses=responses(401, 404, 503)
)
async def issue_worker_token(
    body: Annotated[ErrandBody, Body()],
    process: Process,
    request: Request,
    database: Db,
    knowledge: Known,
    register: PopulationRegister,
) -> TokenView:
    """For 60 seconds, one service, one purpose and one child. What the table does not name, and a child that is not here, are 404."""
    errand = Errand(service=process, purpose=body.purpose, action=body.action, child=body.child, of=body.audience)
    async with database.begin(worker("mapping")) as tx:
        granted = await decide_system(tx, errand, law=knowledge.law)
    if granted.ask_register:
        await bring_up_to_date(database, register, knowledge, granted.ask_register, usable=granted.usable)
    subjects = {body.child: Subject(f"system:{body.purpose}", protected=granted.protected)} if body.child else {}
    principal = Principal(
        Kind.WORKER, process, purpose=body.purpose, action=body.action, subjects=subjects, service=process
    )
    signer: Signer = request.app.state.signer
    return TokenView(token=signer.token(body.audience, principal), expires_in=LIFETIME_SECONDS)


@router.get("/children/{child_id}/profile", summary="A profile by reference", responses=responses(401, 403, 404, 503))
async def read_by_reference(child_id: UUID, caller: Worker, database: Db, knowledge: Known) -> ProfileHanded:
    """Facts told and of the register, never derived ones: those depend on the reader's day. The read is in the family's log."""
    caller.covers(child_id, "profile.read")
    async with database.begin(caller) as tx:
        handed = await hand_profile(tx, child_id, law=knowledge.law, vocabulary=knowledge.vocabulary)
    return _profile(handed)


@router.post("/pseudonyms", summary="An organisation's pseudonyms of persons", responses=responses(401, 403, 503))
async def pseudonyms(
    body: Annotated[PseudonymsBody, Body()], process: Process, database: Db, knowledge: Known
) -> PseudonymsView:
    """Made where there are none yet; persons not known here are left out. For the services that send something to organisations, and no other."""
    if process not in knowledge.law.names_persons:
        raise Forbidden
    async with database.begin(worker("mapping")) as tx:
        named = await name_persons(tx, body.org, body.persons)
    return PseudonymsView(pseudonyms={str(person): str(alias) for person, alias in named.items()})


def _profile(handed: Handed) -> ProfileHanded:
    reading = handed.reading
    known = [line for line in reading.lines if line.held.outcome is not Outcome.NOT_KNOWN]
    open_ = [line for line in reading.lines if line.held.outcome is Outcome.NOT_KNOWN]
    return ProfileHanded(
        child_id=reading.child,
        version=reading.version,
        as_of=reading.as_of,
        protected=handed.protected,
        kommunenummer=handed.kommunenummer,
        facts={line.fact: _fact(line) for line in known if line.kind is FactSubject.CHILD},
        not_known=sorted(line.fact for line in open_ if line.kind is FactSubject.CHILD),
        guardians=[_guardian(guardian, home, known, open_) for guardian, home in sorted(handed.homes.items())],
    )


def _guardian(guardian: UUID, home: UUID, known: list[Line], open_: list[Line]) -> GuardianHanded:
    return GuardianHanded(
        id=guardian,
        household_id=home,
        facts={line.fact: _fact(line) for line in known if line.guardian == guardian},
        household_facts={line.fact: _fact(line) for line in known if line.home == home},
        not_known=sorted(line.fact for line in open_ if line.guardian == guardian or line.home == home),
    )


def _fact(line: Line) -> FactHeld:
    held, speaker = line.held, line.held.speaker
    named = None if speaker is None else (speaker.organisation or str(speaker.person))
    source = "register" if line.from_register else (speaker.kind if speaker else "told")
    return FactHeld(
        value=held.value,
        state=held.outcome,
        source=str(source),
        speaker=named,
        said_at=held.said_at,
        valid_from=held.valid_from,
    )
