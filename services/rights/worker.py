"""The worker of the rights service: the relay, and the consumer that judges again when a profile changed."""

from services.rights.clients.mapping import TIMEOUT_SECONDS, MappingClient
from services.rights.events.mapping import SUBSCRIPTIONS
from services.rights.settings import Settings
from shared.auth.worker_tokens import Tokens
from shared.clock import Clock, SystemClock
from shared.http import Client
from shared.worker import Definition
from shared.worker import run as run_worker


def definition(settings: Settings | None = None, *, clock: Clock | None = None) -> Definition:
    """What the worker is made of."""
    return Definition(
        service="rights",
        settings=settings or Settings(),
        subscriptions=SUBSCRIPTIONS,
        make_clients=_make_clients,
        clock=clock or SystemClock(),
    )


def _make_clients(settings: Settings, tokens: Tokens) -> MappingClient:
    return MappingClient(Client("mapping", settings.mapping_url, timeout=TIMEOUT_SECONDS), tokens)


def run() -> None:
    """The worker as a process of its own."""
    run_worker(definition())


if __name__ == "__main__":
    run()
