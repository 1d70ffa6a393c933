"""What the other services tell of reads: each becomes a row of the family's own access log."""

from uuid import UUID

from services.mapping.clients.access_rows import AccessRows
from services.mapping.features.forget_access import forget_access
from services.mapping.features.project_access import project_access
from shared.db.transaction import AccessRow, Transaction
from shared.events.access import AccessLogged, topic_of
from shared.kafka.subscriptions import Gaps, Subscription

SERVICES = ("rights", "applications", "status")


async def prepare_access_logged(event: AccessLogged, clients: AccessRows) -> AccessRow:
    """The row to keep. Of a protected child the event names no organisation, so its row is fetched. Raises NotFound or Unavailable."""
    if not event.protected:
        return _row(event, event.organisation)
    found = await clients.row(event.service, event.row_id, event.child_id)
    return _row(event, found.organisation)


async def on_access_logged(tx: Transaction, event: AccessLogged, prepared: AccessRow) -> None:
    """Keeps the row."""
    await project_access(tx, prepared, service=event.service)


async def reset_access(tx: Transaction, key: UUID | None) -> None:
    """Before a replay: what the other services told of a child (None: all) goes."""
    await forget_access(tx, key)


def _row(event: AccessLogged, organisation: str | None) -> AccessRow:
    return AccessRow(
        id=event.row_id,
        child_id=event.child_id,
        reader_kind=event.reader_kind,
        reader_id=event.reader_id,
        organisation=organisation,
        purpose=event.purpose,
        what=event.what,
        at=event.occurred_at,
        denied=event.denied,
        protected=event.protected,
    )


SUBSCRIPTIONS = tuple(
    Subscription(
        event=AccessLogged,
        topic=topic_of(service),
        prepare=prepare_access_logged,
        on=on_access_logged,
        reset=reset_access,
        gaps=Gaps.APPLY,
    )
    for service in SERVICES
)
