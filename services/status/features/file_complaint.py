"""A family complains about a decision."""

from dataclasses import dataclass
from uuid import UUID

from services.status.domain.complaint import Complaint, Party, Said, first_step, told
from services.status.domain.errors import LateWithoutReason
from services.status.domain.outlook import Law
from services.status.domain.right_to_complain import require_right
from services.status.store import cases, complaints
from shared.db.transaction import Transaction
from shared.events.complaints import ComplaintFiled


@dataclass(frozen=True, slots=True)
class Filing:
    """What is said, what the complainant is to the child, and who has it first; `protected`: the child's address is."""

    said: Said
    relation: str
    authority: Party
    protected: bool


async def file_complaint(tx: Transaction, case_id: UUID, filing: Filing, *, law: Law) -> Complaint:
    """The complaint, on its way to whoever decided. Raises what `require_right` does, and LateWithoutReason."""
    await complaints.lock_case(tx, case_id)
    case = await cases.find(tx, case_id)
    right = require_right(case, law, await complaints.of_cases(tx, [case_id]))
    late = right.is_late(tx.today())
    if late and not filing.said.late_reason:
        assert right.last_day is not None
        raise LateWithoutReason(right.last_day)
    complaint = Complaint(
        id=tx.new_id(),
        case_id=case_id,
        case_version=right.decision.version,
        child_id=case.child_id,
        complainant=tx.principal.person,
        relation=filing.relation,
        right_id=case.right_id,
        authority_kind=case.authority_kind,
        authority=filing.authority,
        body=right.body or "",
        protected=filing.protected,
        last_day=right.last_day,
        late=late,
        said=filing.said,
        steps=first_step(tx.at),
    )
    await complaints.add(tx, complaint)
    await tx.emit(ComplaintFiled(**told(complaint)), version=complaint.version)
    return complaint
