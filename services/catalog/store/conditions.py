"""Condition trees as far as ages are concerned."""

from collections.abc import Mapping
from typing import Any

from services.catalog.domain.condition import AGES, AtLeast, Bound, Condition, Open, Opposite

_OPEN = {"assess", "any_child", "every_child"}  # someone must judge, or it is about other children too
_COMPARATORS = ("is", "at_least", "above", "at_most", "below")


def to_condition(node: Mapping[str, Any]) -> Condition:
    """The node with everything but ages left open. Raises KeyError or TypeError for a shape that no node has."""
    if "all" in node:
        return AtLeast(len(node["all"]), [to_condition(part) for part in node["all"]])
    if "any" in node:
        return AtLeast(1, [to_condition(part) for part in node["any"]])
    if "n_of" in node:
        return AtLeast(node["n_of"], [to_condition(part) for part in node["of"]])
    if "not" in node:
        return Opposite(to_condition(node["not"]))
    if "general" in node:
        return _with_exceptions(node)
    return _atom(node)


def _with_exceptions(node: Mapping[str, Any]) -> Condition:
    """The general rule where no exception applies, or what an exception says in its place."""
    unless = [Opposite(to_condition(each["when"])) for each in node["exceptions"]]
    instead = [
        [to_condition(each["when"]), to_condition(each["then"])] for each in node["exceptions"] if "then" in each
    ]
    usual = [to_condition(node["general"]), *unless]
    return AtLeast(1, [AtLeast(len(parts), parts) for parts in (usual, *instead)])


def _atom(node: Mapping[str, Any]) -> Condition:
    if _OPEN & node.keys() or node["fact"] not in AGES:
        return Open()
    bounds = [Bound(node["fact"], name, node[name]) for name in _COMPARATORS if isinstance(node.get(name), int)]
    rates = [Open() for name in _COMPARATORS if isinstance(node.get(name), dict)]
    return AtLeast(len(bounds) + len(rates), [*bounds, *rates])
