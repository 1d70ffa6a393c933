"""Something that happened to a complaint, as those who have it are told: the authority from the filing, the appeal body from the forwarding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gateway.delivery.domain.party import Recipient
from shared.events.complaints import ComplaintOutcome, ComplaintStatus

# Where either organisation's case system fetches the complaint.
REFERENCE = "/status/v1/complaint-inbox/{complaint_id}"
_WITH_THE_APPEAL_BODY = frozenset({ComplaintStatus.FORWARDED, ComplaintStatus.DECIDED})


@dataclass(frozen=True, slots=True)
class Complaint:
    """What there is to know of a complaint. Who has it is told or asked for each time, and not kept."""

    complaint_id: UUID
    child_id: UUID
    application_id: UUID
    right_id: str
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class ComplaintNotice:
    """One happening. `source_version`: the complaint's own version. `forwarded`: the appeal body has the complaint, and hears of it too."""

    complaint_id: UUID
    source_version: int
    status: ComplaintStatus
    outcome: ComplaintOutcome | None
    occurred_at: datetime
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Holders:
    """The organisations that have a complaint; of a protected child neither is named."""

    authority: str | None
    appeal: str | None


@dataclass(frozen=True, slots=True)
class Recipients:
    """The partners among those who have the complaint."""

    authority: Recipient | None
    appeal: Recipient | None

    def of(self, notice: ComplaintNotice) -> Sequence[Recipient]:
        """Who hears of this happening, each once."""
        found = (self.authority, self.appeal if notice.forwarded else None)
        return tuple(dict.fromkeys(each for each in found if each))


def is_forwarded(status: ComplaintStatus, *, before: bool) -> bool:
    """Whether the appeal body has the complaint, once it stands there; `before`: whether it had it. What is taken back stays with who has it."""
    return status in _WITH_THE_APPEAL_BODY or (status is ComplaintStatus.WITHDRAWN and before)


def name_of(notice: ComplaintNotice, organisation: str) -> tuple[object, ...]:
    """What makes it this happening, as told to this partner: told again, after a restore too, it is the same."""
    return ("complaint", organisation, notice.complaint_id, notice.source_version, notice.status.value)


def reference(complaint_id: UUID) -> str:
    """The path at the gateway where an organisation that has the complaint reads it."""
    return REFERENCE.format(complaint_id=complaint_id)
