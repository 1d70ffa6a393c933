"""Something that happened to an application, as its party is told of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

# Where the addressed organisation's case system fetches the application. The one place that knows it.
REFERENCE = "/applications/v1/inbox/{application_id}"


class Happening(StrEnum):
    """What happened."""

    SUBMITTED = "submitted"
    STATUS_CHANGED = "status-changed"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Notice:
    """One happening. `source_version`: the application's own version, which with the time says which happening it is."""

    application_id: UUID
    source_version: int
    happening: Happening
    status: str
    occurred_at: datetime


def name_of(notice: Notice, organisation: str) -> tuple[object, ...]:
    """What makes it this happening, as told to this partner: told again, after a restore too, it is the same."""
    return ("application", organisation, notice.application_id, notice.source_version, notice.happening.value)


def reference(application_id: UUID) -> str:
    """The path at the gateway where the addressed organisation reads the application."""
    return REFERENCE.format(application_id=application_id)
