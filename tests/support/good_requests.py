"""One good request for every route, by hand: bad and stranger's requests are generated from it (tests/contracts/test_requests.py).

In tests/support/asking, `@good("GET /mapping/v1/children/{child_id}")` registers a function that readies what the request needs and returns it.
A route that people and organisations share needs a second one: `@good(..., kind="machine")`.
"""

from tests.support.asking import applications, complaints, everyone, inbox, local_rules, mapping, rights, status
from tests.support.asking.table import GOOD, HAMAR, NAV, Asked

__all__ = [
    "GOOD",
    "HAMAR",
    "NAV",
    "Asked",
    "applications",
    "complaints",
    "everyone",
    "inbox",
    "local_rules",
    "mapping",
    "rights",
    "status",
]
