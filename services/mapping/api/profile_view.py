"""How a profile is shown and how it is told: views and bodies of `profile.py`."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.mapping.api.desk import Desk
from services.mapping.api.speakers import OrganisationView, SaidBy, organisation, said_by
from services.mapping.domain.changes import Entry
from services.mapping.domain.facts import FactSubject
from services.mapping.domain.profile import Outcome, State
from services.mapping.domain.reading import Line
from shared.auth.principals import Principal
from shared.texts import Text

DISAGREE = Text(nb="Svarene er ulike", nn="Svara er ulike", en="The answers differ")
MOST_ENTRIES = 200
_TOLD: Any = {
    "fact": "rare_diagnosis",
    "group": "health",
    "subject": "child",
    "state": "known",
    "value": True,
    "source": "told",
    "said_by": "you",
    "said_at": "2026-11-24T10:00:00Z",
    "valid_from": "2026-11-24",
}


class Source(StrEnum):
    """Told by someone, or from the population register, which nobody can overrule here."""

    TOLD = "told"
    REGISTER = "register"


class FactView(BaseModel):
    """What holds for one fact. In a conflict there is neither value nor speaker, only that the answers differ."""

    fact: str = Field(max_length=100)
    group: str = Field(max_length=40)
    subject: FactSubject = Field(
        description="whom it is about: the child, a guardian, a guardian and the child, or a guardian's home"
    )
    guardian: str | None = Field(
        default=None, description="only for an organisation: which guardian, as it knows that person", max_length=36
    )
    state: Outcome
    value: Any = Field(default=None, description="of the fact's type")
    source: Source
    said_by: SaidBy | None = None
    organisation: OrganisationView | None = None
    said_at: datetime | None = None
    valid_from: date | None = None
    text: str | None = Field(default=None, max_length=100)


class ProfileView(BaseModel):
    """A child's profile as you may see it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "child_id": "0197c0de-0000-7000-8000-000000000001",
                "version": 3,
                "register_as_of": "2026-11-24T10:00:00Z",
                "facts": [_TOLD],
            }
        }
    )

    child_id: str = Field(description="as you know the child", max_length=36)
    version: int
    register_as_of: datetime = Field(description="when the population register last answered")
    facts: list[FactView] = Field(max_length=1000)


class EntryBody(BaseModel):
    """One thing told. Leave `subject` out for the child, yourself and your home; an organisation names a guardian as it knows that person."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    fact: str = Field(max_length=100)
    subject: str | None = Field(default=None, max_length=36)
    state: State = State.KNOWN
    value: Any = Field(
        default=None, description="of the fact's type, with the state known; a boolean, number, text or list of texts"
    )
    valid_from: date | None = Field(default=None, description="since when it is so; today when left out, never later")
    share: bool | None = Field(
        default=None, description="only for what a child says itself: false keeps it from everyone else"
    )

    def entry(self) -> Entry:
        """As the domain has it."""
        return Entry(**{name: getattr(self, name) for name in type(self).model_fields})


class ChangeBody(BaseModel):
    """Everything told at once; all or nothing."""

    model_config = ConfigDict(extra="forbid")

    facts: list[EntryBody] = Field(min_length=1, max_length=MOST_ENTRIES)


class ChangeView(BaseModel):
    """The profile's new version; what follows from it (rights, forms) says which version it is based on."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"child_id": "0197c0de-0000-7000-8000-000000000001", "version": 4}}
    )

    child_id: str = Field(max_length=36)
    version: int


TELLING: Any = {
    "told": {
        "summary": "Three things, one of them not known",
        "value": {
            "facts": [
                {"fact": "serious_condition", "state": "known", "value": True},
                {"fact": "diagnosis_groups", "state": "known", "value": ["rare_disease"]},
                {"fact": "parent_employed", "state": "not_known"},
            ]
        },
    }
}


def fact_view(line: Line, caller: Principal, desk: Desk, aliases: Mapping[UUID, UUID]) -> FactView:
    """One line for this reader."""
    held, speaker = line.held, line.held.speaker
    alias = aliases.get(line.guardian) if line.guardian else None
    return FactView(
        fact=line.fact,
        group=desk.knowledge.vocabulary[line.fact].group,
        subject=line.kind,
        guardian=str(alias) if alias else None,
        state=held.outcome,
        value=held.value,
        source=Source.REGISTER if line.from_register else Source.TOLD,
        said_by=said_by(speaker, caller) if speaker else None,
        organisation=organisation(speaker, desk) if speaker else None,
        said_at=held.said_at,
        valid_from=held.valid_from,
        text=DISAGREE.in_(desk.language) if held.outcome is Outcome.CONFLICT else None,
    )
