"""All pools together stay below what the database admits, twice over: a deployment runs old and new side by side for a while."""

import importlib
import re

from deploy.local.layout import WITH_DATABASE
from shared.settings import ServiceSettings
from tests.architecture.sources import ROOT

RESERVED = 3 + 10  # for superusers (PostgreSQL's default), and for migrations, backups and whoever looks
RELAY, LISTEN = 1, 1
SIDE_BY_SIDE = 2
SETTINGS = {"gateway": "gateway.delivery.settings"}


def wanted(settings: list[type[ServiceSettings]]) -> int:
    """Connections that these services may hold at once, API and worker apart."""
    each = (
        kind.model_fields["api_pool_size"].default + kind.model_fields["worker_pool_size"].default + RELAY + LISTEN
        for kind in settings
    )
    return sum(each) * SIDE_BY_SIDE


def admitted(configuration: str) -> int:
    """Connections that the database admits for services."""
    found = re.search(r"^max_connections\s*=\s*(\d+)", configuration, re.MULTILINE)
    assert found, "max_connections is not set"
    return int(found[1]) - RESERVED


def settings_of(service: str) -> type[ServiceSettings]:
    """The settings class of the process that has the database."""
    kind: type[ServiceSettings] = importlib.import_module(
        SETTINGS.get(service, f"services.{service}.settings")
    ).Settings
    return kind


def test_the_pools_add_up():
    configuration = (ROOT / "deploy" / "postgres" / "postgresql.conf").read_text()
    assert wanted([settings_of(service) for service in WITH_DATABASE]) <= admitted(configuration)


def test_pools_that_do_not_add_up_are_found():
    assert wanted([ServiceSettings] * 5) > admitted("max_connections = 100")


def test_a_service_takes_no_more_than_the_house_says():
    for service in WITH_DATABASE:
        fields = settings_of(service).model_fields
        assert (fields["api_pool_size"].default, fields["worker_pool_size"].default) == (8, 4)
