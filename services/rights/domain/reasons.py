"""What decided, what is settled so far, and what is left to judge: the leaves of a walk."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.rights.domain.because import Because, Outcome
from services.rights.domain.tree import Atom, Branch, Leaf, Not
from services.rights.domain.walk import Walk


@dataclass(frozen=True, slots=True)
class Reason:
    """One atom that is settled, and whether that speaks for the right."""

    atom: Atom
    holds: bool
    favours: bool


def reasons(walk: Walk) -> tuple[Reason, ...]:
    """What decided; of an undecided tree, what is settled in it so far."""
    return tuple(
        Reason(leaf.of, leaf.truth is Outcome.TRUE, favours)
        for part, favours in _settled(walk, walk.program.top, True)
        for leaf in _leaves(part)
        if isinstance(leaf.of, Atom)
    )


def undecided(walk: Walk) -> tuple[Leaf, ...]:
    """The leaves of an undecided tree that are open: not told, to be assessed, or waiting for a rate."""
    if walk.truth is not None:
        return ()
    return tuple(leaf.of for leaf in _leaves(walk.because()) if not isinstance(leaf.of, Branch | Not))


def _settled(walk: Walk, place: int, upright: bool) -> Iterator[tuple[Because, bool]]:
    """Every settled node right below an open one, and whether it speaks for the right."""
    truth = walk.truth_at(place)
    if truth is not None:
        yield walk.carried(place, walk.states[place]), truth is upright
        return
    below = upright is not isinstance(walk.program.nodes[place], Not)
    for part in walk.program.parts[place]:
        yield from _settled(walk, part, below)


def _leaves(part: Because) -> Iterator[Because]:
    if not part.parts:
        yield part
    for each in part.parts:
        yield from _leaves(each)
