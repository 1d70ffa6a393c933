"""The law as the service ships it, and a case and a complaint to hold against it."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from services.status.domain.case import Case, CaseKind, CaseStatus, Decision, DecisionOutcome
from services.status.domain.complaint import Complaint, ComplaintStep, Outcome, Party, Said, first_step
from services.status.domain.complaint import ComplaintStatus as Status
from services.status.domain.outlook import Law
from services.status.store import complaint_rules, deadlines, rights
from shared.public_holidays import PublicHolidays

LAW = Law(deadlines.load(), rights.load(), PublicHolidays(), complaint_rules.load())
MOTHER, CHILD, CASE = UUID(int=1), UUID(int=2), UUID(int=3)
NAV, NAV_APPEALS, HAMAR, GOVERNOR, BODO = "312480018", "312481383", "312482754", "312489600", "312490978"
SENT = datetime(2026, 11, 24, 10, tzinfo=UTC)


def case(right_id: str = "hjelpestonad", authority: str = "nav", decision: Decision | None = None) -> Case:
    """One case."""
    return Case(
        id=CASE,
        child_id=CHILD,
        kind=CaseKind.APPLICATION,
        right_id=right_id,
        authority_kind=authority,
        authority_org=NAV,
        status=CaseStatus.DECIDED if decision else CaseStatus.RECEIVED,
        version=3,
        submitted_at=SENT,
        changed_at=SENT,
        decision=decision,
    )


def decision(notified: str | None = "2026-11-24", decided: str | None = None, **more: Any) -> Decision:
    """What was decided, on the day of the notice unless another is given."""
    given = {
        "outcome": DecisionOutcome.REFUSED,
        "decided_at": date.fromisoformat(decided or notified or "2026-11-24"),
        "notified_at": date.fromisoformat(notified) if notified else None,
        "complain_by": None,
        "complain_to": None,
        "version": 3,
        **more,
    }
    return Decision(**given)


def complaint(status: Status = Status.FILED, *, outcome: Outcome | None = None, **more: Any) -> Complaint:
    """A complaint that has come to that status the ordinary way."""
    given = {
        "id": UUID(int=4),
        "case_id": CASE,
        "case_version": 3,
        "child_id": CHILD,
        "complainant": MOTHER,
        "relation": "guardian",
        "right_id": "avlastning",
        "authority_kind": "municipality",
        "authority": Party(HAMAR, "hamars-name"),
        "body": "statsforvalter",
        "protected": False,
        "last_day": date(2026, 12, 22),
        "late": False,
        "said": Said("Nettene er ikke regnet med."),
        "steps": first_step(SENT) + _way(status, outcome),
        **({"appeal": Party(GOVERNOR, "governors-name")} if status in (Status.FORWARDED, Status.DECIDED) else {}),
        **({"decided_on": SENT.date()} if status is Status.DECIDED else {}),
        **more,
    }
    return Complaint(**given)


WAYS: dict[Status, tuple[tuple[Status, Outcome | None], ...]] = {
    Status.FILED: (),
    Status.RECEIVED: ((Status.RECEIVED, None),),
    Status.REASSESSED: ((Status.RECEIVED, None), (Status.REASSESSED, Outcome.UPHELD)),
    Status.CLOSED: ((Status.RECEIVED, None), (Status.CLOSED, Outcome.CHANGED)),
    Status.FORWARDED: ((Status.RECEIVED, None), (Status.REASSESSED, Outcome.UPHELD), (Status.FORWARDED, None)),
    Status.DECIDED: (
        (Status.RECEIVED, None),
        (Status.REASSESSED, Outcome.UPHELD),
        (Status.FORWARDED, None),
        (Status.DECIDED, Outcome.REVERSED),
    ),
    Status.WITHDRAWN: ((Status.WITHDRAWN, None),),
}


def _way(status: Status, outcome: Outcome | None) -> tuple[ComplaintStep, ...]:
    way = WAYS[status]
    steps = [ComplaintStep(number, at, came, SENT) for number, (at, came) in enumerate(way, start=2)]
    if outcome and steps:
        steps[-1] = ComplaintStep(steps[-1].version, status, outcome, SENT)
    return tuple(steps)
