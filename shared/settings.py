"""Settings that every process reads from its environment. A secret never has a default."""

from enum import StrEnum
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(StrEnum):
    """Where the process runs; `prod` refuses what only tests and laptops may use."""

    LOCAL = "local"
    TEST = "test"
    PROD = "prod"


class ProcessSettings(BaseSettings):
    """What any process needs: where it is, its keys, where its traces go."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    environment: Environment = Field(default=Environment.LOCAL, description="local, test or prod")
    log_level: str = Field(default="INFO", description="least severe level that is logged")
    keys_dir: Path = Field(
        description="folder of the public keys <name>.public.jwk.json that internal tokens and assertions are checked with"
    )
    signing_key_file: Path = Field(description="this process's own private JWK (Ed25519)")
    mapping_url: str = Field(description="base address of the mapping service")
    traces_dir: Path | None = Field(
        default=None, description="folder for spans as JSON lines; none: spans are not written"
    )
    otel_exporter_otlp_endpoint: str | None = Field(
        default=None, description="OTLP/HTTP endpoint; wins over traces_dir"
    )


class KafkaSettings(BaseSettings):
    """How the process reaches the broker."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    kafka_bootstrap_servers: str = Field(description="host:port, several separated by commas")
    kafka_security_protocol: str = Field(default="SASL_SSL", description="SASL_SSL, or SASL_PLAINTEXT on one machine")
    kafka_sasl_mechanism: str = Field(default="SCRAM-SHA-512", description="SASL mechanism")
    kafka_username: str = Field(description="this process's own Kafka user")
    kafka_password: SecretStr = Field(description="its password")
    kafka_ca_file: Path | None = Field(default=None, description="certificate authority of the brokers, PEM")
    kafka_instance: str | None = Field(
        default=None,
        max_length=100,
        description="a name that this worker keeps over restarts and no other of its service has: killed and started again it then has its partitions back at once, not when its session has run out",
    )


class ServiceSettings(ProcessSettings, KafkaSettings):
    """What a service with a database and events needs."""

    database_url: SecretStr = Field(description="postgresql+asyncpg://<service role>:…@host:port/<database>")
    api_pool_size: int = Field(default=8, ge=1, le=50, description="connections for requests")
    worker_pool_size: int = Field(default=4, ge=1, le=20, description="connections for listeners")
    data_keys_dir: Path = Field(description="folder of the file key provider: wrapped data keys, outside the database")
    rights_url: str = Field(default="", description="base address of the rights service, where it is spoken to")
    applications_url: str = Field(
        default="", description="base address of the applications service, where it is spoken to"
    )
    status_url: str = Field(default="", description="base address of the status service, where it is spoken to")
    master_key_file: Path = Field(description="32 bytes in hex that wrap the data keys")
    somlos_run: str = Field(
        default="all", pattern="^(all|api|worker)$", description="all: API and worker in one process"
    )

    def url_of(self, service: str) -> str:
        """The base address of another service. Raises ValueError when it is not set."""
        url = {
            "mapping": self.mapping_url,
            "rights": self.rights_url,
            "applications": self.applications_url,
            "status": self.status_url,
        }.get(service)
        if not url:
            raise ValueError(f"the address of the {service} service is not set")
        return url
