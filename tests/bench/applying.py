"""Drafts that may be sent in, as many as a measurement needs, and an applications service whose mapping answers at once."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI

from services.applications.domain.answer import Answer, Source, SourceKind, State
from services.applications.domain.applicant import Relation
from services.applications.domain.application import Application, Content, Status
from services.applications.domain.profile import KnownFact, Profile
from services.applications.main import create as create_applications
from services.applications.store import applications
from shared.auth.principals import Kind, Principal, Subject
from shared.db.transaction import Database

FORM = "hjelpestonad"
AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
CHILD, MOTHER = UUID("0197c0de-0000-7000-8000-000000000002"), UUID("0197c0de-0000-7000-8000-000000000001")
_TRUE = (
    "national_insurance_member",
    "lives_in_norway",
    "needs_supervision_or_care_more_than_same_age",
    "private_care_provided",
)
ANSWERS = {**dict.fromkeys(_TRUE, True), "lives_in_institution": False}


def mother(action: str, *, person: UUID = MOTHER, child: UUID = CHILD) -> Principal:
    """The applicant, as the gateway would say of her."""
    subjects = {person: Subject("self"), child: Subject("guardian")}
    return Principal(Kind.CITIZEN, str(person), action=action, subjects=subjects)


class StillMapping:
    """Stands for mapping inside the process: every answer is there at once, so that what is measured is this service and its database."""

    async def profile(self, child: UUID, **_: Any) -> Profile:
        """A child of nine in Hamar."""
        register = Source(SourceKind.REGISTER)
        born = KnownFact(State.KNOWN, "2017-04-21", register)
        return Profile(
            child, 1, AT, False, "3403", {"birth_date": born, "lives_in_norway": KnownFact(State.KNOWN, True, register)}
        )

    async def pseudonym(self, organisation: str, child: UUID) -> str:
        """One for all."""
        return str(UUID(int=int(organisation)))

    async def close(self) -> None:
        """Nothing is open."""


def create() -> FastAPI:
    """The applications service, with that mapping."""
    app = create_applications()
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(it: FastAPI) -> AsyncIterator[Any]:
        async with inner(it) as state:
            await it.state.mapping.close()
            it.state.mapping = StillMapping()
            yield state

    app.router.lifespan_context = lifespan
    return app


async def add_drafts(
    database: Database, form_version: int, number: int, *, person: UUID = MOTHER, child: UUID = CHILD
) -> list[UUID]:
    """So many finished drafts, stored as the service stores them. Their ids."""
    told = Source(SourceKind.TOLD, speaker=person, said_at=AT)
    given: dict[str, Any] = {fact: Answer(fact, State.KNOWN, told, value) for fact, value in ANSWERS.items()}
    given["condition_permanent"] = Answer("condition_permanent", State.NOT_KNOWN, told, None)
    one = Application(
        id=uuid4(), child_id=child, applicant_id=person, relation=Relation.GUARDIAN, form_id=FORM, form_version=form_version, right_id=FORM,
        status=Status.DRAFT, revision=1, version=0, created_at=AT, changed_at=AT, content=Content({}, given, "Vi er oppe hver natt."),
    )  # fmt: skip
    ids = []
    async with database.begin(mother("application.write", person=person, child=child)) as tx:
        for _ in range(number):
            draft = replace(one, id=tx.new_id())
            await applications.add(tx, draft)
            ids.append(draft.id)
    return ids


def pool_size() -> int:
    """As many connections for the raw side as the service has."""
    return int(os.environ.get("API_POOL_SIZE", "8"))
