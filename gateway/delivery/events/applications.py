"""What applications tells. Each event is noted in its order (a gap waits); whom to tell is found afterwards, outside any transaction."""

from uuid import UUID

from gateway.delivery.domain.notice import Happening, Notice
from gateway.delivery.domain.party import Party
from gateway.delivery.features.forget_application import forget_application
from gateway.delivery.features.note_change import note_change
from gateway.delivery.features.note_submission import note_submission
from shared.db.transaction import Transaction
from shared.events.applications import (
    ApplicationDecided,
    ApplicationStatus,
    ApplicationStatusChanged,
    ApplicationSubmitted,
)
from shared.kafka.subscriptions import Gaps, Subscription


async def on_application_submitted(tx: Transaction, event: ApplicationSubmitted, prepared: None) -> None:
    """Notes the party and that it is to be told."""
    party = Party(event.application_id, event.child_id, event.right_id, event.authority_org)
    notice = Notice(
        event.application_id, event.version, Happening.SUBMITTED, ApplicationStatus.SUBMITTED, event.submitted_at
    )
    await note_submission(tx, party, notice)


async def on_application_status_changed(tx: Transaction, event: ApplicationStatusChanged, prepared: None) -> None:
    """Notes that the party is to be told."""
    await note_change(
        tx, Notice(event.application_id, event.version, Happening.STATUS_CHANGED, event.status, event.changed_at)
    )


async def on_application_decided(tx: Transaction, event: ApplicationDecided, prepared: None) -> None:
    """Notes that the party is to be told. What was decided, it reads by reference."""
    await note_change(
        tx,
        Notice(event.application_id, event.version, Happening.DECIDED, ApplicationStatus.DECIDED, event.changed_at),
    )


async def reset_application(tx: Transaction, key: UUID | None) -> None:
    """Before a replay: parties and what is due are made anew; what was told is not told again."""
    await forget_application(tx, key)


SUBSCRIPTIONS = (
    Subscription(event=ApplicationSubmitted, on=on_application_submitted, reset=reset_application, gaps=Gaps.PARK),
    Subscription(
        event=ApplicationStatusChanged, on=on_application_status_changed, reset=reset_application, gaps=Gaps.PARK
    ),
    Subscription(event=ApplicationDecided, on=on_application_decided, reset=reset_application, gaps=Gaps.PARK),
)
