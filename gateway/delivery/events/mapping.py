"""What mapping tells: someone is erased."""

from uuid import UUID

from gateway.delivery.features.erase_person import erase_person
from shared.db.transaction import Transaction
from shared.events.mapping import PersonErased
from shared.kafka.subscriptions import Gaps, Subscription


async def on_person_erased(tx: Transaction, event: PersonErased, prepared: None) -> None:
    """Forgets the person, for good."""
    await erase_person(tx, event.person_id)


async def reset_erasure(tx: Transaction, key: UUID | None) -> None:
    """Before a replay: nothing. An erasure is never taken back."""


SUBSCRIPTIONS = (Subscription(event=PersonErased, on=on_person_erased, reset=reset_erasure, gaps=Gaps.APPLY),)
