"""What the gateway's way out to partners tells itself."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.events.envelope import Event


class DeliveryDue(Event):
    """Something about an application waits to be told to its party. `authority_org` is left out for a protected child."""

    type_: ClassVar = "no.somlos.delivery.due.v1"
    topic: ClassVar = "somlos.gateway.delivery.v1"
    id_field: ClassVar = "due_id"
    key_field: ClassVar = "application_id"
    single: ClassVar = True

    due_id: UUID
    application_id: UUID
    child_id: UUID
    authority_org: str | None = Field(default=None, max_length=9)


class ComplaintDue(Event):
    """Something about a complaint waits to be told to who has it; `forwarded`: to the appeal body too. No organisation is named for a protected child."""

    type_: ClassVar = "no.somlos.delivery.complaint-due.v1"
    topic: ClassVar = "somlos.gateway.delivery.v1"
    id_field: ClassVar = "due_id"
    key_field: ClassVar = "complaint_id"
    single: ClassVar = True

    due_id: UUID
    complaint_id: UUID
    child_id: UUID
    forwarded: bool
    authority_org: str | None = Field(default=None, max_length=9)
    appeal_org: str | None = Field(default=None, max_length=9)
