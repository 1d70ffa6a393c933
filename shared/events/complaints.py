"""What the status service tells of complaints (klage)."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from shared.events.envelope import Event

TOPIC = "somlos.status.complaint.v1"


class ComplaintStatus(StrEnum):
    """Where a complaint stands. closed: the authority changed its decision itself."""

    FILED = "filed"
    RECEIVED = "received"
    REASSESSED = "reassessed"
    FORWARDED = "forwarded"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class ComplaintOutcome(StrEnum):
    """What came of it: of the re-assessment upheld or changed; of the appeal upheld, reversed, partly-reversed or sent-back."""

    UPHELD = "upheld"
    CHANGED = "changed"
    REVERSED = "reversed"
    PARTLY_REVERSED = "partly-reversed"
    SENT_BACK = "sent-back"


class OfComplaint(BaseModel):
    """What every event of a complaint holds. For a protected child both organisations are left out; `appeal_org` is there from the forwarding on."""

    complaint_id: UUID
    application_id: UUID
    child_id: UUID
    right_id: str = Field(max_length=100)
    status: ComplaintStatus
    outcome: ComplaintOutcome | None = None
    authority_org: str | None = Field(default=None, max_length=9)
    appeal_org: str | None = Field(default=None, max_length=9)
    at: datetime
    version: int = Field(ge=1)


class ComplaintFiled(OfComplaint, Event):
    """A family complains about a decision."""

    type_: ClassVar = "no.somlos.complaint.filed.v1"
    topic: ClassVar = TOPIC
    id_field: ClassVar = "complaint_id"


class ComplaintReceived(OfComplaint, Event):
    """The authority that decided has the complaint."""

    type_: ClassVar = "no.somlos.complaint.received.v1"
    topic: ClassVar = TOPIC
    id_field: ClassVar = "complaint_id"


class ComplaintReassessed(OfComplaint, Event):
    """The authority has looked at its decision again: `outcome` upheld, or changed, and then the complaint is closed."""

    type_: ClassVar = "no.somlos.complaint.reassessed.v1"
    topic: ClassVar = TOPIC
    id_field: ClassVar = "complaint_id"


class ComplaintForwarded(OfComplaint, Event):
    """The complaint has gone on to the appeal body."""

    type_: ClassVar = "no.somlos.complaint.forwarded.v1"
    topic: ClassVar = TOPIC
    id_field: ClassVar = "complaint_id"


class ComplaintDecided(OfComplaint, Event):
    """The appeal body has decided."""

    type_: ClassVar = "no.somlos.complaint.decided.v1"
    topic: ClassVar = TOPIC
    id_field: ClassVar = "complaint_id"


class ComplaintWithdrawn(OfComplaint, Event):
    """Whoever complained has taken it back."""

    type_: ClassVar = "no.somlos.complaint.withdrawn.v1"
    topic: ClassVar = TOPIC
    id_field: ClassVar = "complaint_id"
