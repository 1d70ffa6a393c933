"""What the applications service tells."""

from datetime import datetime
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
