"""What the services say, as far as the start page needs it; the rest of their answers is not read.

tests/gateway/overview/test_said.py holds this against the services' own views and examples: a field that goes there fails the build.
"""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from shared.texts import Lang


class _Said(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)


class Words(_Said):
    """A text for people; `state` is `missing` where it is shown in Norwegian because the language asked for has none, `machine` where no
    human has read it."""

    text: str = Field(max_length=5000)
    lang: Lang
    state: str | None = Field(default=None, max_length=40)


class Child(_Said):
    """A child as mapping lists it."""

    id: str
    name: str
    age: int
    died: date | None
    ground: str
    profile_version: int


class Children(_Said):
    """mapping: GET /mapping/v1/children."""

    items: list[Child]


class Question(_Said):
    """An answer that is missing before more can be said."""

    fact: str


class Right(_Said):
    """One right as rights lists it. `told`: how many reasons for it rest on what was told. `why`: the first reason for it,
    if there is one. `discreet`: not to be put forward. `only_rare`: probably not, unless something rare applies."""

    id: str
    name: Words
    verdict: str
    says: list[str]
    missing: list[Question]
    told: int
    discreet: bool
    only_rare: bool
    why: Words | None


class BasedOn(_Said):
    """Which profile the rights were worked out from, and whether anything in it was told."""

    profile_version: int
    told: bool


class Rights(_Said):
    """rights: GET /rights/v1/children/{child_id}. `says` is there when the list is not the usual one: a child has died."""

    based_on: BasedOn
    says: str | None
    rights: list[Right]


class Named(_Said):
    """A right or an authority, by name."""

    name: Words


class Awaited(_Said):
    """Whose move it is: the family's, an authority's or nobody's."""

    whom: str = Field(alias="from")
    text: Words


class Decision(_Said):
    """What was decided, and when."""

    outcome: str
    decided_at: date


class Outlook(_Said):
    """What the law says about the answer; `last_day` only where the law gives one."""

    kind: str
    last_day: date | None
    approximate: bool
    days_left: int | None
    text: Words


class Guidance(_Said):
    """The right to complain."""

    may: bool
    late: bool
    text: Words
    deadline: date | None
    deadline_text: Words
    days_left: int | None


class Complaint(_Said):
    """A complaint about the case."""

    status_text: Words
    open: bool
    filed_at: datetime
    answer: list[Outlook]
    href: str


class Case(_Said):
    """One case as status lists it. `open` and `awaited` count a running complaint in."""

    id: str
    right: Named
    authority: Named
    status_text: Words
    open: bool
    submitted_at: datetime
    awaited: Awaited
    answer: list[Outlook]
    decision: Decision | None
    complaint: Guidance | None
    complaints: list[Complaint]


class Cases(_Said):
    """status: GET /status/v1/children/{child_id}/overview. `next`: there are more."""

    items: list[Case]
    next: str | None
