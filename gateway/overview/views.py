"""The start page as a front-end gets it."""

from datetime import date
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
    PARTIAL = "partial"
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
    says: str | None = Field(max_length=500, description="the verdict in a sentence")
    why: Words | None = Field(description="what speaks for it, in a sentence; absent where nothing does yet")
    missing: int = Field(ge=0, description="how many answers are missing before more can be said")
    href: str = Field(max_length=300)


class RightCounts(View):
    """How many rights of each kind that matters."""

    likely: int = Field(ge=0)
    possible_missing_facts: int = Field(ge=0)
    must_be_assessed: int = Field(ge=0)


class RightsBrief(View):
    """The rights in brief: the likely ones first, and within each verdict what you have told about."""

    state: Literal[State.READY] = State.READY
    says: str = Field(max_length=500)
    profile_version: int = Field(ge=0, description="the profile they rest on; 0: nothing has been told yet")
    counts: RightCounts | None = Field(
        default=None, description="absent while nothing has been told, and for a child that has died"
    )
    first: list[RightBrief] = Field(max_length=MOST_RIGHTS)
    href: str = Field(max_length=300, description="all of them")


class Task(View):
    """Something that waits for the caller."""

    child_id: str = Field(max_length=40)
    case_id: str = Field(max_length=40)
    title: Words
    says: Words
    href: str = Field(max_length=300)


class ComplaintBrief(View):
    """A complaint that is being handled."""

    status: Words
    href: str = Field(max_length=300)


class CaseBrief(View):
    """An open case."""

    id: str = Field(max_length=40)
    title: Words
    status: Words
    authority: Words
    next: Words = Field(description="whose move it is, in words; of the complaint where one is being handled")
    complaint: ComplaintBrief | None = None
    href: str = Field(max_length=300)


class MayComplain(View):
    """A decision that did not give all, while the time to complain runs."""

    case_id: str = Field(max_length=40)
    title: Words
    says: Words
    deadline: date | None = Field(description="the last day; absent where the day it is counted from is not known")
    days_left: int | None
    href: str = Field(max_length=300)


class CasesBrief(View):
    """The open cases over all agencies."""

    state: Literal[State.READY] = State.READY
    says: str = Field(max_length=300)
    open: list[CaseBrief] = Field(max_length=MOST_CASES)
    awaits_me: list[Task] = Field(max_length=MOST_CASES)
    may_complain: list[MayComplain] = Field(max_length=MOST_CASES)
    more: bool = Field(
        description="whether there are cases that are not looked at here; all of them stand under `href`"
    )
    href: str = Field(max_length=300, description="all of them")


class ChildBrief(View):
    """One child and what is known of it in brief."""

    id: str = Field(max_length=40)
    name: str = Field(max_length=200)
    age: int = Field(description="in whole years; of a child that has died: on the last day")
    died: date | None = Field(default=None, description="present when the child has died: show it with care")
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
                "state": "partial",
                "says": "Vi vet ikke akkurat nå om noe venter på deg, for en del svarer ikke. Prøv igjen om litt.",
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
                                    "says": "Trolig rett til dette.",
                                    "why": {"text": "Svaret er ja på: Trenger barnet tilsyn om natten?", "lang": "nb"},
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

    state: Literal[State.READY, State.PARTIAL] = Field(
        description="partial: a part is unavailable; it says so itself, and `says` tells whether something may await you"
    )
    says: str = Field(max_length=300)
    children: list[ChildBrief] = Field(max_length=MOST_CHILDREN)
    awaits_me: list[Task] = Field(max_length=MOST_CASES, description="over all children")
