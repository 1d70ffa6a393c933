"""What a partner organisation is told, on a topic of its own: thin, and a person is named by that organisation's own pseudonym only."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from pydantic import BaseModel, Field, PrivateAttr

from shared.events.applications import ApplicationStatus
from shared.events.complaints import ComplaintOutcome, ComplaintStatus
from shared.events.envelope import Event

TOPIC = "partner.<orgnr>.events.v1"


def topic_of(organisation: str) -> str:
    """The topic that this partner, and nobody else, reads."""
    return TOPIC.replace("<orgnr>", organisation)


class Addressed(BaseModel):
    """An event to one partner. To whom it goes decides the topic, and is no part of the data."""

    _organisation: str = PrivateAttr(default="")

    def addressed_to(self, organisation: str) -> Self:
        """The same event, for this organisation."""
        addressed = self.model_copy()
        addressed._organisation = organisation
        return addressed

    @property
    def topic_name(self) -> str:
        """The partner's own topic. Raises ValueError when the event is addressed to nobody."""
        if not self._organisation:
            raise ValueError("an event to a partner names the partner first")
        return topic_of(self._organisation)


class ToPartner(Addressed):
    """What every event about an application holds."""

    application_id: UUID
    right_id: str = Field(max_length=100, description="which benefit or service, as the catalog knows it")
    person: str = Field(max_length=100, description="the organisation's own pseudonym of the child")
    status: ApplicationStatus
    occurred_at: datetime
    reference: str = Field(
        max_length=200, description="path at the gateway where the organisation reads the application"
    )


class PartnerApplicationSubmitted(ToPartner, Event):
    """A family has sent the organisation an application."""

    type_: ClassVar = "no.somlos.partner.application-submitted.v1"
    topic: ClassVar = TOPIC
    id_field: ClassVar = "application_id"


class PartnerApplicationStatusChanged(ToPartner, Event):
    """An application to the organisation stands somewhere else now."""

    type_: ClassVar = "no.somlos.partner.application-status-changed.v1"
    topic: ClassVar = TOPIC
    id_field: ClassVar = "application_id"


class PartnerApplicationDecided(ToPartner, Event):
    """An application to the organisation has been decided."""

    type_: ClassVar = "no.somlos.partner.application-decided.v1"
    topic: ClassVar = TOPIC
    id_field: ClassVar = "application_id"


class PartnerComplaintChanged(Addressed, Event):
    """A complaint that the organisation has, as the authority or as the appeal body, stands somewhere else now."""

    type_: ClassVar = "no.somlos.partner.complaint-changed.v1"
    topic: ClassVar = TOPIC
    id_field: ClassVar = "complaint_id"

    complaint_id: UUID
    application_id: UUID
    right_id: str = Field(max_length=100, description="which benefit or service, as the catalog knows it")
    person: str = Field(max_length=100, description="the organisation's own pseudonym of the child")
    status: ComplaintStatus
    outcome: ComplaintOutcome | None = None
    occurred_at: datetime
    reference: str = Field(max_length=200, description="path at the gateway where the organisation reads the complaint")
