"""Condition trees as the files have them, and the trees that are judged."""

from collections.abc import Iterator, Set
from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr, model_validator

from services.rights.domain.confidence import Confidence
from services.rights.domain.tree import Assess, Atom, Branch, Comparator, Comparison, Node, Not, RateRef, Value
from services.rights.store.files import Data

ConfidenceName = Literal["sourced", "uncertain", "memory"]
Number = StrictInt | StrictFloat
Parts = Annotated[list["NodeFile"], Field(min_length=1)]


class RateRefFile(Data):
    """A bound that is a rate."""

    rate: str


Bound = Number | RateRefFile


class NodeFile(Data):
    """One node, in the one shape that it has."""

    all: Parts | None = None
    any: Parts | None = None
    not_: "NodeFile | None" = Field(default=None, alias="not")
    n_of: int | None = Field(default=None, ge=1)
    of: Parts | None = None
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
        shapes = [name for name in ("all", "any", "not_", "n_of", "fact", "assess") if getattr(self, name) is not None]
        if len(shapes) != 1:
            raise ValueError(f"a node has exactly one of all, any, not, n_of, fact, assess; this has {shapes}")
        if bool(self.bounds) is not (self.fact is not None):
            raise ValueError("a fact, and nothing else, has comparators")
        if (self.by is None) is not (self.assess is None):
            raise ValueError("what must be assessed says by whom")
        if (self.of is None) is not (self.n_of is None) or (self.n_of or 0) > len(self.of or []):
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
        for name in ("all", "any", "of"):
            if (found := getattr(self, name)) is not None:
                return [(f"{name}.{place}", part) for place, part in enumerate(found)]
        return [("not", self.not_)] if self.not_ else []


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
        return Assess(node.assess, node.by or "", node.law or "", node.note, confidence)
    parts = tuple(to_node(part, f"{path}.{step}", confidence=confidence, doubted=doubted) for step, part in node.parts)
    if node.not_ is not None:
        return Not(parts[0])
    return Branch(len(parts) if node.all is not None else node.n_of or 1, parts)


def to_atom(node: NodeFile, confidence: Confidence = Confidence.SOURCED) -> Atom:
    """The atom as it is judged."""
    comparisons = tuple(Comparison(comparator, _bound(bound)) for comparator, bound in node.bounds.items())
    return Atom(node.fact or "", comparisons, node.law or "", node.note, confidence)


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
