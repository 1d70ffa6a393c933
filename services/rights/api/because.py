"""Why, as data: the deciding part of the tree."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import Field

from services.rights.api.speech import Sureness, View
from services.rights.domain.because import Because, Compared, Kind, Outcome
from services.rights.domain.cause import Cause
from services.rights.domain.fact import Fact, Vocabulary
from services.rights.domain.tree import Atom, Comparator, Node, RateRef, Value
from services.rights.domain.walk import Change

SCHEMA = "/rights/v1/schemas/because"
Sees = Callable[[Fact], bool]
Stated = bool | int | float | str | list[str]
_MOST_PARTS = 100
_KEPT = 1 << 14


def everything(_: Fact) -> bool:
    """A reader to whom every fact is open."""
    return True


def _is_absent(value: object) -> bool:
    return value is None or value in ((), [], False)


class ComparedView(View):
    """One bound that the fact was held against; of a rate, which, from when its value is, and how far it was checked."""

    comparator: Comparator
    bound: Stated | None = Field(description="null: a rate that is not known for the day")
    rate: str | None = Field(default=None, max_length=100, exclude_if=_is_absent)
    rate_from: date | None = Field(default=None, exclude_if=_is_absent)
    verified_until: date | None = Field(default=None, exclude_if=_is_absent)


class BecauseView(View):
    """A node that decides and how it came out, and below it the parts that decide: one that fails for no, those that carry for yes, what is
    open for unknown. What a node does not have is left out."""

    id: str = Field(max_length=100, description="stable, unique within the right")
    kind: Kind
    truth: Outcome
    cause: Cause | None = Field(default=None, description="why it is unknown", exclude_if=_is_absent)
    rare: bool = Field(default=False, description="few ever meet it", exclude_if=_is_absent)
    fact: str | None = Field(default=None, max_length=100, exclude_if=_is_absent)
    value: Stated | None = Field(default=None, exclude_if=lambda value: value is None)
    source: str | None = Field(default=None, max_length=100, exclude_if=_is_absent)
    said_at: str | None = Field(default=None, max_length=40, exclude_if=_is_absent)
    valid_from: date | None = Field(default=None, exclude_if=_is_absent)
    comparisons: list[ComparedView] = Field(default=[], max_length=10, exclude_if=_is_absent)
    what: str | None = Field(default=None, max_length=2000, description="what must be judged", exclude_if=_is_absent)
    by: str | None = Field(default=None, max_length=40, description="who judges it", exclude_if=_is_absent)
    law: str | None = Field(default=None, max_length=300, exclude_if=_is_absent)
    confidence: Sureness | None = Field(default=None, exclude_if=_is_absent)
    parts: list["BecauseView"] = Field(default=[], max_length=_MOST_PARTS, exclude_if=_is_absent)


class ChangeView(View):
    """A condition that, with the others named beside it, would make the outcome another."""

    node: str = Field(max_length=100)
    fact: str = Field(max_length=100)
    to: bool = Field(description="how the condition would have to come out")


def tree(because: Because, sees: Sees, vocabulary: Vocabulary) -> dict[str, Any]:
    """The deciding part as data. Of a fact that is not open to the reader it says nothing but that the rule asks for it."""
    node, parts = because.of, because.parts
    if isinstance(node, Atom):
        return _of_atom(because, node, because.cause if sees(vocabulary[node.fact]) else None)
    said = _came_out(node, because.kind, because.truth, because.cause)
    return {**said, "parts": [tree(part, sees, vocabulary) for part in parts]} if parts else said


def changes(changed: tuple[Change, ...]) -> list[dict[str, Any]]:
    """What would change the outcome, as data."""
    return [{"node": each.node, "fact": each.fact, "to": each.to} for each in changed]


@lru_cache(maxsize=_KEPT)
def _came_out(node: Node, kind: Kind, truth: Outcome, cause: Cause | None) -> dict[str, Any]:
    """What a node says that does not depend on what was told."""
    said: dict[str, Any] = {"id": node.id, "kind": kind.value, "truth": truth.value}
    if cause is not None:
        said["cause"] = cause.value
    if node.rare:
        said["rare"] = True
    for name in ("fact", "what", "by", "law"):
        if stated := getattr(node, name, None):
            said[name] = stated
    if confidence := getattr(node, "confidence", None):
        said["confidence"] = confidence.label
    return said


def _of_atom(because: Because, node: Atom, cause: Cause | None) -> dict[str, Any]:
    told, said = because.situation.known.get(node.fact), dict[str, Any]()
    if told is not None:
        said["value"] = _stated(told)
        for name in ("source", "said_at", "valid_from"):
            if (stated := getattr(because, name)) is not None:
                said[name] = stated if isinstance(stated, str) else stated.isoformat()
    compared = _fixed(node)
    if compared is None:
        compared = [_compared(each) for each in because.comparisons]
    elif told is None:
        return _open_atom(node, because.truth, cause)
    return {**_came_out(node, Kind.FACT, because.truth, cause), **said, "comparisons": compared}


@lru_cache(maxsize=_KEPT)
def _open_atom(node: Atom, truth: Outcome, cause: Cause | None) -> dict[str, Any]:
    return {**_came_out(node, Kind.FACT, truth, cause), "comparisons": _fixed(node)}


@lru_cache(maxsize=_KEPT)
def _fixed(node: Atom) -> list[dict[str, Any]] | None:
    """Its bounds, where none is a rate."""
    fixed = [Compared(each.comparator, each.bound) for each in node.comparisons if not isinstance(each.bound, RateRef)]
    return [_compared(each) for each in fixed] if len(fixed) == len(node.comparisons) else None


def _compared(each: Compared) -> dict[str, Any]:
    said: dict[str, Any] = {"comparator": each.comparator.value, "bound": _stated(each.bound)}
    if each.rate is not None:
        said["rate"] = each.rate
    if each.rate_from is not None:
        said["rate_from"] = each.rate_from.isoformat()
    if each.verified_until is not None:
        said["verified_until"] = each.verified_until.isoformat()
    return said


def _stated(value: Value | None) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value
