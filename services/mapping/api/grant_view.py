"""How a grant is shown and given: views and bodies of `grants.py`."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.mapping.api.desk import Desk
from services.mapping.api.speakers import OrganisationView
from services.mapping.domain.grant import Grant
from services.mapping.domain.law import Action
from services.mapping.store.organisations import name_of
from shared.auth.principals import Kind, Principal
from shared.dates import oslo_day
from shared.domain import FieldFault, InvalidInput

Word = Annotated[str, Field(max_length=40)]
GIVING: Any = {
    "municipality": {
        "summary": "The municipality may read about health and care for half a year",
        "value": {
            "organisation": "312482754",
            "purpose": "follow-up",
            "groups": ["health", "care"],
            "actions": ["profile.read"],
            "valid_to": "2027-05-24",
        },
    }
}


class GrantBody(BaseModel):
    """To an organisation by its number; or, from the young person itself, to a guardian by id."""

    model_config = ConfigDict(extra="forbid")

    organisation: str | None = Field(default=None, pattern=r"^\d{9}$", max_length=9)
    guardian: UUID | None = None
    purpose: str = Field(description="what the receiver may use it for", max_length=40)
    groups: list[Word] = Field(description="groups of facts", min_length=1, max_length=20)
    actions: list[Action] = Field(min_length=1, max_length=12)
    valid_from: date | None = Field(default=None, description="from the start of this day; today when left out")
    valid_to: date = Field(description="until the start of this day, 12 months later at most")

    def grant(self, grant_id: UUID, child: UUID, giver: UUID, at: datetime, desk: Desk) -> Grant:
        """The grant that is asked for. Raises InvalidInput."""
        if faults := list(self._faults(desk)):
            raise InvalidInput(*faults)
        return Grant(
            id=grant_id,
            child=child,
            giver=giver,
            organisation=self.organisation,
            guardian=self.guardian,
            purpose=self.purpose,
            groups=frozenset(self.groups),
            actions=frozenset(self.actions),
            valid_from=self.valid_from or oslo_day(at),
            valid_to=self.valid_to,
            given_at=at,
        )

    def _faults(self, desk: Desk) -> list[FieldFault]:
        known, faults = desk.knowledge, []
        if (self.organisation is None) == (self.guardian is None):
            faults.append(FieldFault("organisation", "one-receiver", "either an organisation or a guardian"))
        elif self.organisation and self.organisation not in known.organisations:
            faults.append(
                FieldFault(
                    "organisation", "unknown-organisation", "the number of an organisation that is connected here"
                )
            )
        if self.purpose not in known.wording.grantable_purposes:
            faults.append(
                FieldFault(
                    "purpose", "unknown-purpose", "one of " + ", ".join(sorted(known.wording.grantable_purposes))
                )
            )
        if unknown := set(self.groups) - known.groups:
            faults.append(
                FieldFault(
                    "groups",
                    "unknown-group",
                    f"{len(unknown)} unknown; one or more of " + ", ".join(sorted(known.groups)),
                )
            )
        return faults


class GrantState(StrEnum):
    """Where a grant stands today."""

    UPCOMING = "upcoming"
    ACTIVE = "active"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class Party(StrEnum):
    """Someone of the family. `system`: a protected address ended it."""

    YOU = "you"
    GUARDIAN = "guardian"
    CHILD = "child"
    SYSTEM = "system"


class GrantView(BaseModel):
    """A grant: what it opens, to whom, for what, until when."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": "0197c0de-0000-7000-8000-000000000009",
                "child_id": "0197c0de-0000-7000-8000-000000000001",
                "organisation": {"orgnr": "312482754", "name": "Hamar kommune (syntetisk)"},
                "purpose": "follow-up",
                "purpose_text": "for å følge opp barnet",
                "groups": ["care", "health"],
                "actions": ["profile.read"],
                "valid_from": "2026-11-24",
                "valid_to": "2027-05-24",
                "state": "active",
                "given_by": "you",
                "given_at": "2026-11-24T10:00:00Z",
                "version": 1,
            }
        }
    )

    id: UUID
    child_id: str = Field(description="as you know the child", max_length=36)
    organisation: OrganisationView | None = None
    guardian_id: UUID | None = Field(
        default=None, description="where a young person has opened something to a guardian"
    )
    purpose: str = Field(max_length=40)
    purpose_text: str = Field(max_length=200)
    groups: list[str] = Field(max_length=20)
    actions: list[Action] = Field(max_length=12)
    valid_from: date
    valid_to: date
    state: GrantState
    given_by: Party
    giver: str | None = Field(
        default=None, description="only for an organisation: the giver, as it knows that person", max_length=36
    )
    given_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: Party | None = None
    version: int


def grant_view(grant: Grant, caller: Principal, desk: Desk, today: date, aliases: Mapping[UUID, UUID]) -> GrantView:
    """One grant for this reader; an organisation sees its own pseudonyms only."""
    machine, knowledge = caller.kind is Kind.MACHINE, desk.knowledge
    receiver = None
    if grant.organisation:
        receiver = OrganisationView(
            orgnr=grant.organisation, name=name_of(knowledge.organisations, grant.organisation, desk.language)
        )
    return GrantView(
        id=grant.id,
        child_id=str(aliases[grant.child]) if machine else str(grant.child),
        organisation=receiver,
        guardian_id=grant.guardian,
        purpose=grant.purpose,
        purpose_text=knowledge.wording.purpose(grant.purpose, desk.language),
        groups=sorted(grant.groups),
        actions=sorted(grant.actions),
        valid_from=grant.valid_from,
        valid_to=grant.valid_to,
        state=_state(grant, today),
        given_by=_party(grant.giver, grant, caller),
        giver=str(aliases[grant.giver]) if machine else None,
        given_at=grant.given_at,
        withdrawn_at=grant.withdrawn_at,
        withdrawn_by=_party(grant.withdrawn_by, grant, caller) if grant.withdrawn_at else None,
        version=grant.version,
    )


def _state(grant: Grant, today: date) -> GrantState:
    if grant.withdrawn_at:
        return GrantState.WITHDRAWN
    if grant.ended(today):
        return GrantState.ENDED
    return GrantState.UPCOMING if today < grant.valid_from else GrantState.ACTIVE


def _party(person: UUID | None, grant: Grant, caller: Principal) -> Party:
    if person is None:
        return Party.SYSTEM
    if str(person) == caller.id:
        return Party.YOU
    return Party.CHILD if person == grant.child else Party.GUARDIAN
