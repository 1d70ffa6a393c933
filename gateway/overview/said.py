"""What the services say, as far as the start page needs it; the rest of their answers is not read."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from shared.texts import Lang


class _Said(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


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
    ground: str
    profile_version: int


class Children(_Said):
    """mapping: GET /mapping/v1/children."""

    items: list[Child]


class Right(_Said):
    """One right as rights lists it."""

    id: str
    name: Words
    verdict: str
    missing: list[Any] = Field(default_factory=list)


class BasedOn(_Said):
    """Which profile the rights were worked out from."""

    profile_version: int


class Rights(_Said):
    """rights: GET /rights/v1/children/{child_id}."""

    on: date
    based_on: BasedOn
    rights: list[Right]


class Named(_Said):
    """A right or an authority, by name."""

    name: Words


class Awaited(_Said):
    """Whose move it is: the family's, the authority's or nobody's."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)

    whom: str = Field(alias="from")
    text: Words


class Case(_Said):
    """One case as status lists it."""

    id: str
    right: Named
    authority: Named
    status_text: Words
    open: bool
    awaited: Awaited


class Cases(_Said):
    """status: GET /status/v1/children/{child_id}/overview."""

    items: list[Case]
