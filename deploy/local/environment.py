"""What each process is told in its environment, and what the person at the keyboard may set instead of a part of ours."""

import os
from dataclasses import dataclass
from pathlib import Path

from deploy.local import secret_files
from deploy.local.kafka import KafkaBroker
from deploy.local.layout import HOST, ROOT, SERVICES, WITH_DATABASE, Layout, port
from deploy.local.postgres import PostgresServer
from deploy.local.topics import ORGANISATIONS

_PASSED_ON = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "LOG_LEVEL",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)
_RATES = tuple(f"{kind}_{what}" for kind in ("CITIZEN", "MACHINE", "PUBLIC") for what in ("RATE", "BURST"))
_KAFKA = ("KAFKA_SECURITY_PROTOCOL", "KAFKA_SASL_MECHANISM", "KAFKA_CA_FILE")
_ORIGINS = "http://localhost:3000,http://localhost:5173,http://localhost:8090,http://127.0.0.1:8090"


def foreign_kafka() -> bool:
    """Whether a cluster of one's own is named, so that ours isn't started."""
    return bool(os.environ.get("KAFKA_BOOTSTRAP_SERVERS"))


def foreign_database(service: str) -> str | None:
    """`DATABASE_URL_<SERVICE>`: a database of one's own for this service."""
    return os.environ.get(f"DATABASE_URL_{service.upper()}")


def needs_postgres() -> bool:
    """Whether any service still wants a database from us."""
    return any(foreign_database(service) is None for service in WITH_DATABASE)


def url(part: str) -> str:
    """The part's address for other processes of this machine."""
    return f"http://{HOST}:{port(part)}"


@dataclass(frozen=True, slots=True)
class Environments:
    """The environment of every process of one cluster."""

    where: Layout
    postgres: PostgresServer | None
    broker: KafkaBroker | None

    def base(self) -> dict[str, str]:
        """What all have in common."""
        kept = {name: os.environ[name] for name in _PASSED_ON if os.environ.get(name)}
        ours = {
            name: value for name, value in os.environ.items() if name.startswith("SOMLOS_") and name.endswith("_PORT")
        }
        return {
            **kept,
            **ours,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "TZ": "UTC",
            "ENVIRONMENT": "local",
            "SOMLOS_STATE_DIR": str(self.where.state),
            "SOMLOS_GATEWAY_PORT": str(port("gateway")),
            "KEYS_DIR": str(self.where.keys),
            "TRACES_DIR": str(self.where.state / "traces"),
            "ORGANISATIONS_FILE": str(ORGANISATIONS),
            **{f"{name.upper()}_URL": url(name) for name in (*SERVICES, "register")},
        }

    def service(self, name: str, run: str = "all") -> dict[str, str]:
        """One of the five services, or its worker alone."""
        return {
            **self.base(),
            **self._database(name),
            **self._kafka(name),
            "KAFKA_INSTANCE": f"{name}-1",
            "SIGNING_KEY_FILE": str(self.where.signing / f"{name}.jwk.json"),
            "DATA_KEYS_DIR": str(_folder(self.where.state / "data-keys" / name)),
            "MASTER_KEY_FILE": str(secret_files.hex_key(self.where.secrets / "master" / f"{name}.hex")),
            "LOOKUP_KEY_FILE": str(secret_files.hex_key(self.where.secrets / "lookup" / f"{name}.hex")),
            "ERASURES_FILE": str(self.where.state / "erasures.jsonl"),
            "ATTACHMENTS_DIR": str(_folder(self.where.state / "attachments" / name)),
            f"SOMLOS_{name.upper()}_PORT": str(port(name)),
            "SOMLOS_RUN": run,
        }

    def gateway(self, run: str = "all") -> dict[str, str]:
        """The one door, and the way out to partners: beside it, or alone."""
        issuer = f"http://localhost:{port('issuer')}"
        return {
            **self.service("gateway", run),
            "IDPORTEN_ISSUER": os.environ.get("IDPORTEN_ISSUER") or f"{issuer}/idporten",
            "MASKINPORTEN_ISSUER": os.environ.get("MASKINPORTEN_ISSUER") or f"{issuer}/maskinporten",
            "PUBLIC_URL": f"http://localhost:{port('gateway')}",
            "GATEWAY_AUDIENCE": f"http://localhost:{port('gateway')}",
            "CORS_ORIGINS": os.environ.get("CORS_ORIGINS") or _ORIGINS,
            **{name: os.environ[name] for name in _RATES if os.environ.get(name)},
        }

    def beside(self, name: str) -> dict[str, str]:
        """The issuer or the register, which know nothing of the services."""
        return {**self.base(), f"SOMLOS_{name.upper()}_PORT": str(port(name))}

    def migrations(self) -> dict[str, str]:
        """The one process that may change schemas."""
        urls = {f"MIGRATION_DATABASE_URL_{name.upper()}": self._owner_url(name) for name in WITH_DATABASE}
        return {**self.base(), **urls, "EPOCHS_FILE": str(self.where.state / "epochs.json")}

    def _database(self, service: str) -> dict[str, str]:
        if service not in WITH_DATABASE:
            return {}
        foreign = foreign_database(service)
        if foreign is not None:
            return {"DATABASE_URL": foreign}
        assert self.postgres is not None
        return {"DATABASE_URL": self.postgres.url(service, through=_database_port())}

    def _owner_url(self, service: str) -> str:
        foreign = os.environ.get(f"MIGRATION_DATABASE_URL_{service.upper()}") or foreign_database(service)
        if foreign is not None:
            return foreign
        assert self.postgres is not None
        return self.postgres.owner_url(service)

    def _kafka(self, user: str) -> dict[str, str]:
        if self.broker is not None:
            return self.broker.credentials(user).environment()
        own = {
            name: os.environ.get(f"{name}_{user.upper()}") or os.environ.get(name, "")
            for name in ("KAFKA_USERNAME", "KAFKA_PASSWORD")
        }
        rest = {name: os.environ[name] for name in _KAFKA if os.environ.get(name)}
        return {"KAFKA_BOOTSTRAP_SERVERS": os.environ["KAFKA_BOOTSTRAP_SERVERS"], **own, **rest}


def _database_port() -> int | None:
    """`SOMLOS_DATABASE_PORT`: where the services find PostgreSQL when something stands before it, such as a pooler; the migrations go straight to it."""
    text = os.environ.get("SOMLOS_DATABASE_PORT")
    return int(text) if text else None


def _folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
