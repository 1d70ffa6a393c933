"""What has become of one application since it was sent, as far as the caller's rows go."""

from services.applications.domain.application import Application
from services.applications.domain.handling import Handling
from services.applications.store import applications, decisions, documentation_requests, receipts
from shared.db.transaction import Transaction


async def of(tx: Transaction, application: Application) -> Handling:
    """Receipt, requests with their answers, decision: a draft has none of it. And for the applicant what is under way beside it."""
    beside = await applications.beside(tx, application)
    if application.submitted_at is None:
        return Handling(beside=beside)
    return Handling(
        await receipts.of(tx, application.id),
        await documentation_requests.of(tx, application.id),
        await decisions.of(tx, application.id),
        beside,
    )
