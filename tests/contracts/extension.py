"""What may be changed in something that others read already: nothing but additions."""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
KEPT = ("type", "format", "const", "pattern")


def broken_promises(old: Schema, new: Schema) -> list[str]:
    """What a reader of the old event schema would stumble over in the new one."""
    return list(_of_object(old, new, old.get("$defs", {}), new.get("$defs", {}), "data"))


def _of_object(old: Schema, new: Schema, old_defs: Schema, new_defs: Schema, place: str) -> Iterator[str]:
    had, has = old.get("properties", {}), new.get("properties", {})
    for name, schema in had.items():
        if name not in has:
            yield f"{place}.{name} is gone"
        else:
            yield from _of_field(schema, has[name], old_defs, new_defs, f"{place}.{name}")
    for name in set(old.get("required", ())) - set(new.get("required", ())):
        if name in has:
            yield f"{place}.{name} is not always there any more"
    for name in set(new.get("required", ())) - set(had):
        yield f"{place}.{name} is new and required: events that were sent before have none"


def _of_field(old: Schema, new: Schema, old_defs: Schema, new_defs: Schema, place: str) -> Iterator[str]:
    old, new = _resolved(old, old_defs), _resolved(new, new_defs)
    for key in KEPT:
        if old.get(key) != new.get(key):
            yield f"{place}: {key} was {old.get(key)}, is {new.get(key)}"
    for value in set(old.get("enum", ())) - set(new.get("enum", old.get("enum", ()))):
        yield f"{place}: {value} is no value any more"
    if "enum" in old and "enum" not in new:
        yield f"{place}: was a closed set"
    if sorted(map(str, _kinds(old, old_defs))) != sorted(map(str, _kinds(new, new_defs))):
        yield f"{place}: was {_kinds(old, old_defs)}, is {_kinds(new, new_defs)}"
    if old.get("properties"):
        yield from _of_object(old, new, old_defs, new_defs, place)
    if old.get("items"):
        yield from _of_field(old["items"], new.get("items", {}), old_defs, new_defs, f"{place}[]")


def _kinds(schema: Schema, definitions: Schema) -> list[Any]:
    return [_resolved(each, definitions).get("type") for each in schema.get("anyOf", ())]


def _resolved(schema: Schema, definitions: Schema) -> Schema:
    reference = schema.get("$ref", "")
    found: Schema = definitions.get(reference.rpartition("/")[2], {}) if reference else schema
    return found


def lost_facts(old: Schema, new: Schema) -> list[str]:
    """What is missing or different in a vocabulary that others keep values of: facts, types, units, subjects and values only grow."""
    return list(_lost(old, new))


def _lost(old: Schema, new: Schema) -> Iterator[str]:
    for fact, was in old.items():
        now = new.get(fact)
        if now is None:
            yield f"{fact} is gone"
            continue
        for key in ("subject", "type", "unit", "from"):
            if was.get(key) != now.get(key):
                yield f"{fact}: {key} was {was.get(key)}, is {now.get(key)}"
        for value in set(was.get("values", ())) - set(now.get("values", ())):
            yield f"{fact}: {value} is no value any more"
