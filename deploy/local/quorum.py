"""Which brokers are one cluster: a lone one, or several that vote (KRaft, dynamic quorum) and hold each other's replicas."""

import base64
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from deploy.local.layout import HOST

_REPLICATED = ("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")
_QUICK = {
    "controller.quorum.election.timeout.ms": "500",
    "controller.quorum.fetch.timeout.ms": "1000",
    "controller.quorum.election.backoff.max.ms": "200",
    "controller.quorum.request.timeout.ms": "1000",
    "replica.lag.time.max.ms": "5000",
    "replica.fetch.wait.max.ms": "200",
}
"""A node's death is noticed as soon as a machine of its own allows."""


@dataclass(frozen=True, slots=True)
class Quorum:
    """This broker's number, and each broker's controller port by number. `cluster_id`: what several brokers share; a lone one makes its own."""

    node: int
    controllers: Mapping[int, int]
    cluster_id: str = field(default="")

    @property
    def replication(self) -> int:
        """How many brokers hold each event."""
        return min(3, len(self.controllers))

    def properties(self) -> dict[str, str]:
        """What deploy/kafka/broker.properties leaves open, or says for one node only."""
        found = {"node.id": str(self.node), "controller.quorum.bootstrap.servers": self._addresses()}
        if len(self.controllers) == 1:
            return found
        for topic in _REPLICATED:
            found[f"{topic}.replication.factor"] = str(self.replication)
            if topic != "offsets.topic":
                found[f"{topic}.min.isr"] = str(self.replication - 1)
        return found | _QUICK

    def format_words(self) -> tuple[str, ...]:
        """How the folder is told who votes."""
        if len(self.controllers) == 1:
            return ("--standalone",)
        voters = (f"{node}@{HOST}:{port}:{_directory(node)}" for node, port in self.controllers.items())
        return ("--initial-controllers", ",".join(voters))

    def _addresses(self) -> str:
        return ",".join(f"{HOST}:{port}" for port in self.controllers.values())


def _directory(node: int) -> str:
    """22 characters that name a voter's folder."""
    made = uuid.uuid5(uuid.NAMESPACE_URL, f"somlos-kafka-{node}").bytes
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
