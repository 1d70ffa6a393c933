"""What delivery tells itself: something waits to be told. Whom to tell, and by which name of the child, is fetched first."""

from dataclasses import dataclass
from uuid import UUID

from gateway.delivery.clients.applications import ApplicationsClient
from gateway.delivery.clients.mapping import MappingClient
from gateway.delivery.clients.status import StatusClient
from gateway.delivery.domain.complaint import Holders, Recipients
from gateway.delivery.domain.party import Recipient
from gateway.delivery.features.deliver_complaint import deliver_complaint
from gateway.delivery.features.deliver_due import deliver_due
from gateway.delivery.features.forget_application import forget_application
from gateway.delivery.features.forget_complaint import forget_complaint
from shared.db.transaction import Transaction
from shared.events.gateway import ComplaintDue, DeliveryDue
from shared.kafka.subscriptions import Gaps, Subscription


@dataclass(frozen=True, slots=True)
class Clients:
    """What is asked before a partner is told."""

    applications: ApplicationsClient
    status: StatusClient
    mapping: MappingClient
    partners: frozenset[str]

    async def close(self) -> None:
        """Closes their connections."""
        await self.applications.close()
        await self.status.close()
        await self.mapping.close()


async def prepare_delivery_due(event: DeliveryDue, clients: Clients) -> Recipient | None:
    """The partner and its pseudonym of the child; None when the party is no partner. Raises NotFound (child or application gone), Unavailable."""
    organisation = event.authority_org or await clients.applications.party(event.application_id, event.child_id)
    return await _recipient(organisation, event.child_id, clients)


async def on_delivery_due(tx: Transaction, event: DeliveryDue, prepared: Recipient | None) -> None:
    """Tells all that is due of the application, in order: a second such event finds nothing left."""
    await deliver_due(tx, event.application_id, prepared)


async def on_delivery_gone(tx: Transaction, event: DeliveryDue) -> None:
    """The child or the application is gone: nobody is told any more."""
    await forget_application(tx, event.application_id)


async def reset_delivery(tx: Transaction, key: UUID | None) -> None:
    """Before a replay: what is due is noted anew when applications is heard again."""
    await forget_application(tx, key)


async def prepare_complaint_due(event: ComplaintDue, clients: Clients) -> Recipients:
    """The partners among those who have the complaint. Raises NotFound (child or complaint gone), Unavailable."""
    holders = Holders(event.authority_org, event.appeal_org)
    if holders.authority is None:
        holders = await clients.status.holders(event.complaint_id, event.child_id)
    return Recipients(
        authority=await _recipient(holders.authority, event.child_id, clients),
        appeal=await _recipient(holders.appeal, event.child_id, clients) if event.forwarded else None,
    )


async def on_complaint_due(tx: Transaction, event: ComplaintDue, prepared: Recipients) -> None:
    """Tells all that is due of the complaint, in order: a second such event finds nothing left."""
    await deliver_complaint(tx, event.complaint_id, prepared, forwarded=event.forwarded)


async def on_complaint_gone(tx: Transaction, event: ComplaintDue) -> None:
    """The child or the complaint is gone: nobody is told any more."""
    await forget_complaint(tx, event.complaint_id)


async def reset_complaint_delivery(tx: Transaction, key: UUID | None) -> None:
    """Before a replay: what is due is noted anew when status is heard again."""
    await forget_complaint(tx, key)


async def _recipient(organisation: str | None, child: UUID, clients: Clients) -> Recipient | None:
    if organisation is None or organisation not in clients.partners:
        return None
    return Recipient(organisation, await clients.mapping.pseudonym(organisation, child))


SUBSCRIPTIONS = (
    Subscription(
        event=ComplaintDue,
        prepare=prepare_complaint_due,
        on=on_complaint_due,
        gone=on_complaint_gone,
        reset=reset_complaint_delivery,
        gaps=Gaps.APPLY,
    ),
    Subscription(
        event=DeliveryDue,
        prepare=prepare_delivery_due,
        on=on_delivery_due,
        gone=on_delivery_gone,
        reset=reset_delivery,
        gaps=Gaps.APPLY,
    ),
)
