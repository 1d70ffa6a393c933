"""Puts the simulator together."""

import asyncio
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, Request, Response, status
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from deploy.local.register.answers import answers
from deploy.local.register.models import Person, PersonLookup, Refusal
from deploy.local.register.people import PEOPLE_FILE, read_people
from deploy.local.register.settings import RegisterSettings


class Behaviour(BaseModel):
    """How the register behaves, for tests: away (503), and how long each answer takes."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"away": True}]})

    away: bool = False
    latency_ms: int = Field(default=0, ge=0, le=60_000)


class Register:
    """The answers, and how the register behaves right now."""

    def __init__(self, persons: dict[str, Person]) -> None:
        self.persons = persons
        self.behaviour = Behaviour()


async def _register(request: Request) -> Register:
    register: Register = request.app.state.register
    return register


CurrentRegister = Annotated[Register, Depends(_register)]


def create(people_file: Path = PEOPLE_FILE, *, test: bool = False) -> FastAPI:
    """The register with the families of the file; with `test` also the routes that a test settles its behaviour with."""
    app = FastAPI(title="Sømløs: local population register", version="1", description=__doc__)
    app.state.register = Register(answers(read_people(people_file)))
    app.add_exception_handler(HTTPException, _refuse)
    app.get("/health/live", summary="Alive")(_health)
    app.get("/health/ready", summary="Ready")(_health)
    app.post(
        "/v1/persons/lookup",
        response_model=Person,
        responses={404: {"model": Refusal}, 503: {"model": Refusal}},
        summary="One person",
    )(look_up)
    if test:
        app.put("/test/behaviour", status_code=status.HTTP_204_NO_CONTENT, summary="Be away, or slow")(behave)
        app.put("/test/persons", status_code=status.HTTP_204_NO_CONTENT, summary="Answer otherwise about a person")(
            answer_otherwise
        )
    return app


def from_environment() -> FastAPI:
    """The register as the environment asks for it."""
    settings = RegisterSettings()
    return create(settings.people_file, test=settings.register_test)


async def look_up(body: PersonLookup, register: CurrentRegister) -> Person:
    """The person with that number, with relations both ways."""
    await asyncio.sleep(register.behaviour.latency_ms / 1000)
    if register.behaviour.away:
        raise HTTPException(status.HTTP_503_SERVICE_UNAVAILABLE, "The register is away.", {"Retry-After": "5"})
    person = register.persons.get(body.national_id)
    if person is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "Nobody has that number.")
    return person


async def behave(body: Behaviour, register: CurrentRegister) -> Response:
    """From now on, until told otherwise."""
    register.behaviour = body
    return Response(status_code=status.HTTP_204_NO_CONTENT)


async def answer_otherwise(body: Person, register: CurrentRegister) -> Response:
    """Replaces the answer about one person; nothing is written to the file."""
    register.persons[body.national_id] = body
    return Response(status_code=status.HTTP_204_NO_CONTENT)


async def _health() -> dict[str, str]:
    """The register has nothing that it waits for."""
    return {"status": "up"}


async def _refuse(_: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    return JSONResponse(Refusal(error=str(fault.detail)).model_dump(), fault.status_code, fault.headers)
