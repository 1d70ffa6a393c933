"""A case as the family follows it: what was sent to whom, and every step since."""

from dataclasses import dataclass, replace
from datetime import date, datetime
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
    APPEAL_BODY = "appeal-body"
    FAMILY = "family"
    NOBODY = "nobody"


class DecisionOutcome(StrEnum):
    """What a decision comes to as a whole."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


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
class Decision:
    """What the authority decided (vedtak). `notified_at`: the day the notice came, None while not known. `complain_by` and `complain_to`:
    what the authority says of the complaint: a last day, and the kind of body that decides it. `version`: the case's when it was decided."""

    outcome: DecisionOutcome
    decided_at: date
    notified_at: date | None
    complain_by: date | None
    complain_to: str | None
    version: int


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
    decision: Decision | None = None

    @property
    def awaited(self) -> Awaited:
        """Whose move it is."""
        return WHOSE_MOVE[self.status]

    @property
    def is_open(self) -> bool:
        """Whether the authority has yet to decide."""
        return self.awaited is not Awaited.NOBODY


def decided(case: Case, decision: Decision, *, at: datetime) -> Case:
    """The case with its decision."""
    return replace(moved(case, CaseStatus.DECIDED, version=decision.version, at=at), decision=decision)


def moved(case: Case, status: CaseStatus, *, version: int, at: datetime) -> Case:
    """The case one step on."""
    return replace(case, status=status, version=version, changed_at=at)
