"""What every service tells of reads: one row of its access log."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.events.envelope import Event

SERVICES = ("mapping", "rights", "applications", "status")


class AccessLogged(Event):
    """Someone read a child's data, or was refused. For a protected child the organisation is left out."""

    type_: ClassVar = "no.somlos.access.logged.v1"
    topic: ClassVar = "somlos.<service>.access-log.v1"
    id_field: ClassVar = "row_id"
    key_field: ClassVar = "child_id"
    single: ClassVar = True

    row_id: UUID
    child_id: UUID
    service: str = Field(max_length=40)
    reader_kind: str = Field(max_length=20)
    reader_id: UUID | None = None
    organisation: str | None = Field(default=None, max_length=9)
    purpose: str | None = Field(default=None, max_length=100)
    what: str = Field(max_length=100)
    occurred_at: datetime
    denied: bool = False
    protected: bool = False

    @property
    def topic_name(self) -> str:
        """Each service has a topic of its own."""
        return topic_of(self.service)


def topic_of(service: str) -> str:
    """The access-log topic of a service."""
    return AccessLogged.topic.replace("<service>", service)
