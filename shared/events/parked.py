"""What a consumer tells the operators: an event it could not handle was set aside."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.events.envelope import Event


class EventParked(Event):
    """An event, and from now on later events of its key, wait for an operator. Nothing of its data is repeated."""

    type_: ClassVar = "no.somlos.event.parked.v1"
    topic: ClassVar = "somlos.<service>.dead-letter.v1"
    id_field: ClassVar = "parking_id"
    single: ClassVar = True

    parking_id: UUID
    event_id: UUID
    service: str = Field(max_length=40)
    source_topic: str = Field(max_length=249)
    source_partition: int
    source_offset: int
    event_type: str = Field(max_length=200)
    cause: str = Field(max_length=20)
    reason: str = Field(max_length=200)

    @property
    def topic_name(self) -> str:
        """Each consumer has a topic of its own."""
        return self.topic.replace("<service>", self.service)
