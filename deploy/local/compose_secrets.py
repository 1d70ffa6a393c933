"""Makes the passwords and keys that `deploy/compose.yaml` wants, in `.local/compose`; what is there is kept."""

import secrets
import shutil
import sys

from deploy.local import secret_files
from deploy.local.layout import SERVICES, WITH_DATABASE, Layout, layout
from deploy.local.topics import declared


def main() -> int:
    """Write `.env` and the folders that the containers mount."""
    where = Layout(state=layout().state / "compose", cache=layout().cache)
    secret_files.signing_keys(where, ("gateway", *SERVICES))
    for name in ("gateway", *SERVICES):
        own = where.state / "signing" / name
        own.mkdir(parents=True, exist_ok=True)
        shutil.copy(where.signing / f"{name}.jwk.json", own)
        secret_files.hex_key(own / "master.hex")
        secret_files.hex_key(own / "lookup.hex")
    kafka = secret_files.passwords(where.state / "kafka", ("admin", *declared().users))
    file = where.state / ".env"
    if not file.exists():
        secret_files.write_private(file, variables(kafka))
    print(f"Written: {where.state}. Next: docker compose --env-file {file} -f deploy/compose.yaml up --build")
    return 0


def variables(kafka: dict[str, str]) -> str:
    """The lines of `.env`, with new passwords."""
    values = {"POSTGRES_PASSWORD": secrets.token_hex(24), "KAFKA_CLUSTER_ID": f"somlos{secrets.token_hex(8)}"}
    for service in WITH_DATABASE:
        for role in ("DB", "OWNER_DB"):
            values[f"{service.upper()}_{role}_PASSWORD"] = secrets.token_hex(24)
    values["KAFKA_ADMIN_PASSWORD"] = kafka["admin"]
    values.update({f"{service.upper()}_KAFKA_PASSWORD": kafka[service] for service in ("gateway", *SERVICES)})
    return "".join(f"{name}={value}\n" for name, value in values.items())


if __name__ == "__main__":
    sys.exit(main())
