"""The published language as contracts: a JSON Schema of each event, and AsyncAPI 3 of topics, who sends and who receives."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

import shared.events
from deploy.local.topics import TOPICS
from shared.events.envelope import PARTITIONER, SCHEMA_PREFIX, Event

Document = dict[str, Any]
PARTNERS = ("{orgnr}", "<orgnr>", "<organisation>")
HEADERS: Document = {
    "type": "object",
    "required": [
        "ce_specversion",
        "ce_id",
        "ce_type",
        "ce_source",
        "ce_time",
        "ce_subject",
        "ce_sequence",
        "ce_dataschema",
        "content-type",
    ],
    "properties": {
        "ce_specversion": {"const": "1.0"},
        "ce_id": {"type": "string", "format": "uuid", "description": "UUIDv7; the same when the event is sent again"},
        "ce_type": {"type": "string"},
        "ce_source": {"type": "string", "pattern": "^/somlos/[a-z]+$"},
        "ce_time": {"type": "string", "format": "date-time"},
        "ce_subject": {"type": "string", "format": "uuid", "description": "the aggregate"},
        "ce_sequence": {
            "type": "string",
            "pattern": r"^\d{4}\.\d{12}$",
            "description": "epoch and version of the aggregate; compares as text; each version exactly once",
        },
        "ce_dataschema": {"type": "string"},
        "content-type": {"const": "application/json"},
        "traceparent": {"type": "string", "description": "W3C Trace Context"},
    },
}


def event_classes() -> list[type[Event]]:
    """Every event that has a type, by type."""
    for module in pkgutil.iter_modules(shared.events.__path__):
        importlib.import_module(f"shared.events.{module.name}")
    return sorted((event for event in _below(Event) if "type_" in vars(event)), key=lambda event: event.type_)


def _below(kind: type[Event]) -> Iterator[type[Event]]:
    for below in kind.__subclasses__():
        if below.__module__.startswith("shared.events."):
            yield below
        yield from _below(below)


def schema_of(event: type[Event]) -> Document:
    """The JSON Schema of the event's data."""
    schema = event.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_PREFIX + event.type_, **schema}


def asyncapi() -> Document:
    """AsyncAPI 3 of the internal and the partners' topics."""
    declared = yaml.safe_load(TOPICS.read_text())
    topics = {**declared["topics"], **declared["partner_topics"]}
    sent = {topic: [event for event in event_classes() if _goes_to(event, topic)] for topic in topics}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Sømløs events",
            "version": "1",
            "description": (
                "CloudEvents 1.0, binary mode, JSON. Thin: ids, types, times and closed sets; never a name, a national identity number, a fact"
                " about a person or free text. Fields are only ever added; a breaking change is a new type."
                f" The key decides the partition ({PARTITIONER}); events of one key stay in order. Delivery is at least once: know an event by ce_id."
            ),
        },
        "defaultContentType": "application/json",
        "channels": {topic: _channel(topic, sent[topic], declared) for topic in topics},
        "operations": _operations(topics, sent),
        "components": {
            "messages": {event.type_: _message(event) for event in event_classes()},
            "schemas": {"Headers": HEADERS, **{event.type_: _payload(event) for event in event_classes()}},
        },
    }


def _goes_to(event: type[Event], topic: str) -> bool:
    pattern = re.escape(event.topic).replace(re.escape("<service>"), "[a-z]+")
    for partner in PARTNERS:
        pattern = pattern.replace(re.escape(partner), re.escape("{orgnr}"))
    return re.fullmatch(pattern, topic) is not None


def _channel(topic: str, events: list[type[Event]], declared: Mapping[str, Any]) -> Document:
    retention = declared["retention_days"] * 24 * 60 * 60 * 1000
    binding = {
        "topic": topic,
        "partitions": declared["partitions"],
        "topicConfiguration": {"retention.ms": retention},
        "bindingVersion": "0.5.0",
    }
    channel: Document = {
        "address": topic,
        "messages": {event.type_: {"$ref": f"#/components/messages/{event.type_}"} for event in events},
        "bindings": {"kafka": binding},
    }
    if "{orgnr}" in topic:
        channel["parameters"] = {"orgnr": {"description": "the partner's organisation number"}}
    return channel


def _operations(topics: Mapping[str, Any], sent: Mapping[str, list[type[Event]]]) -> Document:
    found: Document = {}
    for topic, rule in topics.items():
        sender = "partner" if rule.get("partner") == "writes" else rule.get("service") or topic.split(".")[1]
        readers = ["partner"] if rule.get("partner") == "reads" else rule.get("reads", [])
        for action, who in [("send", sender), *(("receive", reader) for reader in readers)]:
            messages = [
                {"$ref": f"#/channels/{_pointer(topic)}/messages/{_pointer(event.type_)}"} for event in sent[topic]
            ]
            found[f"{who}.{action}.{topic}"] = {
                "action": action,
                "channel": {"$ref": f"#/channels/{_pointer(topic)}"},
                "messages": messages,
            }
    return found


def _pointer(name: str) -> str:
    """A name inside a JSON pointer of a `$ref`."""
    return name.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")


def _message(event: type[Event]) -> Document:
    key = event.key_field or event.id_field
    return {
        "name": event.type_,
        "title": event.__name__,
        "summary": (event.__doc__ or "").strip(),
        "contentType": "application/json",
        "headers": {"$ref": "#/components/schemas/Headers"},
        "payload": {"$ref": f"#/components/schemas/{event.type_}"},
        "bindings": {
            "kafka": {
                "key": {"type": "string", "format": "uuid", "description": f"the event's {key}"},
                "bindingVersion": "0.5.0",
            }
        },
    }


def _payload(event: type[Event]) -> Document:
    """The schema with its definitions reachable from inside the document."""
    return event.model_json_schema(
        mode="serialization", ref_template=f"#/components/schemas/{event.type_}/$defs/{{model}}"
    )
