"""Which evaluations of a child can be done again."""

from uuid import UUID

from services.rights.domain.answers import Reader
from services.rights.domain.evaluation import Evaluation
from services.rights.store import evaluations
from shared.db.transaction import Transaction


async def list_evaluations(
    tx: Transaction, child: UUID, reader: Reader, *, before: UUID, limit: int
) -> list[Evaluation]:
    """The child's and the reader's own, newest first; none when they are made of more than is open to the reader. The read is logged."""
    await tx.reads(child, "rights")
    if reader.groups is not None:
        return []
    return await evaluations.page_of_child(tx, child, applicant=reader.applicant, before=before, limit=limit)
