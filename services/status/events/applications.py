"""What the applications service tells: an application was sent, stands somewhere else now, or has been decided."""

from services.status.domain.case import Case, CaseKind, CaseStatus, Decision, DecisionOutcome
from services.status.features.decide_case import decide_case
from services.status.features.forget_cases import forget_cases
from services.status.features.move_case import move_case
from services.status.features.open_case import open_case
from shared.db.transaction import Transaction
from shared.events.applications import ApplicationDecided, ApplicationStatusChanged, ApplicationSubmitted
from shared.kafka.subscriptions import Gaps, Subscription


async def on_application_submitted(tx: Transaction, event: ApplicationSubmitted, prepared: None) -> None:
    """A new case."""
    case = Case(
        id=event.application_id,
        child_id=event.child_id,
        kind=CaseKind.APPLICATION,
        right_id=event.right_id,
        authority_kind=event.authority_kind,
        authority_org=event.authority_org,
        status=CaseStatus.SUBMITTED,
        version=event.version,
        submitted_at=event.submitted_at,
        changed_at=event.submitted_at,
    )
    await open_case(tx, case)


async def on_application_status_changed(tx: Transaction, event: ApplicationStatusChanged, prepared: None) -> None:
    """The next step of a case."""
    await move_case(tx, event.application_id, CaseStatus(event.status), version=event.version, at=event.changed_at)


async def on_application_decided(tx: Transaction, event: ApplicationDecided, prepared: None) -> None:
    """What the authority decided. Reasons and amounts are read at the applications service."""
    decision = Decision(
        outcome=DecisionOutcome(event.outcome),
        decided_at=event.decided_at,
        notified_at=event.notified_at,
        complain_by=event.complaint_deadline,
        complain_to=event.complaint_body,
        version=event.version,
    )
    await decide_case(tx, event.application_id, decision, at=event.changed_at)


SUBSCRIPTIONS = (
    Subscription(event=ApplicationSubmitted, on=on_application_submitted, reset=forget_cases, gaps=Gaps.PARK),
    Subscription(event=ApplicationStatusChanged, on=on_application_status_changed, reset=forget_cases, gaps=Gaps.PARK),
    Subscription(event=ApplicationDecided, on=on_application_decided, reset=forget_cases, gaps=Gaps.PARK),
)
