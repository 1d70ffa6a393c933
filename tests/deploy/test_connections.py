"""All pools together fit into PostgreSQL's connections, with room for people and for a service that is started twice."""

import re

from deploy.local.layout import ROOT, WITH_DATABASE
from shared.settings import ServiceSettings

RELAY, LISTEN = 1, 1
FOR_PEOPLE = 20


def test_every_pool_full_and_one_service_twice_leaves_room() -> None:
    text = (ROOT / "deploy" / "postgres" / "postgresql.conf").read_text()
    found = re.search(r"^max_connections = (\d+)$", text, re.MULTILINE)
    assert found
    fields = ServiceSettings.model_fields
    one = fields["api_pool_size"].default + fields["worker_pool_size"].default + RELAY + LISTEN
    assert one * (len(WITH_DATABASE) + 1) + FOR_PEOPLE <= int(found[1])
