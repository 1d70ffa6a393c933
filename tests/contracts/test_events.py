"""Events are thin, closed and described: nothing about a person, every string bounded, every reference leads somewhere."""

import pytest

from tests.contracts.events import asyncapi, event_classes, schema_of

PLAIN = {"uuid", "date-time", "date"}
ABOUT_A_PERSON = {
    "name",
    "national_id",
    "pid",
    "fnr",
    "birth_date",
    "age",
    "address",
    "kommunenummer",
    "municipality",
    "diagnosis",
    "value",
    "facts",
    "text",
    "comment",
    "message",
    "email",
    "phone",
}
NO_CLASS_YET = {"partner.{orgnr}.case-status.v1"}


def resolved(schema, document):
    reference = schema.get("$ref")
    return document["$defs"][reference.rpartition("/")[2]] if reference else schema


def thick(document):
    """Fields that could hold free text, or are named after what a person is."""
    found = []
    for name, schema in document["properties"].items():
        for each in schema.get("anyOf", [schema]):
            field = resolved(each, document)
            bounded = (
                field.get("format") in PLAIN
                or "enum" in field
                or "const" in field
                or "maxLength" in field
                or "pattern" in field
            )
            if field.get("type") == "string" and not bounded:
                found.append(f"{name}: a string without bounds")
            if field.get("type") in {"object", "array"}:
                found.append(f"{name}: not thin")
        if name in ABOUT_A_PERSON:
            found.append(f"{name}: about a person")
    return found


@pytest.mark.parametrize("event", event_classes(), ids=lambda event: event.__name__)
def test_an_event_is_thin(event):
    assert thick(schema_of(event)) == []


@pytest.mark.parametrize(
    "field",
    [
        {"words": {"type": "string"}},
        {"birth_date": {"type": "string", "format": "date"}},
        {"facts": {"type": "array", "items": {}}},
        {"org": {"anyOf": [{"type": "string"}, {"type": "null"}]}},
    ],
)
def test_a_thick_event_is_found(field):
    assert thick({"properties": field})


@pytest.mark.parametrize("event", event_classes(), ids=lambda event: event.__name__)
def test_an_event_is_named_in_the_past_and_keyed(event):
    assert event.type_.startswith("no.somlos.")
    assert event.type_.endswith(".v1")
    assert (event.__doc__ or "").strip()
    assert {event.id_field, event.key_field or event.id_field} <= {*event.model_fields, *dir(event)}


def references(part):
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(part, list):
        for each in part:
            yield from references(each)


def followed(document, reference):
    for step in reference.removeprefix("#/").split("/"):
        document = document[step.replace("%7B", "{").replace("%7D", "}").replace("~1", "/").replace("~0", "~")]
    return document


def test_every_reference_of_the_asyncapi_leads_somewhere():
    document = asyncapi()
    assert [reference for reference in references(document) if not followed(document, reference)] == []


def test_every_topic_has_its_messages_and_every_event_its_topic():
    channels = asyncapi()["channels"]
    assert {topic for topic, channel in channels.items() if not channel["messages"]} == NO_CLASS_YET
    assert {message for channel in channels.values() for message in channel["messages"]} == {
        event.type_ for event in event_classes()
    }
