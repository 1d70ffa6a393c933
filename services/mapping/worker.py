"""The worker of the mapping service: the relay, and the consumer that keeps the family's access log."""

from services.mapping.clients.access_rows import AccessRows
from services.mapping.clients.own_tokens import OwnTokens
from services.mapping.events.access import SUBSCRIPTIONS
from services.mapping.settings import Settings
from shared.auth.worker_tokens import Tokens
from shared.clock import Clock, SystemClock
from shared.worker import Definition
from shared.worker import run as run_worker


def definition(settings: Settings | None = None, *, clock: Clock | None = None) -> Definition:
    """What the worker is made of."""
    return Definition(
        service="mapping",
        settings=settings or Settings(),
        subscriptions=SUBSCRIPTIONS,
        make_clients=_make_clients,
        make_tokens=OwnTokens,
        clock=clock or SystemClock(),
    )


def _make_clients(settings: Settings, tokens: Tokens) -> AccessRows:
    return AccessRows(tokens, settings.url_of)


def run() -> None:
    """The worker as a process of its own."""
    run_worker(definition())


if __name__ == "__main__":
    run()
