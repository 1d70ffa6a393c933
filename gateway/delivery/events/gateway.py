"""What delivery tells itself: something waits to be told. Whom to tell, and by which name of the child, is fetched first."""

from dataclasses import dataclass
from uuid import UUID

from gateway.delivery.clients.applications import ApplicationsClient
from gateway.delivery.clients.mapping import MappingClient
from gateway.delivery.domain.party import Recipient
from gateway.delivery.features.deliver_due import deliver_due
from gateway.delivery.features.forget_application import forget_application
from shared.db.transaction import Transaction
from shared.events.gateway import DeliveryDue
from shared.kafka.subscriptions import Gaps, Subscription


@dataclass(frozen=True, slots=True)
class Clients:
    """What is asked before a partner is told."""

    applications: ApplicationsClient
    mapping: MappingClient
    partners: frozenset[str]

    async def close(self) -> None:
        """Closes their connections."""
        await self.applications.close()
        await self.mapping.close()


async def prepare_delivery_due(event: DeliveryDue, clients: Clients) -> Recipient | None:
    """The partner and its pseudonym of the child; None when the party is no partner. Raises NotFound (child or application gone), Unavailable."""
    organisation = event.authority_org or await clients.applications.party(event.application_id, event.child_id)
    if organisation not in clients.partners:
        return None
    return Recipient(organisation, await clients.mapping.pseudonym(organisation, event.child_id))


async def on_delivery_due(tx: Transaction, event: DeliveryDue, prepared: Recipient | None) -> None:
    """Tells all that is due of the application, in order: a second such event finds nothing left."""
    await deliver_due(tx, event.application_id, prepared)


async def on_delivery_gone(tx: Transaction, event: DeliveryDue) -> None:
    """The child or the application is gone: nobody is told any more."""
    await forget_application(tx, event.application_id)


async def reset_delivery(tx: Transaction, key: UUID | None) -> None:
    """Before a replay: what is due is noted anew when applications is heard again."""
    await forget_application(tx, key)


SUBSCRIPTIONS = (
    Subscription(
        event=DeliveryDue,
        prepare=prepare_delivery_due,
        on=on_delivery_due,
        gone=on_delivery_gone,
        reset=reset_delivery,
        gaps=Gaps.APPLY,
    ),
)
