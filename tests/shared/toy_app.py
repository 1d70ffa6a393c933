"""A small service of no business: as an application for tests, and as a process (`python -m tests.shared.toy_app`)."""

import os
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from shared import logging
from shared.app import Blueprint, create_service
from shared.auth.dependencies import Anyone, Citizen, CitizenOrMachine, Machine, Process, Worker
from shared.clock import Clock
from shared.domain import DomainError, FieldFault, InvalidInput, NotFound, StaleVersion, Unavailable
from shared.problems import Problem
from shared.serve import serve
from shared.settings import ProcessSettings
from shared.texts import Text
from shared.web import Cursor, FreeText, IdempotencyKey, IfMatch, Language, PageLimit, decode_cursor, set_etag

router = APIRouter(prefix="/toy/v1")
log = logging.get("toy")


class TooMany(DomainError):
    """A refusal of this service's own."""

    def __init__(self, most: int) -> None:
        self.most = most


PROBLEMS = {
    TooMany: Problem(
        "too-many",
        409,
        Text(nb="For mange", nn="For mange", en="Too many"),
        Text(nb="Høyst {most}.", nn="Høgst {most}.", en="At most {most}."),
    )
}
REFUSALS = {
    "not-found": NotFound(),
    "stale": StaleVersion(3, 4),
    "too-many": TooMany(7),
    "away": Unavailable("mapping", 9),
    "invalid": InvalidInput(FieldFault("facts.0.value", "out-of-range", "0 to 10")),
}


class Note(BaseModel, extra="forbid"):
    """A body."""

    words: FreeText
    count: int = Field(ge=0, le=10)


@router.get("/refusals/{kind}")
async def refuse(kind: str, caller: Anyone) -> None:
    """Refuses."""
    raise REFUSALS[kind]


@router.get("/citizens")
async def citizens(caller: Citizen) -> str:
    """For those who have logged in."""
    return caller.id


@router.get("/machines")
async def machines(caller: Machine) -> str:
    """For organisations."""
    return caller.id


@router.get("/both")
async def both(caller: CitizenOrMachine) -> str:
    """For either."""
    return caller.id


@router.get("/workers")
async def workers(caller: Worker) -> str:
    """For workers."""
    return caller.id


@router.get("/processes")
async def processes(caller: Process) -> str:
    """For who shows an assertion."""
    return caller


@router.get("/children/{child}")
async def child_of(child: UUID, caller: Citizen) -> str:
    """One child."""
    return caller.covers(child, "toy.read").ground


@router.get("/list")
async def listed(limit: PageLimit = 50, cursor: Cursor = None) -> list[str]:
    """A page."""
    return [str(limit), *map(str, decode_cursor(cursor, str, int) if cursor else ())]


@router.patch("/notes/{note}")
async def change(note: UUID, body: Note, version: IfMatch, response: Response) -> int:
    """A change under If-Match."""
    set_etag(response, version + 1)
    return version


@router.post("/notes", status_code=201)
async def create_note(body: Note, key: IdempotencyKey) -> str:
    """A creation."""
    return key.fingerprint.hex()


@router.get("/language")
async def language(lang: Language) -> str:
    """Which language."""
    return lang.value


@router.get("/crash/{person}")
async def crash(person: str, words: Annotated[str, Field(max_length=100)] = "") -> None:
    """A fault of ours whose text quotes a person."""
    log.info("about to fail", national_id=person, text=words, note=f"born as {person}")
    raise RuntimeError(f"{person} said {words}")


def create(settings: ProcessSettings | None = None, *, clock: Clock | None = None) -> object:
    """The application."""
    chosen = settings or ProcessSettings()
    return create_service(
        Blueprint(name="toy", settings=chosen, routers=(router,), problems=PROBLEMS, max_body_bytes=2000), clock=clock
    )


if __name__ == "__main__":
    serve("tests.shared.toy_app:create", port=int(os.environ["TOY_PORT"]))
