"""A Kafka cluster of one's own, of one node or of three, whose nodes can be killed, stopped, continued and started again."""

import asyncio
import base64
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient, ClusterMetadata  # type: ignore[attr-defined]  # re-exported without saying so

from deploy.local import process
from deploy.local.kafka import ADMIN, KafkaBroker, passwords_for
from deploy.local.quorum import Quorum
from deploy.local.topics import declared
from tests.support.keeper import free_port
from tests.support.until import until

UP_SECONDS = 90.0


class Brokers:
    """The nodes by number. Users, topics and permissions are those of deploy/kafka."""

    def __init__(self, folder: Path, count: int) -> None:
        ports = {node: (free_port(), free_port()) for node in range(1, count + 1)}
        controllers = {node: controller for node, (_, controller) in ports.items()}
        shared_id = "somlos" + base64.urlsafe_b64encode(uuid4().bytes[:12]).decode()
        self.declaration = declared()
        self.passwords = passwords_for(self.declaration)
        self.bootstrap = ",".join(f"127.0.0.1:{port}" for port, _ in ports.values())
        self.nodes = {
            node: KafkaBroker.member(
                Quorum(node, controllers, shared_id),
                folder / f"kafka-{node}",
                port=port,
                passwords=self.passwords,
                declaration=self.declaration,
            )
            for node, (port, _) in ports.items()
        }
        self._running: dict[int, asyncio.subprocess.Process] = {}

    def user(self, name: str) -> dict[str, str]:
        """The `KAFKA_…` environment of a service, with every node's address."""
        return {**self.nodes[1].credentials(name).environment(), "KAFKA_BOOTSTRAP_SERVERS": self.bootstrap}

    def client(self, name: str) -> dict[str, str]:
        """The keyword arguments of an aiokafka client for that user."""
        return {
            "bootstrap_servers": self.bootstrap,
            "security_protocol": "SASL_PLAINTEXT",
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": name,
            "sasl_plain_password": self.passwords[name],
        }

    async def start(self, *nodes: int) -> None:
        """Starts them (all, when none is named) and returns when every replica is in step again."""
        await self.launch(*(nodes or self.nodes))
        await until(self.is_whole, deadline=UP_SECONDS)

    async def launch(self, *nodes: int) -> None:
        """Starts them, and does not wait."""
        self._running |= dict(zip(nodes, await asyncio.gather(*map(self._launch, nodes)), strict=True))

    async def _launch(self, node: int) -> asyncio.subprocess.Process:
        # A stopped process never sees SIGTERM: were we killed meanwhile, it would stay for ever.
        return await self.nodes[node].launch(dies_with_us=signal.SIGKILL)

    async def kill(self, *nodes: int) -> None:
        """`kill -9`, and they are gone."""
        for node in nodes:
            self._running[node].kill()
        for node in nodes:
            await self._running.pop(node).wait()

    async def end(self, node: int) -> None:
        """In order, as at a deploy."""
        await process.end(self._running.pop(node), signal.SIGTERM, grace_s=10)

    def freeze(self, node: int) -> None:
        """SIGSTOP: its connections stay open and nobody answers, as behind a cut cable."""
        self._running[node].send_signal(signal.SIGSTOP)

    def thaw(self, node: int) -> None:
        """SIGCONT."""
        self._running[node].send_signal(signal.SIGCONT)

    async def close(self) -> None:
        """Nothing of it is left."""
        for running in self._running.values():
            running.kill()
        await asyncio.gather(*(running.wait() for running in self._running.values()))

    async def is_whole(self) -> bool:
        """Whether all nodes that run are members, and every partition has a leader and all its replicas."""
        known = await self.described()
        if known is None or len(known.brokers) != len(self._running):
            return False
        partitions = [p for topic in known.topics.values() for p in topic.partitions.values()]
        return all(p.leader in self._running and len(p.isrs) == min(len(self._running), 3) for p in partitions)

    async def leader(self, topic: str, partition: int = 0) -> int:
        """The node that leads the partition."""
        known = await until(self.described, deadline=UP_SECONDS)
        return int(known.topics[topic].partitions[partition].leader)

    async def described(self) -> ClusterMetadata | None:
        """What the nodes that answer say of the cluster; None when none does."""
        return await asyncio.to_thread(self._describe)

    def admin(self) -> dict[str, Any]:
        """The administrator, for confluent-kafka."""
        login = self.nodes[1].credentials(ADMIN).librdkafka()
        return {**login, "bootstrap.servers": self.bootstrap, "log_level": 0, "socket.timeout.ms": 2000}

    def _describe(self) -> ClusterMetadata | None:
        try:
            return AdminClient(self.admin()).list_topics(timeout=2)
        except KafkaException:
            return None


@asynccontextmanager
async def running(folder: Path, count: int) -> AsyncIterator[Brokers]:
    """That many nodes, with the declared topics, until the block ends."""
    async with AsyncExitStack() as stack:
        brokers = Brokers(folder, count)
        stack.push_async_callback(brokers.close)
        await brokers.start()
        await brokers.nodes[1].wait_ready()
        await until(brokers.is_whole, deadline=UP_SECONDS)
        yield brokers
