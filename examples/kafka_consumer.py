"""An agency reads its own topic: each event once, in each application's order, however often Kafka sends it.

    python examples/kafka_consumer.py --organisation 312480018        against the local cluster (make up), until Ctrl-C
    python examples/kafka_consumer.py --count 5                       against the cluster that the environment names

Environment: KAFKA_BOOTSTRAP_SERVERS, KAFKA_USERNAME (your organisation number), KAFKA_PASSWORD, KAFKA_SECURITY_PROTOCOL (SASL_SSL),
KAFKA_CA_FILE. Without KAFKA_BOOTSTRAP_SERVERS they come from the local cluster's folder, `.local/` (SOMLOS_STATE_DIR).
With SOMLOS_TOKEN (a Maskinporten access token) each reference is followed through the gateway (SOMLOS_GATEWAY).

Needs confluent-kafka and httpx, and nothing of Sømløs: copy what you can use.
"""

import argparse
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from confluent_kafka import Consumer, KafkaError, KafkaException, Message

POLL_SECONDS = 1.0
FATAL = {KafkaError.TOPIC_AUTHORIZATION_FAILED, KafkaError.GROUP_AUTHORIZATION_FAILED, KafkaError._AUTHENTICATION}
SCHEMA = """
create table if not exists handled (event_id text primary key);
create table if not exists application (id text primary key, sequence text not null, status text not null);
"""


@dataclass(frozen=True)
class Event:
    """What a CloudEvent in binary mode says: the envelope is in the headers, the data in the value."""

    id: str
    type: str
    subject: str
    sequence: str
    data: dict[str, Any]

    @classmethod
    def of(cls, message: Message) -> "Event":
        found = dict(message.headers() or [])
        headers = {name: value.decode() for name, value in found.items() if isinstance(value, bytes)}
        data = json.loads(message.value() or b"{}")
        return cls(headers["ce_id"], headers["ce_type"], headers["ce_subject"], headers["ce_sequence"], data)


class Cases:
    """Stands for your case system. The event's id is kept in the same transaction as its effect: that makes it exactly once."""

    def __init__(self, file: str) -> None:
        self._database = sqlite3.connect(file)
        self._database.executescript(SCHEMA)

    def take(self, event: Event) -> str:
        """What became of the event: applied, duplicate, older, or applied after a gap."""
        with self._database:  # one transaction: all of it, or nothing
            if self._database.execute("select 1 from handled where event_id = ?", (event.id,)).fetchone():
                return "duplicate"
            self._database.execute("insert into handled values (?)", (event.id,))
            row = self._database.execute("select sequence from application where id = ?", (event.subject,)).fetchone()
            outcome = place(row[0] if row else None, event.sequence)
            if outcome != "older":
                self._database.execute(
                    "insert into application values (?, ?, ?) on conflict (id) do update set sequence = excluded.sequence, status = excluded.status",
                    (event.subject, event.sequence, event.data["status"]),
                )
            return outcome


def place(last: str | None, sequence: str) -> str:
    """`0001.000000000042` is (epoch, version) and compares as text. A higher epoch is applied whatever its version."""
    if last is None:
        return "applied"
    if sequence <= last:
        return "older"
    (epoch, version), (last_epoch, last_version) = (map(int, each.split(".")) for each in (sequence, last))
    return "applied" if epoch > last_epoch or version == last_version + 1 else "applied after a gap"


def messages(consumer: Consumer) -> Iterator[Message]:
    """Every message, for ever. Raises KafkaException where waiting does not help."""
    while True:
        message = consumer.poll(POLL_SECONDS)
        if message is None:
            continue
        error = message.error()
        if error is None:
            yield message
        elif error.code() in FATAL or error.fatal():
            raise KafkaException(error)
        else:
            print(f"waiting: {error.str()}", file=sys.stderr)


def follow(reference: str) -> int | None:
    """The status of the answer for the reference; the gateway authorises the read and the family can see it in its log."""
    if not (token := os.environ.get("SOMLOS_TOKEN")):
        return None
    gateway = os.environ.get("SOMLOS_GATEWAY", "http://localhost:8080")
    return httpx.get(gateway + reference, headers={"Authorization": f"Bearer {token}"}, timeout=10).status_code


def settings(organisation: str | None) -> dict[str, Any]:
    """Where the broker is, and who we are."""
    if servers := os.environ.get("KAFKA_BOOTSTRAP_SERVERS"):
        user, password = os.environ["KAFKA_USERNAME"], os.environ["KAFKA_PASSWORD"]
        protocol = os.environ.get("KAFKA_SECURITY_PROTOCOL", "SASL_SSL")
    else:
        if organisation is None:
            raise SystemExit("Say --organisation (a partner of the local cluster), or set KAFKA_BOOTSTRAP_SERVERS.")
        file = Path(os.environ.get("SOMLOS_STATE_DIR", ".local")) / "secrets" / "kafka" / organisation
        if not file.exists():
            raise SystemExit(
                f"{file} is not there: start the local cluster with `make up`, or set KAFKA_BOOTSTRAP_SERVERS."
            )
        servers, protocol = f"127.0.0.1:{os.environ.get('SOMLOS_KAFKA_PORT', '19092')}", "SASL_PLAINTEXT"
        user, password = organisation, file.read_text(encoding="ascii").strip()
    found = {
        "bootstrap.servers": servers,
        "security.protocol": protocol,
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": user,
        "sasl.password": password,
        "enable.auto.commit": False,  # an offset moves when its event is handled, never by the clock
        "auto.offset.reset": "earliest",
    }
    return found | ({"ssl.ca.location": os.environ["KAFKA_CA_FILE"]} if os.environ.get("KAFKA_CA_FILE") else {})


def main() -> int:
    """0 after --count events; 2 where the broker says that this is not ours to read."""
    parser = argparse.ArgumentParser(description="Reads a partner's own topic.")
    parser.add_argument("--organisation", help="organisation number of a partner of the local cluster")
    parser.add_argument("--topic", help="another topic than one's own: the broker refuses")
    parser.add_argument("--group", default="cases", help="consumer group, after the organisation number")
    parser.add_argument("--state", default=":memory:", help="file that keeps what was handled")
    parser.add_argument("--count", type=int, help="end after so many messages")
    options = parser.parse_args()
    connection = settings(options.organisation)
    us = connection["sasl.username"]
    cases, consumer = Cases(options.state), Consumer({**connection, "group.id": f"{us}.{options.group}"})
    consumer.subscribe([options.topic or f"partner.{us}.events.v1"])
    try:
        for number, message in enumerate(messages(consumer), start=1):
            event = Event.of(message)
            outcome = cases.take(event)
            told = {"outcome": outcome, "type": event.type, "sequence": event.sequence, **event.data}
            print(json.dumps(told | {"read": follow(event.data["reference"])}), flush=True)
            consumer.commit(message=message, asynchronous=False)
            if number == options.count:
                return 0
    except KafkaException as fault:
        print(f"refused: {fault.args[0].str()}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    finally:
        consumer.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
