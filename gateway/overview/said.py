"""What the services say, as far as the start page needs it; the rest of their answers is not read.

tests/gateway/overview/test_said.py holds this against the services' own views and examples: a field that goes there fails the build.
"""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from shared.texts import Lang


class _Said(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)


class Words(_Said):
    """A text for people; `state` is `missing` where it is shown in Norwegian because the language asked for has none."""

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


class Reason(_Said):
    """Why a right is answered as it is: one settled condition."""

    favours: bool
    text: Words


def _how_many(missing: Any) -> Any:
    return len(missing) if isinstance(missing, list) else missing


class Right(_Said):
    """One right as rights lists it, in brief or whole. `told`: how many reasons for it rest on what the family has told."""

    id: str
    name: Words
    verdict: str
    says: list[str]
    missing: Annotated[int, BeforeValidator(_how_many)]
    told: int = 0
    why: Words | None = None
    reasons: list[Reason] = Field(default_factory=list)


class BasedOn(_Said):
    """Which profile the rights were worked out from."""

    profile_version: int


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
    """What was decided."""

    outcome: str


class Guidance(_Said):
    """The right to complain."""

    may: bool
    late: bool
    text: Words
    deadline: date | None
    days_left: int | None


class Complaint(_Said):
    """A complaint about the case."""

    status_text: Words
    open: bool
    href: str


class Case(_Said):
    """One case as status lists it. `open` and `awaited` count a running complaint in."""

    id: str
    right: Named
    authority: Named
    status_text: Words
    open: bool
    awaited: Awaited
    decision: Decision | None
    complaint: Guidance | None
    complaints: list[Complaint]


class Cases(_Said):
    """status: GET /status/v1/children/{child_id}/overview. `next`: there are more."""

    items: list[Case]
    next: str | None
