"""Empties topics after a restore: what stands on them was told of a past that is no more, and is told again by the relays. Blocking.

For a cluster that is not ours: `python -m deploy.local.empty_topics`, in the environment of `deploy.local.tell_kafka`.
"""

import sys
from collections.abc import Iterable, Mapping
from typing import Any

from confluent_kafka import TopicPartition
from confluent_kafka.admin import AdminClient

from deploy.local.tell_kafka import administrator
from deploy.local.topics import Declaration, declared

_TIMEOUT_S = 30
_TO_THE_END = -1
_OURS = "somlos."


def ours(declaration: Declaration) -> list[str]:
    """The topics between our own services; partners' are theirs."""
    return [name for name in declaration.topics if name.startswith(_OURS)]


def empty(settings: Mapping[str, Any], topics: Iterable[str]) -> int:
    """Deletes every record of these topics, and nothing of the others. Returns how many partitions were emptied."""
    admin = AdminClient({**settings, "log_level": 0})
    found = admin.list_topics(timeout=_TIMEOUT_S).topics
    wanted = [
        TopicPartition(name, partition, _TO_THE_END)
        for name in topics
        if name in found
        for partition in found[name].partitions
    ]
    for done in admin.delete_records(wanted, request_timeout=_TIMEOUT_S).values() if wanted else ():
        done.result(timeout=_TIMEOUT_S)
    return len(wanted)


if __name__ == "__main__":
    sys.stdout.write(f"{empty(administrator(), ours(declared()))} partitions emptied\n")
