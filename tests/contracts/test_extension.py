"""An event and the vocabulary may grow and nothing else: each way of breaking a reader is found."""

import pytest

from tests.contracts.extension import broken_promises, lost_facts

OLD = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "status": {"$ref": "#/$defs/Status"},
        "org": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["id", "status"],
    "$defs": {"Status": {"type": "string", "enum": ["open", "closed"]}},
}


def changed(properties=None, required=("id", "status"), statuses=("open", "closed")):
    new = {**OLD, "properties": {**OLD["properties"], **(properties or {})}, "required": list(required)}
    new["properties"] = {name: schema for name, schema in new["properties"].items() if schema is not None}
    return {**new, "$defs": {"Status": {"type": "string", "enum": list(statuses)}}}


def test_an_added_field_and_an_added_value_are_fine():
    assert broken_promises(OLD, OLD) == []
    assert broken_promises(OLD, changed({"more": {"type": "integer"}})) == []
    assert broken_promises(OLD, changed(statuses=("open", "closed", "waiting"))) == []
    assert broken_promises(OLD, changed(required=("id", "status", "org"))) == []


@pytest.mark.parametrize(
    "new",
    [
        changed({"id": None}, required=["status"]),
        changed({"id": None, "identity": {"type": "string", "format": "uuid"}}, required=["status"]),
        changed({"id": {"type": "integer"}}),
        changed({"id": {"type": "string"}}),
        changed(required=["id"]),
        changed({"more": {"type": "integer"}}, required=["id", "status", "more"]),
        changed(statuses=["open"]),
        changed({"status": {"type": "string"}}),
        changed({"org": {"type": "string"}}),
        changed({"tags": {"type": "array", "items": {"type": "integer"}}}),
        changed({"tags": {"type": "string"}}),
    ],
    ids=[
        "removed",
        "renamed",
        "retyped",
        "reformatted",
        "made optional",
        "new and required",
        "value removed",
        "opened set",
        "never null",
        "items retyped",
        "no list",
    ],
)
def test_what_breaks_a_reader_is_found(new):
    assert broken_promises(OLD, new)


FACT = {"subject": "child", "type": "enum", "from": "told", "values": ["none", "some"]}


def test_a_vocabulary_may_grow():
    assert lost_facts({"a": FACT}, {"a": {**FACT, "values": ["none", "some", "much"]}, "b": FACT}) == []


@pytest.mark.parametrize(
    "now",
    [
        {},
        {"b": FACT},
        {"a": {**FACT, "type": "set"}},
        {"a": {**FACT, "subject": "guardian"}},
        {"a": {**FACT, "values": ["none"]}},
        {"a": {**FACT, "from": "register"}},
    ],
)
def test_a_lost_or_changed_fact_is_found(now):
    assert lost_facts({"a": FACT}, now)
