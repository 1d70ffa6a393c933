"""What status tells of complaints. Every type on the topic is read, so that none is missed; two of them change a decision."""

from uuid import UUID

from services.applications.domain.decision import Superseding
from services.applications.features.supersede_decision import supersede_decision
from shared.db.transaction import Transaction
from shared.events.complaints import (
    ComplaintDecided,
    ComplaintFiled,
    ComplaintForwarded,
    ComplaintOutcome,
    ComplaintReassessed,
    ComplaintReceived,
    ComplaintWithdrawn,
    OfComplaint,
)
from shared.kafka.subscriptions import Gaps, Subscription

CHANGES = frozenset({ComplaintOutcome.CHANGED, ComplaintOutcome.REVERSED, ComplaintOutcome.PARTLY_REVERSED})


async def on_complaint_outcome(tx: Transaction, event: ComplaintDecided | ComplaintReassessed, prepared: None) -> None:
    """The appeal body has reversed the decision, or the authority has changed it itself."""
    if event.outcome in CHANGES:
        by = Superseding(event.complaint_id, event.outcome.value, event.at)
        await supersede_decision(tx, event.application_id, by)


async def on_complaint_moved(tx: Transaction, event: OfComplaint, prepared: None) -> None:
    """The decision stands as it did."""


async def reset_complaint(tx: Transaction, key: UUID | None) -> None:
    """Before a replay: nothing is taken down. The mark belongs to the decision, was told of, and is only ever replaced by a later one."""


SUBSCRIPTIONS = (
    *(
        Subscription(event=event, on=on_complaint_outcome, reset=reset_complaint, gaps=Gaps.PARK)
        for event in (ComplaintDecided, ComplaintReassessed)
    ),
    *(
        Subscription(event=event, on=on_complaint_moved, reset=reset_complaint, gaps=Gaps.PARK)
        for event in (ComplaintFiled, ComplaintReceived, ComplaintForwarded, ComplaintWithdrawn)
    ),
)
