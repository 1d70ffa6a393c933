"""A case as the family follows it: what was sent to whom, and every step since."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class CaseStatus(StrEnum):
    """Where the case stands."""

    SUBMITTED = "submitted"
    RECEIVED = "received"
    DOCUMENTATION_REQUESTED = "documentation-requested"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Awaited(StrEnum):
    """Whose move it is."""

    AUTHORITY = "authority"
    FAMILY = "family"
    NOBODY = "nobody"


class CaseKind(StrEnum):
    """What kind of case it is."""

    APPLICATION = "application"


WHOSE_MOVE = {
    CaseStatus.SUBMITTED: Awaited.AUTHORITY,
    CaseStatus.RECEIVED: Awaited.AUTHORITY,
    CaseStatus.DOCUMENTATION_REQUESTED: Awaited.FAMILY,
    CaseStatus.DECIDED: Awaited.NOBODY,
    CaseStatus.WITHDRAWN: Awaited.NOBODY,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the timeline."""

    version: int
    status: CaseStatus
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `authority_org` None: the child's address is protected, so only the kind is known here. `steps`: oldest first."""

    id: UUID
    child_id: UUID
    kind: CaseKind
    right_id: str
    authority_kind: str
    authority_org: str | None
    status: CaseStatus
    version: int
    submitted_at: datetime
    changed_at: datetime
    steps: tuple[Step, ...] = ()

    @property
    def awaited(self) -> Awaited:
        """Whose move it is."""
        return WHOSE_MOVE[self.status]

    @property
    def is_open(self) -> bool:
        """Whether the authority has yet to decide."""
        return self.awaited is not Awaited.NOBODY


def moved(case: Case, status: CaseStatus, *, version: int, at: datetime) -> Case:
    """The case one step on."""
    return replace(case, status=status, version=version, changed_at=at)
