"""What a consumer tells the operators: an event it could not handle was set aside."""

from typing import ClassVar
from uuid import UUID

from shared.events.envelope import Event


class EventParked(Event):
    """An event, and from now on later events of its key, wait for an operator. Nothing of its data is repeated."""

    type_: ClassVar = "no.somlos.event.parked.v1"
    topic: ClassVar = "somlos.<service>.dead-letter.v1"
    id_field: ClassVar = "parking_id"
    single: ClassVar = True

    parking_id: UUID
    event_id: UUID
    service: str
    source_topic: str
    source_partition: int
    source_offset: int
    event_type: str
    cause: str
    reason: str

    @property
    def topic_name(self) -> str:
        """Each consumer has a topic of its own."""
        return self.topic.replace("<service>", self.service)
