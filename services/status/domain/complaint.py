"""A complaint (klage) on a decision: who has it, which step is due, and what each step makes of it. forvaltningsloven §§ 28–34."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.status.domain.case import Awaited
from services.status.domain.errors import ComplaintEnded, ImpossibleDay, NotTheComplainant, NotYourStep, WrongStep
from shared.dates import oslo_day


class ComplaintStatus(StrEnum):
    """Where a complaint stands. closed: the authority changed its decision itself."""

    FILED = "filed"
    RECEIVED = "received"
    REASSESSED = "reassessed"
    FORWARDED = "forwarded"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What came of a re-assessment (upheld, changed) or of an appeal (the others and upheld)."""

    UPHELD = "upheld"
    CHANGED = "changed"
    REVERSED = "reversed"
    PARTLY_REVERSED = "partly-reversed"
    SENT_BACK = "sent-back"


class Move(StrEnum):
    """What an organisation does with a complaint, in this order."""

    RECEIPT = "receipt"
    REASSESSMENT = "reassessment"
    FORWARDING = "forwarding"
    DECISION = "decision"


class Role(StrEnum):
    """What an organisation is to a complaint: it decided first, or it decides on the complaint."""

    AUTHORITY = "authority"
    APPEAL = "appeal"


DUE: Mapping[ComplaintStatus, Move] = {
    ComplaintStatus.FILED: Move.RECEIPT,
    ComplaintStatus.RECEIVED: Move.REASSESSMENT,
    ComplaintStatus.REASSESSED: Move.FORWARDING,
    ComplaintStatus.FORWARDED: Move.DECISION,
}
CHANGING = frozenset({Outcome.CHANGED, Outcome.REVERSED, Outcome.PARTLY_REVERSED})


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation that has the complaint, and what it calls the child."""

    orgnr: str
    alias: str


@dataclass(frozen=True, slots=True)
class Said:
    """What people wrote: the complaint, what they wish, why it is late; the authority's reasons and its statement to the appeal body; that body's reasons."""

    about: str
    wish: str | None = None
    late_reason: str | None = None
    reassessment: str | None = None
    statement: str | None = None
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class ComplaintStep:
    """One entry of the complaint's timeline."""

    version: int
    status: ComplaintStatus
    outcome: Outcome | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One complaint. `body`: the kind of organisation that decides it. `case_version`: which decision of the case it is about.
    `relation`: what the complainant is to the child. `said` None: it was not read with it. `steps`: oldest first."""

    id: UUID
    case_id: UUID
    case_version: int
    child_id: UUID
    complainant: UUID
    relation: str
    right_id: str
    authority_kind: str
    authority: Party
    body: str
    protected: bool
    last_day: date | None
    late: bool
    said: Said | None
    steps: tuple[ComplaintStep, ...]
    appeal: Party | None = None
    decided_on: date | None = None

    @property
    def last(self) -> ComplaintStep:
        """The newest step."""
        return self.steps[-1]

    @property
    def status(self) -> ComplaintStatus:
        """Where it stands."""
        return self.last.status

    @property
    def version(self) -> int:
        """Its version: one a step."""
        return self.last.version

    @property
    def filed_at(self) -> datetime:
        """When it was sent."""
        return self.steps[0].at

    @property
    def forwarded_at(self) -> datetime | None:
        """When it went on to the appeal body, if it has."""
        return next((step.at for step in self.steps if step.status is ComplaintStatus.FORWARDED), None)

    @property
    def due(self) -> Move | None:
        """The step that is due; None when it has ended."""
        return DUE.get(self.status)

    @property
    def is_open(self) -> bool:
        """Whether it has yet to end."""
        return self.due is not None

    @property
    def awaited(self) -> Awaited:
        """Whose move it is."""
        if self.due is None:
            return Awaited.NOBODY
        return Awaited.APPEAL_BODY if self.due is Move.DECISION else Awaited.AUTHORITY

    @property
    def changed_the_decision(self) -> bool:
        """Whether it led to another decision."""
        return self.last.outcome in CHANGING

    def roles_of(self, organisation: str | None) -> frozenset[Role]:
        """What the organisation is to it. The appeal body is one from the forwarding on."""
        parties = {Role.AUTHORITY: self.authority, Role.APPEAL: self.appeal}
        return frozenset(role for role, party in parties.items() if party and party.orgnr == organisation)

    def alias_of(self, organisation: str | None) -> str | None:
        """What that organisation calls the child."""
        return next((p.alias for p in (self.authority, self.appeal) if p and p.orgnr == organisation), None)


def words_of(complaint: Complaint) -> Said:
    """What people wrote. Raises ValueError when it was not read with the complaint."""
    if complaint.said is None:
        raise ValueError("what people wrote was not read")
    return complaint.said


def first_step(at: datetime) -> tuple[ComplaintStep, ...]:
    """The timeline of a new complaint."""
    return (ComplaintStep(1, ComplaintStatus.FILED, None, at),)


def require(complaint: Complaint, move: Move, organisation: str | None) -> None:
    """That the step is this organisation's to take, and due. Raises NotYourStep or WrongStep."""
    needed = Role.APPEAL if move is Move.DECISION else Role.AUTHORITY
    if needed not in complaint.roles_of(organisation):
        raise NotYourStep
    if complaint.due is not move:
        raise WrongStep(complaint.due)


