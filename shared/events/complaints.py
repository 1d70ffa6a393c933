"""What the status service tells of complaints (klage)."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import Field

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


class OfComplaint(Event):
    """What every event of a complaint holds. For a protected child both organisations are left out; `appeal_org` is there from the forwarding on."""

    topic: ClassVar = TOPIC
    id_field: ClassVar = "complaint_id"

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


class ComplaintFiled(OfComplaint):
    """A family complains about a decision."""

    type_: ClassVar = "no.somlos.complaint.filed.v1"


class ComplaintReceived(OfComplaint):
    """The authority that decided has the complaint."""

    type_: ClassVar = "no.somlos.complaint.received.v1"


class ComplaintReassessed(OfComplaint):
    """The authority has looked at its decision again: `outcome` upheld, or changed, and then the complaint is closed."""

    type_: ClassVar = "no.somlos.complaint.reassessed.v1"


class ComplaintForwarded(OfComplaint):
    """The complaint has gone on to the appeal body."""

    type_: ClassVar = "no.somlos.complaint.forwarded.v1"


class ComplaintDecided(OfComplaint):
    """The appeal body has decided."""

    type_: ClassVar = "no.somlos.complaint.decided.v1"


class ComplaintWithdrawn(OfComplaint):
    """Whoever complained has taken it back."""

    type_: ClassVar = "no.somlos.complaint.withdrawn.v1"
