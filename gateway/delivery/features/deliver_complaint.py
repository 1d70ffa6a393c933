"""Tell those who have a complaint everything that is due of it, in the order it happened."""

from uuid import UUID

from gateway.delivery.domain.complaint import Complaint, ComplaintNotice, Recipients, name_of, reference
from gateway.delivery.domain.party import Recipient
from gateway.delivery.store import complaint_notices, complaints, streams
from shared.db.transaction import Transaction
from shared.events.partners import PartnerComplaintChanged
from shared.ids import id_of


async def deliver_complaint(tx: Transaction, complaint_id: UUID, recipients: Recipients, *, forwarded: bool) -> None:
    """Each notice once, numbered without gaps for each partner and complaint. `forwarded` False: the appeal body isn't known yet,
    so that what happened from the forwarding on still waits."""
    complaint = await complaints.lock(tx, complaint_id)
    if complaint is None:
        return
    for notice in await complaint_notices.due(tx, complaint_id, forwarded=forwarded):
        for recipient in recipients.of(notice):
            version = await streams.next_version(tx, recipient.organisation, complaint_id)
            event_id = id_of(notice.occurred_at, *name_of(notice, recipient.organisation))
            await tx.emit(_told(notice, complaint, recipient), version=version, event_id=event_id)
    await complaint_notices.settle(tx, complaint_id, forwarded=forwarded)


def _told(notice: ComplaintNotice, complaint: Complaint, recipient: Recipient) -> PartnerComplaintChanged:
    told = PartnerComplaintChanged(
        complaint_id=complaint.complaint_id,
        application_id=complaint.application_id,
        right_id=complaint.right_id,
        person=recipient.person,
        status=notice.status,
        outcome=notice.outcome,
        occurred_at=notice.occurred_at,
        reference=reference(complaint.complaint_id),
    )
    return told.addressed_to(recipient.organisation)
