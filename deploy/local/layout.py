"""Where the local cluster keeps its files, and which ports it uses: defaults that the environment overrides."""

import os
from dataclasses import dataclass
from pathlib import Path

_PORTS_END = 65536
ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
SERVICES = ("mapping", "rights", "catalog", "applications", "status")
WITH_DATABASE = ("mapping", "rights", "applications", "status", "gateway")
"""Those that own tables: the services (the catalog serves files only), and the gateway's way out to partners."""

PORTS = {
    "gateway": ("SOMLOS_GATEWAY_PORT", 8080),
    "issuer": ("SOMLOS_ISSUER_PORT", 8081),
    "register": ("SOMLOS_REGISTER_PORT", 8082),
    "mapping": ("SOMLOS_MAPPING_PORT", 8101),
    "rights": ("SOMLOS_RIGHTS_PORT", 8102),
    "catalog": ("SOMLOS_CATALOG_PORT", 8103),
    "applications": ("SOMLOS_APPLICATIONS_PORT", 8104),
    "status": ("SOMLOS_STATUS_PORT", 8105),
    "postgres": ("SOMLOS_POSTGRES_PORT", 15432),
    "kafka": ("SOMLOS_KAFKA_PORT", 19092),
    "kafka-controller": ("SOMLOS_KAFKA_CONTROLLER_PORT", 19093),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The folders of one cluster: its state, and the cache that clusters share."""

    state: Path
    cache: Path

    @property
    def logs(self) -> Path:
        """One log file per part."""
        return self.state / "logs"

    @property
    def secrets(self) -> Path:
        """Passwords and keys, mode 0600."""
        return self.state / "secrets"

    @property
    def signing(self) -> Path:
        """Each process' own private key."""
        return self.secrets / "signing"

    @property
    def keys(self) -> Path:
        """The public halves, which every process may read."""
        return self.state / "keys"

    @property
    def page(self) -> Path:
        """What the running cluster says about itself."""
        return self.state / "cluster.json"

    @property
    def lock(self) -> Path:
        """Held by the supervisor for as long as it lives."""
        return self.state / "cluster.lock"


def layout() -> Layout:
    """The folders as the environment asks: `SOMLOS_STATE_DIR` and `SOMLOS_CACHE_DIR`."""
    state = Path(os.environ.get("SOMLOS_STATE_DIR") or ROOT / ".local")
    return Layout(state=state.absolute(), cache=cache_directory())


def cache_directory() -> Path:
    """Where the broker's jars are kept, so that a fresh clone need not fetch them again."""
    return Path(os.environ.get("SOMLOS_CACHE_DIR") or Path.home() / ".cache" / "somlos").absolute()


def port(part: str) -> int:
    """The part's port on 127.0.0.1."""
    variable, default = PORTS[part]
    value = os.environ.get(variable) or default
    try:
        number = int(value)
    except ValueError:
        raise SystemExit(f"{variable} must be a port number, not {value!r}.") from None
    if not 0 < number < _PORTS_END:
        raise SystemExit(f"{variable} must be a port number from 1 to 65535, not {number}.")
    return number
