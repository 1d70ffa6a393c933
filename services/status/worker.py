"""The worker of the status service: the relay, and the consumer that builds the timelines."""

from services.status.events import applications, mapping
from services.status.settings import Settings
from shared.clock import Clock, SystemClock
from shared.worker import Definition
from shared.worker import run as run_worker


def definition(settings: Settings | None = None, *, clock: Clock | None = None) -> Definition:
    """What the worker is made of."""
    return Definition(
        service="status",
        settings=settings or Settings(),
        subscriptions=(*applications.SUBSCRIPTIONS, *mapping.SUBSCRIPTIONS),
        clock=clock or SystemClock(),
    )


def run() -> None:
    """The worker as a process of its own."""
    run_worker(definition())


if __name__ == "__main__":
    run()