def receive(complaint: Complaint, *, at: datetime) -> Complaint:
    """The authority has it."""
    return _stepped(complaint, ComplaintStatus.RECEIVED, None, at)


def reassess(complaint: Complaint, outcome: Outcome, *, at: datetime) -> Complaint:
    """The authority upholds its decision, or changes it, and then the complaint is closed. forvaltningsloven § 33."""
    ended = outcome is Outcome.CHANGED
    return _stepped(complaint, ComplaintStatus.CLOSED if ended else ComplaintStatus.REASSESSED, outcome, at)


def forward(complaint: Complaint, to: Party, *, at: datetime) -> Complaint:
    """It goes on to the appeal body (klageinstans). forvaltningsloven § 33."""
    return replace(_stepped(complaint, ComplaintStatus.FORWARDED, None, at), appeal=to)


def decide(complaint: Complaint, outcome: Outcome, *, on: date, at: datetime) -> Complaint:
    """The appeal body decides, on that day. Raises ImpossibleDay. forvaltningsloven § 34."""
    if on > oslo_day(at):
        raise ImpossibleDay("in-the-future")
    if complaint.forwarded_at and on < oslo_day(complaint.forwarded_at):
        raise ImpossibleDay("before-forwarding")
    return replace(_stepped(complaint, ComplaintStatus.DECIDED, outcome, at), decided_on=on)


def withdraw(complaint: Complaint, person: UUID, *, at: datetime) -> Complaint:
    """Taken back by whoever complained, before it has ended. Raises NotTheComplainant or ComplaintEnded."""
    if person != complaint.complainant:
        raise NotTheComplainant
    if not complaint.is_open:
        raise ComplaintEnded
    return _stepped(complaint, ComplaintStatus.WITHDRAWN, None, at)


def _stepped(complaint: Complaint, status: ComplaintStatus, outcome: Outcome | None, at: datetime) -> Complaint:
    step = ComplaintStep(complaint.version + 1, status, outcome, at)
    return replace(complaint, steps=(*complaint.steps, step))


def told(complaint: Complaint) -> dict[str, Any]:
    """What an event says of the newest step: of a protected child neither organisation."""
    parties = (None, None) if complaint.protected else (complaint.authority, complaint.appeal)
    authority, appeal = (party.orgnr if party else None for party in parties)
    return {
        "complaint_id": complaint.id,
        "application_id": complaint.case_id,
        "child_id": complaint.child_id,
        "right_id": complaint.right_id,
        "status": complaint.status.value,
        "outcome": complaint.last.outcome.value if complaint.last.outcome else None,
        "authority_org": authority,
        "appeal_org": appeal,
        "at": complaint.last.at,
        "version": complaint.version,
    }
