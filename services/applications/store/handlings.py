"""What has become of one application since it was sent, as far as the caller's rows go."""

from services.applications.domain.application import Application
from services.applications.domain.handling import NOTHING, Handling
from services.applications.store import decisions, documentation_requests, receipts
from shared.db.transaction import Transaction


async def of(tx: Transaction, application: Application) -> Handling:
    """Receipt, requests with their answers, decision. What is still a draft has none of it."""
    if application.submitted_at is None:
        return NOTHING
    return Handling(
        await receipts.of(tx, application.id),
        await documentation_requests.of(tx, application.id),
        await decisions.of(tx, application.id),
    )
