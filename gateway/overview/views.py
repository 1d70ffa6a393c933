"""The start page as a front-end gets it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.overview.example import EXAMPLE
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
    says: str | None = Field(default=None, max_length=500, description="the verdict in a sentence")
    why: Words | None = Field(
        default=None, description="what speaks for it, in a sentence; absent where nothing does yet"
    )
    missing: int = Field(ge=0, description="how many answers are missing before more can be said")
    href: str = Field(max_length=300)


class RightCounts(View):
    """How many rights of each kind that matters."""

    likely: int = Field(ge=0)
    possible_missing_facts: int = Field(ge=0)
    must_be_assessed: int = Field(ge=0)


class RightsBrief(View):
    """The rights in brief: those carried by what is told first, before those that age alone gives."""

    state: Literal[State.READY] = State.READY
    says: str = Field(max_length=500)
    profile_version: int = Field(ge=0, description="the profile they rest on; 0: none has arrived yet")
    counts: RightCounts | None = Field(
        default=None, description="absent while nothing is told, and for a child that has died"
    )
    first: list[RightBrief] = Field(max_length=MOST_RIGHTS, description="empty while nothing is told")
    href: str = Field(max_length=300, description="all of them")


class Task(View):
    """Something that waits for the caller."""

    child_id: str = Field(max_length=40)
    case_id: str = Field(max_length=40)
    title: Words
    says: Words
    submitted_at: datetime = Field(description="when the application was sent")
    href: str = Field(max_length=300)


class AnswerBrief(View):
    """What the law says about the answer: the duty to decide, and to say something on the way."""

    kind: str = Field(max_length=40, description="answer, preliminary_answer, or another kind, which its words explain")
    last_day: date | None = Field(
        default=None, description="absent where the law gives no day; then its words are all there is"
    )
    approximate: bool
    days_left: int | None = Field(default=None, description="0 when it has passed; absent with `last_day`")
    says: Words


class ComplaintBrief(View):
    """A complaint that is being handled."""

    status: Words
    filed_at: datetime
    answer: list[AnswerBrief] = Field(max_length=20, description="what the law says about the step that is due")
    href: str = Field(max_length=300)


class CaseBrief(View):
    """An open case."""

    id: str = Field(max_length=40)
    title: Words
    status: Words
    authority: Words
    submitted_at: datetime = Field(description="tells two applications for the same right apart")
    next: Words = Field(description="whose move it is, in words; of the complaint where one is being handled")
    answer: list[AnswerBrief] = Field(
        max_length=20, description="what the law says about the answer; empty once it is decided, then see `complaint`"
    )
    complaint: ComplaintBrief | None = None
    href: str = Field(max_length=300)


class MayComplain(View):
    """A decision that did not give all, while the time to complain runs."""

    case_id: str = Field(max_length=40)
    title: Words
    says: Words
    submitted_at: datetime = Field(description="when the application was sent")
    decided_at: date
    deadline: date | None = Field(
        default=None, description="the last day; absent where the day it is counted from is not known"
    )
    deadline_says: Words = Field(description="the time limit in words, with its arithmetic and its law")
    days_left: int | None = Field(default=None, description="0 when it has passed; absent with `deadline`")
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

    model_config = ConfigDict(frozen=True, json_schema_extra={"example": EXAMPLE})

    state: Literal[State.READY, State.PARTIAL] = Field(
        description="partial: a part is unavailable; it says so itself, and `says` tells whether something may await you"
    )
    says: str = Field(max_length=300)
    children: list[ChildBrief] = Field(max_length=MOST_CHILDREN)
    awaits_me: list[Task] = Field(max_length=MOST_CASES, description="over all children")
