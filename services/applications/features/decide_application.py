"""The authority's decision is taken in."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.applications.domain.application import Application
from services.applications.domain.complaint_law import ComplaintLaw
from services.applications.domain.decision import ComplaintInformation, Decision, Item
from services.applications.domain.lawful_decision import require_lawful
from services.applications.domain.step import Step, take
from services.applications.store import applications, decisions
from shared.dates import oslo_day
from shared.db.transaction import Transaction
from shared.domain import StaleVersion
from shared.events.applications import ApplicationDecided, DecisionOutcome


@dataclass(frozen=True, slots=True)
class Decided:
    """What the authority says of its decision."""

    decided_at: date
    notified_at: date | None
    items: tuple[Item, ...]
    complaint: ComplaintInformation | None


async def decide_application(
    tx: Transaction, application_id: UUID, said: Decided, law: ComplaintLaw, *, version: int
) -> tuple[Application, Decision]:
    """The decided application and the decision. Raises NotFound, StaleVersion, WrongStep, or InvalidInput naming everything that lacks."""
    application = await applications.find(tx, application_id, lock=True)
    if application.version != version:
        raise StaleVersion(version, application.version)
    decided = take(application, Step.DECISION, at=tx.at)
    decision = Decision(
        id=tx.new_id(),
        application_id=application_id,
        child_id=application.child_id,
        decided_at=said.decided_at,
        notified_at=said.notified_at,
        items=said.items,
        complaint=said.complaint,
        recorded_at=tx.at,
    )
    submitted_on = oslo_day(application.submitted_at or tx.at)
    require_lawful(decision, application.right_id, law, submitted_on=submitted_on, today=tx.today())
    await decisions.add(tx, decision, tx.principal.org or "")
    await applications.move(tx, decided)
    await tx.emit(_told(decided, decision), version=decided.version)
    return decided, decision


def _told(application: Application, decision: Decision) -> ApplicationDecided:
    complaint = decision.complaint or ComplaintInformation()
    return ApplicationDecided(
        application_id=application.id,
        child_id=application.child_id,
        outcome=DecisionOutcome(decision.outcome),
        decided_at=decision.decided_at,
        changed_at=application.changed_at,
        notified_at=decision.notified_at,
        complaint_deadline=complaint.deadline,
        complaint_body=complaint.body,
        version=application.version,
    )
