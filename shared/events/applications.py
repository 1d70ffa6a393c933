"""What the applications service tells."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.events.envelope import Event


class ApplicationStatus(StrEnum):
    """Where an application stands. A draft is never told of."""

    SUBMITTED = "submitted"
    RECEIVED = "received"
    DOCUMENTATION_REQUESTED = "documentation-requested"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class DecisionOutcome(StrEnum):
    """What a decision comes to as a whole."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


class ApplicationSubmitted(Event):
    """A family has sent an application. `authority_org` is left out for a protected child."""

    type_: ClassVar = "no.somlos.application.submitted.v1"
    topic: ClassVar = "somlos.applications.application.v1"
    id_field: ClassVar = "application_id"

    application_id: UUID
    child_id: UUID
    right_id: str = Field(max_length=100)
    authority_kind: str = Field(max_length=40)
    authority_org: str | None = Field(default=None, max_length=9)
    submitted_at: datetime
    version: int = Field(ge=1)


class ApplicationStatusChanged(Event):
    """An application stands somewhere else now."""

    type_: ClassVar = "no.somlos.application.status-changed.v1"
    topic: ClassVar = "somlos.applications.application.v1"
    id_field: ClassVar = "application_id"

    application_id: UUID
    child_id: UUID
    status: ApplicationStatus
    changed_at: datetime
    version: int = Field(ge=1)


class ApplicationDecided(Event):
    """The authority has decided, on the day `decided_at`; we heard of it at `changed_at`. `notified_at`: the day the notice reached the party,
    None while that is not known. `complaint_body` is the kind of organisation that decides on a complaint; who it is, and every word, is read by reference."""

    type_: ClassVar = "no.somlos.application.decided.v1"
    topic: ClassVar = "somlos.applications.application.v1"
    id_field: ClassVar = "application_id"

    application_id: UUID
    child_id: UUID
    outcome: DecisionOutcome
    decided_at: date
    changed_at: datetime
    notified_at: date | None = None
    complaint_deadline: date | None = None
    complaint_body: str | None = Field(default=None, max_length=40)
    version: int = Field(ge=1)
