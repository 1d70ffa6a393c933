"""What status tells of complaints. Each event is noted in its order (a gap waits); whom to tell is found afterwards, outside any transaction."""

from uuid import UUID

from gateway.delivery.domain.complaint import Complaint, ComplaintNotice, Holders
from gateway.delivery.features.forget_complaint import forget_complaint
from gateway.delivery.features.note_complaint import note_complaint
from shared.db.transaction import Transaction
from shared.events.complaints import (
    ComplaintDecided,
    ComplaintFiled,
    ComplaintForwarded,
    ComplaintReassessed,
    ComplaintReceived,
    ComplaintWithdrawn,
    OfComplaint,
)
from shared.kafka.subscriptions import Gaps, Subscription

EVENTS = (
    ComplaintFiled,
    ComplaintReceived,
    ComplaintReassessed,
    ComplaintForwarded,
    ComplaintDecided,
    ComplaintWithdrawn,
)


async def on_complaint(tx: Transaction, event: OfComplaint, prepared: None) -> None:
    """Notes that those who have the complaint are to be told. What was written, they read by reference."""
    complaint = Complaint(event.complaint_id, event.child_id, event.application_id, event.right_id)
    notice = ComplaintNotice(event.complaint_id, event.version, event.status, event.outcome, event.at)
    await note_complaint(tx, complaint, notice, Holders(event.authority_org, event.appeal_org))


async def reset_complaint(tx: Transaction, key: UUID | None) -> None:
    """Before a replay: what is due is made anew; what was told is not told again."""
    await forget_complaint(tx, key)


SUBSCRIPTIONS = tuple(
    Subscription(event=event, on=on_complaint, reset=reset_complaint, gaps=Gaps.PARK) for event in EVENTS
)
