"""The start page as a front-end gets it."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.overview.said import Words

MOST_CHILDREN, MOST_RIGHTS, MOST_CASES = 50, 10, 50


class View(BaseModel):
    """Made once, never changed."""

    model_config = ConfigDict(frozen=True)


class State(StrEnum):
    """Whether a part is here."""

    READY = "ready"
    UNAVAILABLE = "unavailable"
    CLOSED = "closed"


class Absent(View):
    """A part that is not here: its service does not answer, or it is not open to the caller."""

    state: Literal[State.UNAVAILABLE, State.CLOSED]
    says: str = Field(max_length=200)


class RightBrief(View):
    """A right worth looking at first."""

    id: str = Field(max_length=100)
    name: Words
    verdict: str = Field(max_length=40, description="likely, possible_missing_facts or must_be_assessed")
    missing: int = Field(ge=0, description="how many answers are missing before more can be said")
    href: str = Field(max_length=300)


class RightCounts(View):
    """How many rights of each kind that matters."""

    likely: int = Field(ge=0)
    possible_missing_facts: int = Field(ge=0)
    must_be_assessed: int = Field(ge=0)


class RightsBrief(View):
    """The rights in brief, the likely ones first."""

    state: Literal[State.READY] = State.READY
    says: str = Field(max_length=300)
    profile_version: int = Field(ge=0, description="the profile they rest on; 0: nothing has been told yet")
    counts: RightCounts
    first: list[RightBrief] = Field(max_length=MOST_RIGHTS)
    href: str = Field(max_length=300, description="all of them")


class Task(View):
    """Something that waits for the caller."""

    child_id: str = Field(max_length=40)
    case_id: str = Field(max_length=40)
    title: Words
    says: Words
    href: str = Field(max_length=300)


class CaseBrief(View):
    """An open case."""

    id: str = Field(max_length=40)
    title: Words
    status: Words
    authority: Words
    next: Words = Field(description="whose move it is, in words")
    href: str = Field(max_length=300)


class CasesBrief(View):
    """The open cases over all agencies."""

    state: Literal[State.READY] = State.READY
    says: str = Field(max_length=300)
    open: list[CaseBrief] = Field(max_length=MOST_CASES)
    awaits_me: list[Task] = Field(max_length=MOST_CASES)
    href: str = Field(max_length=300, description="all of them")


class ChildBrief(View):
    """One child and what is known of it in brief."""

    id: str = Field(max_length=40)
    name: str = Field(max_length=200)
    age: int
    ground: str = Field(max_length=40, description="why you may see it: guardian, self or grant")
    profile_version: int = Field(ge=0)
    href: str = Field(max_length=300, description="its profile")
    rights: RightsBrief | Absent
    cases: CasesBrief | Absent


class Overview(View):
    """Everything a start page shows first."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "example": {
                "says": "Ingenting venter på deg.",
                "children": [
                    {
                        "id": "0197c0de-0000-7000-8000-000000000001",
                        "name": "Blid Solstråle",
                        "age": 9,
                        "ground": "guardian",
                        "profile_version": 3,
                        "href": "/mapping/v1/children/0197c0de-0000-7000-8000-000000000001/profile",
                        "rights": {
                            "state": "ready",
                            "says": "Trolig rett til: 1. Mulig, men noe mangler: 0. Må vurderes: 0.",
                            "profile_version": 3,
                            "counts": {"likely": 1, "possible_missing_facts": 0, "must_be_assessed": 0},
                            "first": [
                                {
                                    "id": "hjelpestonad",
                                    "name": {"text": "Hjelpestønad", "lang": "nb"},
                                    "verdict": "likely",
                                    "missing": 0,
                                    "href": "/rights/v1/children/0197c0de-0000-7000-8000-000000000001/rights/hjelpestonad",
                                }
                            ],
                            "href": "/rights/v1/children/0197c0de-0000-7000-8000-000000000001",
                        },
                        "cases": {
                            "state": "unavailable",
                            "says": "Denne delen svarer ikke akkurat nå. Prøv igjen om litt.",
                        },
                    }
                ],
                "awaits_me": [],
            }
        },
    )

    says: str = Field(max_length=300)
    children: list[ChildBrief] = Field(max_length=MOST_CHILDREN)
    awaits_me: list[Task] = Field(max_length=MOST_CASES, description="over all children")
