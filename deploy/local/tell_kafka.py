"""Tells a cluster that is not ours to start (compose, a test environment) its topics, users and permissions: one run, and it ends.

Environment: KAFKA_BOOTSTRAP_SERVERS, KAFKA_SECURITY_PROTOCOL, KAFKA_SASL_MECHANISM, KAFKA_USERNAME, KAFKA_PASSWORD of an administrator (and
KAFKA_CA_FILE), KAFKA_REPLICATION (default 3), KAFKA_PASSWORDS_DIR with one file per user, ORGANISATIONS_FILE.
"""

import os
import sys
from pathlib import Path

from deploy.local import kafka_admin
from deploy.local.topics import ORGANISATIONS, TOPICS, declared


def administrator() -> dict[str, str]:
    """The environment's administrator, as librdkafka wants it."""
    settings = {
        "bootstrap.servers": os.environ["KAFKA_BOOTSTRAP_SERVERS"],
        "security.protocol": os.environ.get("KAFKA_SECURITY_PROTOCOL", "SASL_SSL"),
        "sasl.mechanism": os.environ.get("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512"),
        "sasl.username": os.environ["KAFKA_USERNAME"],
        "sasl.password": os.environ["KAFKA_PASSWORD"],
    }
    if os.environ.get("KAFKA_CA_FILE"):
        settings["ssl.ca.location"] = os.environ["KAFKA_CA_FILE"]
    return settings


def main() -> int:
    """0 when the broker knows all that is declared."""
    declaration = declared(TOPICS, Path(os.environ.get("ORGANISATIONS_FILE") or ORGANISATIONS))
    folder = Path(os.environ["KAFKA_PASSWORDS_DIR"])
    passwords = {user: (folder / user).read_text().strip() for user in declaration.users}
    kafka_admin.tell(administrator(), declaration, passwords, replication=int(os.environ.get("KAFKA_REPLICATION", "3")))
    print(f"{len(declaration.topics)} topics, {len(declaration.users)} users, {len(declaration.rules)} permissions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
