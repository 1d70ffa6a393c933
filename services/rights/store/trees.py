"""Condition trees as the files have them, and the trees that are judged."""

from collections.abc import Iterator, Set
from dataclasses import replace
from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr, model_validator

from services.rights.domain.children import any_child, every_child
from services.rights.domain.confidence import Confidence
from services.rights.domain.exceptions import Labelled, with_exceptions
from services.rights.domain.tree import Assess, Atom, Branch, Comparator, Comparison, Node, Not, RateRef, Value
from services.rights.store.files import Data

ConfidenceName = Literal["sourced", "uncertain", "memory"]
Number = StrictInt | StrictFloat
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Parts = Annotated[list["NodeFile"], Field(min_length=1)]
_SHAPES = ("all", "any", "not_", "n_of", "general", "any_child", "every_child", "fact", "assess")
_LISTS = ("all", "any", "of")
_SINGLE = (("not_", "not"), ("general", "general"), ("any_child", "any_child"), ("every_child", "every_child"))


class RateRefFile(Data):
    """A bound that is a rate."""

    rate: str


Bound = Number | RateRefFile


class ExceptionFile(Data):
    """When the general rule does not count, and what counts instead; nothing instead: the right is closed."""

    label: Id
    rare: Literal[True] | None = None
    when: "NodeFile"
    then: "NodeFile | None" = None


class NodeFile(Data):
    """One node, in the one shape that it has. Every node below `when` has an id, unique within its version; atoms of other lists need none.

    `rare`: an alternative few ever meet. `redundant`: the law says it, and the outcome is the same without it."""

    id: Id | None = None
    rare: Literal[True] | None = None
    redundant: Literal[True] | None = None
    all: Parts | None = None
    any: Parts | None = None
    not_: "NodeFile | None" = Field(default=None, alias="not")
    n_of: int | None = Field(default=None, ge=1)
    of: Parts | None = None
    general: "NodeFile | None" = None
    exceptions: list[ExceptionFile] | None = Field(default=None, min_length=1)
    any_child: "NodeFile | None" = None
    every_child: "NodeFile | None" = None
    fact: str | None = None
    assess: str | None = None
    by: str | None = None
    is_: StrictBool | StrictInt | StrictStr | None = Field(default=None, alias="is")
    in_: list[StrictInt | StrictStr] | None = Field(default=None, alias="in", min_length=1)
    overlaps: list[StrictStr] | None = Field(default=None, min_length=1)
    at_least: Bound | None = None
    above: Bound | None = None
    at_most: Bound | None = None
    below: Bound | None = None
    law: str | None = None
    note: str | None = None
    confidence: ConfidenceName | None = None

    @model_validator(mode="after")
    def _has_one_shape(self) -> Self:
        shapes = [name for name in _SHAPES if getattr(self, name) is not None]
        if len(shapes) != 1:
            raise ValueError(
                f"a node has exactly one of {', '.join(_SHAPES).replace('not_', 'not')}; this has {shapes}"
            )
        if bool(self.bounds) is not (self.fact is not None):
            raise ValueError("a fact, and nothing else, has comparators")
        for one, other, reason in (
            (self.by, self.assess, "what must be assessed says by whom"),
            (self.of, self.n_of, "n_of needs at least so many nodes in of"),
            (self.exceptions, self.general, "a general rule, and nothing else, has exceptions"),
        ):
            if (one is None) is not (other is None):
                raise ValueError(reason)
        if (self.n_of or 0) > len(self.of or []):
            raise ValueError("n_of needs at least so many nodes in of")
        return self

    @property
    def bounds(self) -> dict[Comparator, object]:
        """The comparators that the node has, with what they hold the fact against."""
        stated = {
            each: getattr(self, each.value + ("_" if each in (Comparator.IS, Comparator.IN) else ""))
            for each in Comparator
        }
        return {comparator: bound for comparator, bound in stated.items() if bound is not None}

    @property
    def parts(self) -> list[tuple[str, "NodeFile"]]:
        """The nodes right below, each with its path from here."""
        for name in _LISTS:
            if (found := getattr(self, name)) is not None:
                return [(f"{name}.{place}", part) for place, part in enumerate(found)]
        single = [(step, part) for name, step in _SINGLE if (part := getattr(self, name)) is not None]
        for place, each in enumerate(self.exceptions or []):
            single.append((f"exceptions.{place}.when", each.when))
            if each.then is not None:
                single.append((f"exceptions.{place}.then", each.then))
        return single


def walk(node: NodeFile, path: str) -> Iterator[tuple[str, NodeFile]]:
    """The node and every node below it, with their paths."""
    yield path, node
    for step, part in node.parts:
        yield from walk(part, f"{path}.{step}")


def to_node(node: NodeFile, path: str, *, confidence: Confidence, doubted: Set[str]) -> Node:
    """The node as it is judged. `confidence` is the lowest so far on the way down; a path in `doubted` is at most uncertain."""
    confidence = min(
        confidence,
        Confidence.named(node.confidence or "sourced"),
        Confidence.UNCERTAIN if path in doubted else Confidence.SOURCED,
    )
    if node.fact is not None:
        return to_atom(node, confidence)
    if node.assess is not None:
        return Assess(node.assess, node.by or "", node.law or "", node.note, confidence, node.id or "", _rare(node))
    parts = {step: to_node(part, f"{path}.{step}", confidence=confidence, doubted=doubted) for step, part in node.parts}
    return _branch(node, parts)


def to_atom(node: NodeFile, confidence: Confidence = Confidence.SOURCED) -> Atom:
    """The atom as it is judged."""
    comparisons = tuple(Comparison(comparator, _bound(bound)) for comparator, bound in node.bounds.items())
    return Atom(node.fact or "", comparisons, node.law or "", node.note, confidence, node.id or "", _rare(node))


def labelled(node: NodeFile, parts: dict[str, Node]) -> list[Labelled]:
    """The exceptions of a general rule; `parts`: what is right below it, by path."""
    return [
        Labelled(each.label, parts[f"exceptions.{place}.when"], parts.get(f"exceptions.{place}.then"), bool(each.rare))
        for place, each in enumerate(node.exceptions or [])
    ]


def _branch(node: NodeFile, parts: dict[str, Node]) -> Node:
    node_id, rare, law, below = node.id or "", _rare(node), node.law or "", tuple(parts.values())
    if node.not_ is not None:
        return Not(below[0], node_id, rare, law, node.note)
    if node.general is not None:
        made = with_exceptions(below[0], labelled(node, parts), node_id)
    elif node.any_child is not None:
        made = any_child(below[0], node_id)
    elif node.every_child is not None:
        made = every_child(below[0], node_id)
    else:
        made = Branch(len(below) if node.all is not None else node.n_of or 1, below, node_id)
    return replace(made, rare=rare, law=law, note=node.note)


def _rare(node: NodeFile) -> bool:
    return node.rare is not None


def _bound(stated: object) -> Value | RateRef:
    match stated:
        case RateRefFile():
            return RateRef(stated.rate)
        case list():
            return frozenset(stated)
        case bool() | int() | float() | str():
            return stated
        case _:
            raise TypeError(f"no bound: {stated!r}")
