"""The run's one broker."""

from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from deploy.local.kafka import KafkaBroker
from tests.support.run import once


@dataclass(frozen=True)
class Broker:
    """Where it is and how each user logs in."""

    server: KafkaBroker

    @property
    def bootstrap(self) -> str:
        """`host:port`."""
        return self.server.bootstrap

    def user(self, name: str) -> dict[str, str]:
        """The `KAFKA_…` environment of a service, a partner (its organisation number) or `admin`."""
        return self.server.credentials(name).environment()

    def client(self, name: str) -> dict[str, str]:
        """The keyword arguments of an aiokafka client for that user."""
        login = self.server.credentials(name)
        return {
            "bootstrap_servers": login.bootstrap,
            "security_protocol": "SASL_PLAINTEXT",
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": login.username,
            "sasl_plain_password": login.password,
        }

    def group(self, service: str) -> str:
        """A consumer group that the service may use and nobody else does."""
        return f"somlos.{service}.test-{uuid4().hex[:8]}"


def broker() -> Broker:
    """The run's broker, started by the first who asks."""
    details = once("kafka")
    ports = {"port": details["port"], "controller_port": details["controller_port"]}
    return Broker(KafkaBroker(Path(details["directory"]), passwords=details["passwords"], **ports))
