"""A complaint was filed, or stands somewhere else: note that those who have it are to be told."""

from dataclasses import replace

from gateway.delivery.domain.complaint import Complaint, ComplaintNotice, Holders, is_forwarded
from gateway.delivery.store import complaint_notices, complaints
from shared.db.transaction import Transaction
from shared.events.gateway import ComplaintDue


async def note_complaint(tx: Transaction, complaint: Complaint, notice: ComplaintNotice, holders: Holders) -> None:
    """Once for each happening, however often it is heard of. Whether the appeal body hears of it follows from where it stood."""
    known = await complaints.lock(tx, complaint.complaint_id)
    forwarded = is_forwarded(notice.status, before=known is not None and known.forwarded)
    await complaints.put(tx, replace(complaint, forwarded=forwarded))
    if await complaint_notices.add(tx, replace(notice, forwarded=forwarded)):
        due = ComplaintDue(
            due_id=tx.new_id(),
            complaint_id=complaint.complaint_id,
            child_id=complaint.child_id,
            forwarded=forwarded,
            authority_org=holders.authority,
            appeal_org=holders.appeal,
        )
        await tx.emit(due, version=1)
