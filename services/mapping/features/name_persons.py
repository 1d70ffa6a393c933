"""An organisation's pseudonyms of persons, made where there are none."""

from collections.abc import Sequence
from uuid import UUID

from services.mapping.store import pseudonyms
from shared.db.transaction import Transaction


async def name_persons(tx: Transaction, organisation: str, persons: Sequence[UUID]) -> dict[UUID, UUID]:
    """Those who are known here, each with the organisation's pseudonym; others are left out."""
    await pseudonyms.make_known(tx, organisation, persons)
    return await pseudonyms.of(tx, organisation, persons)
