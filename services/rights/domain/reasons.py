"""What carried an outcome, what is settled so far, and what is left to judge."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.rights.domain.confidence import Confidence
from services.rights.domain.tree import Assess, Atom, Branch, Known, Leaf, Node, Not, Rates, Truth


@dataclass(frozen=True, slots=True)
class Reason:
    """One atom that is settled, and whether that speaks for the right."""

    atom: Atom
    holds: bool
    favours: bool


@dataclass(frozen=True, slots=True)
class Carried:
    """What carries a settled outcome, and how sure it is: the least sure of those needed, the best where there are alternatives."""

    confidence: Confidence
    reasons: tuple[Reason, ...]


def carried(node: Node, known: Known, rates: Rates, *, favours: bool) -> Carried:
    """What carries the outcome of a node that is settled. `favours`: whether the outcome speaks for the right."""
    match node:
        case Atom():
            return Carried(node.confidence, (Reason(node, node.truth(known, rates) is True, favours),))
        case Not(part=part):
            return carried(part, known, rates, favours=favours)
        case Branch():
            truth = node.truth(known, rates)
            enough = node.need if truth else node.spare + 1
            parts = [
                carried(part, known, rates, favours=favours) for part in node.parts if part.truth(known, rates) is truth
            ]
            best = sorted(parts, key=lambda part: -part.confidence)[:enough]
            return Carried(
                min(part.confidence for part in best), tuple(reason for part in best for reason in part.reasons)
            )
        case Assess():
            raise ValueError("what must be assessed carries no outcome")


def reasons(tree: Node, known: Known, rates: Rates) -> tuple[Reason, ...]:
    """What decided; of an undecided tree, what is settled in it so far."""
    return tuple(
        reason
        for part, favours in _settled(tree, known, rates, True)
        for reason in carried(part, known, rates, favours=favours).reasons
    )


def undecided(tree: Node, known: Known, rates: Rates) -> tuple[Leaf, ...]:
    """The leaves of an undecided tree that are open: not told, to be assessed, or waiting for a rate."""
    return tuple(_unsettled(tree, known, rates))


def _settled(node: Node, known: Known, rates: Rates, upright: bool) -> Iterator[tuple[Node, bool]]:
    truth: Truth = node.truth(known, rates)
    if truth is not None:
        yield node, truth is upright
    else:
        for part, same in _parts(node):
            yield from _settled(part, known, rates, upright is same)


def _unsettled(node: Node, known: Known, rates: Rates) -> Iterator[Leaf]:
    if node.truth(known, rates) is not None:
        return
    if isinstance(node, Atom | Assess):
        yield node
    for part, _ in _parts(node):
        yield from _unsettled(part, known, rates)


def _parts(node: Node) -> Iterator[tuple[Node, bool]]:
    """The node's parts, each with whether it points the same way as the node."""
    match node:
        case Branch(parts=parts):
            yield from ((part, True) for part in parts)
        case Not(part=part):
            yield part, False
        case _:
            return
