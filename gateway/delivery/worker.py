"""The worker of delivery: the relay to the partners' topics, and the consumer that finds out what to tell whom."""

from gateway.delivery.clients import applications, mapping, status
from gateway.delivery.events import applications as told_by_applications
from gateway.delivery.events import gateway as told_by_itself
from gateway.delivery.events import mapping as told_by_mapping
from gateway.delivery.events import status as told_by_status
from gateway.delivery.settings import Settings
from gateway.delivery.store.partners import read_partners
from shared.auth.tokens import Signer, read_key
from shared.auth.worker_tokens import Tokens
from shared.clock import Clock, SystemClock
from shared.http import Client
from shared.worker import Definition
from shared.worker import run as run_worker

NAME = "gateway"


def definition(settings: Settings | None = None, *, clock: Clock | None = None) -> Definition:
    """What the worker is made of. Raises BadOrganisationsFile."""
    chosen, time = settings or Settings(), clock or SystemClock()
    partners = read_partners(chosen.organisations_file)

    def make_clients(_: Settings, tokens: Tokens) -> told_by_itself.Clients:
        signer = Signer(NAME, read_key(chosen.signing_key_file), time)
        return told_by_itself.Clients(
            applications.ApplicationsClient(
                Client("applications", chosen.url_of("applications"), timeout=applications.TIMEOUT_SECONDS), tokens
            ),
            status.StatusClient(Client("status", chosen.url_of("status"), timeout=status.TIMEOUT_SECONDS), tokens),
            mapping.MappingClient(Client("mapping", chosen.mapping_url, timeout=mapping.TIMEOUT_SECONDS), signer),
            partners,
        )

    return Definition(
        service=NAME,
        settings=chosen,
        subscriptions=(
            *told_by_applications.SUBSCRIPTIONS,
            *told_by_status.SUBSCRIPTIONS,
            *told_by_itself.SUBSCRIPTIONS,
            *told_by_mapping.SUBSCRIPTIONS,
        ),
        make_clients=make_clients,
        clock=time,
    )


def run() -> None:
    """The worker as a process of its own."""
    run_worker(definition())


if __name__ == "__main__":
    run()
