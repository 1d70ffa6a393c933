"""deploy/kafka/topics.yaml and the code say the same: every event's topic is declared, and read by exactly those who listen."""

import importlib
from collections.abc import Iterator
from pathlib import Path

from deploy.local.layout import ROOT
from deploy.local.topics import declared
from shared.events.envelope import Event
from shared.kafka.subscriptions import Subscription, topics_of

EVENT_ROOMS = {folder.parents[0].name: folder for folder in sorted(ROOT.glob("services/*/events"))}
EVENT_ROOMS["gateway"] = ROOT / "gateway" / "delivery" / "events"


def modules(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.py")):
        if file.stem != "__init__":
            yield ".".join(file.relative_to(ROOT).with_suffix("").parts)


def listened_to(folder: Path) -> set[str]:
    subscriptions: list[Subscription] = []
    for module in modules(folder):
        subscriptions += getattr(importlib.import_module(module), "SUBSCRIPTIONS", ())
    return set(topics_of(tuple(subscriptions)))


def test_each_service_may_read_what_it_listens_to_and_nothing_more() -> None:
    allowed = {
        service: {rule.name for rule in declared().rules if (rule.user, rule.kind, rule.operation) == (service, "topic", "read")}
        for service in EVENT_ROOMS
    }  # fmt: skip
    assert allowed == {service: listened_to(folder) for service, folder in EVENT_ROOMS.items()}


def test_every_event_has_a_declared_topic() -> None:
    for module in modules(ROOT / "shared" / "events"):
        importlib.import_module(module)
    topics = {event.topic for event in _below(Event) if getattr(event, "topic", "") and "<" not in event.topic}
    assert topics
    assert topics <= set(declared().topics)


def _below(kind: type[Event]) -> Iterator[type[Event]]:
    for below in kind.__subclasses__():
        yield below
        yield from _below(below)
