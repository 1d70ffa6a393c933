"""`deploy/kafka/topics.yaml` and the organisations, read: which topics there are, who may write and who may read them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from deploy.local.layout import ROOT

TOPICS = ROOT / "deploy" / "kafka" / "topics.yaml"
ORGANISATIONS = ROOT / "deploy" / "local" / "organisations.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Topic(_Strict):
    reads: tuple[str, ...]


class _PartnerTopic(_Strict):
    partner: Literal["reads", "writes"]
    service: str | None = None


class _File(_Strict):
    partitions: int
    retention_days: int
    services: tuple[str, ...]
    topics: dict[str, _Topic]
    partner_topics: dict[str, _PartnerTopic]


@dataclass(frozen=True, slots=True)
class Rule:
    """One permission: this user may do this with this topic or group."""

    user: str
    kind: Literal["topic", "group"]
    name: str
    prefixed: bool
    operation: Literal["read", "write"]


@dataclass(frozen=True, slots=True)
class Declaration:
    """All that is told to a broker."""

    topics: tuple[str, ...]
    users: tuple[str, ...]
    rules: frozenset[Rule]
    partitions: int
    retention_ms: int


def declared(topics: Path = TOPICS, organisations: Path = ORGANISATIONS) -> Declaration:
    """Topics, users and rules, as the two files say."""
    file = _File.model_validate(yaml.safe_load(topics.read_text()))
    partners = _partners(organisations)
    rules = {rule for service in file.services for rule in _of_service(service, file)}
    rules |= {rule for orgnr in partners for rule in _of_partner(orgnr, file)}
    partner_topics = [name.format(orgnr=orgnr) for orgnr in partners for name in file.partner_topics]
    return Declaration(
        topics=(*file.topics, *partner_topics),
        users=(*file.services, *partners),
        rules=frozenset(rules),
        partitions=file.partitions,
        retention_ms=file.retention_days * 24 * 60 * 60 * 1000,
    )


def _partners(organisations: Path) -> list[str]:
    entries = yaml.safe_load(organisations.read_text())["organisations"]
    return [str(entry["orgnr"]) for entry in entries if entry.get("kafka")]


def _of_service(service: str, file: _File) -> list[Rule]:
    reads = [
        Rule(service, "topic", name, prefixed=False, operation="read")
        for name, topic in file.topics.items()
        if service in topic.reads
    ]
    own = f"somlos.{service}."
    writes = (
        [Rule(service, "topic", own, prefixed=True, operation="write")]
        if any(name.startswith(own) for name in file.topics)
        else []
    )
    groups = [Rule(service, "group", f"somlos.{service}", prefixed=True, operation="read")] if reads else []
    return [*reads, *writes, *groups]


def _of_partner(orgnr: str, file: _File) -> list[Rule]:
    """What the partner may do, and the service at the other end of each of its topics: by the literal name."""
    rules = [Rule(orgnr, "group", f"{orgnr}.", prefixed=True, operation="read")]
    for name, topic in file.partner_topics.items():
        reader, writer = (orgnr, topic.service) if topic.partner == "reads" else (topic.service, orgnr)
        ends: tuple[tuple[str | None, Literal["read", "write"]], ...] = ((reader, "read"), (writer, "write"))
        topic_name = name.format(orgnr=orgnr)
        rules += [Rule(user, "topic", topic_name, prefixed=False, operation=does) for user, does in ends if user]
    return rules
