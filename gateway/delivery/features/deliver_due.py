"""Tell a partner everything that is due of one application, in the order it happened."""

from typing import assert_never
from uuid import UUID

from gateway.delivery.domain.notice import Happening, Notice, name_of, reference
from gateway.delivery.domain.party import Party, Recipient
from gateway.delivery.store import notices, parties, streams
from shared.db.transaction import Transaction
from shared.events.applications import ApplicationStatus
from shared.events.partners import (
    PartnerApplicationDecided,
    PartnerApplicationStatusChanged,
    PartnerApplicationSubmitted,
)
from shared.ids import id_of

Told = PartnerApplicationSubmitted | PartnerApplicationStatusChanged | PartnerApplicationDecided


async def deliver_due(tx: Transaction, application_id: UUID, recipient: Recipient | None) -> None:
    """Each notice once, numbered without gaps for this partner and application. `recipient` None: its party is no partner, nobody is told."""
    party = await parties.lock(tx, application_id)
    if party is None:
        return
    waiting = await notices.due(tx, application_id)
    if recipient is not None:
        for notice in waiting:
            version = await streams.next_version(tx, recipient.organisation, application_id)
            event_id = id_of(notice.occurred_at, *name_of(notice, recipient.organisation))
            await tx.emit(_told(notice, party, recipient), version=version, event_id=event_id)
    await notices.settle(tx, application_id)


def _kind(happening: Happening) -> type[Told]:
    match happening:
        case Happening.SUBMITTED:
            return PartnerApplicationSubmitted
        case Happening.STATUS_CHANGED:
            return PartnerApplicationStatusChanged
        case Happening.DECIDED:
            return PartnerApplicationDecided
        case _:
            assert_never(happening)


def _told(notice: Notice, party: Party, recipient: Recipient) -> Told:
    told = _kind(notice.happening)(
        application_id=notice.application_id,
        right_id=party.right_id,
        person=recipient.person,
        status=ApplicationStatus(notice.status),
        occurred_at=notice.occurred_at,
        reference=reference(notice.application_id),
    )
    return told.addressed_to(recipient.organisation)
