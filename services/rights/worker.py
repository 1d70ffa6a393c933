"""The worker of the rights service: the relay, the consumer that judges again when a profile changed, and what judges again by the clock:
when the rules changed, and when a day comes that changes something."""

from uuid import UUID

from services.rights.clients.mapping import TIMEOUT_SECONDS, MappingClient
from services.rights.events.mapping import SUBSCRIPTIONS
from services.rights.features.assess_child import assess_child
from services.rights.settings import Settings
from services.rights.store import assessments, packs
from services.rights.store.rulebook import rulebook
from shared.auth.principals import worker
from shared.auth.worker_tokens import Tokens
from shared.chores import Chore
from shared.clock import Clock, SystemClock
from shared.db.transaction import Database
from shared.domain import Erased
from shared.http import Client
from shared.worker import Definition
from shared.worker import run as run_worker

AT_ONCE = 100


def definition(settings: Settings | None = None, *, clock: Clock | None = None) -> Definition:
    """What the worker is made of."""
    return Definition(
        service="rights",
        settings=settings or Settings(),
        subscriptions=SUBSCRIPTIONS,
        chores=(Chore(name="judge again", do=judge_again),),
        make_clients=_make_clients,
        clock=clock or SystemClock(),
    )


async def judge_again(database: Database) -> int:
    """Judges again whoever was judged by other rules, and whoever may have something new today, child by child in the order of their ids.

    Each child is a transaction of its own, and is done when it is committed: broken off, it goes on where it was. Returns how many.
    """
    async with database.begin(worker("rights")) as tx:
        await packs.keep(tx, rulebook().digest)
    done, after = 0, UUID(int=0)
    while children := await _due(database, after):
        for child in children:
            done += await _judged(database, child)
        after = children[-1]
    return done


async def _due(database: Database, after: UUID) -> list[UUID]:
    async with database.begin(worker("rights")) as tx:
        return await assessments.due(tx, pack=rulebook().digest, after=after, limit=AT_ONCE)


async def _judged(database: Database, child: UUID) -> bool:
    try:
        async with database.begin(worker("rights")) as tx:
            await assess_child(tx, child)
    except Erased:  # between the list and here: the erasure takes the rows
        return False
    return True


def _make_clients(settings: Settings, tokens: Tokens) -> MappingClient:
    return MappingClient(Client("mapping", settings.mapping_url, timeout=TIMEOUT_SECONDS), tokens)


def run() -> None:
    """The worker as a process of its own."""
    run_worker(definition())


if __name__ == "__main__":
    run()
