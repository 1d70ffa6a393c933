"""What the applications service tells: an application was sent, and stands somewhere else now."""

from services.status.domain.case import Case, CaseKind, CaseStatus
from services.status.features.forget_cases import forget_cases
from services.status.features.move_case import move_case
from services.status.features.open_case import open_case
from shared.db.transaction import Transaction
from shared.events.applications import ApplicationStatusChanged, ApplicationSubmitted
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


SUBSCRIPTIONS = (
    Subscription(event=ApplicationSubmitted, on=on_application_submitted, reset=forget_cases, gaps=Gaps.PARK),
    Subscription(event=ApplicationStatusChanged, on=on_application_status_changed, reset=forget_cases, gaps=Gaps.PARK),
)
