"""What a change of rules does to people: who gains, who loses, and at which node. Few people are never counted.

Numbers from one to four are not told: a limit of our own, so that a table says nothing of a single family.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import product
from operator import or_

from services.rights.bulk.bits import Node
from services.rights.bulk.columns import Bits
from services.rights.bulk.verdicts import Found, counted
from services.rights.domain.program import ALL, ANY, Program
from services.rights.domain.rule import Rule
from services.rights.domain.verdict import Verdict

FEWEST = 5
_ORDER = (
    Verdict.LIKELY,
    Verdict.MUST_BE_ASSESSED,
    Verdict.POSSIBLE,
    Verdict.UNLIKELY,
    Verdict.NOT_RELEVANT,
)


@dataclass(frozen=True, slots=True)
class Move:
    """People whose answer on one right went from one verdict to another; None: the right is not in that set of rules."""

    right: str
    before: Verdict | None
    after: Verdict | None

    @property
    def gains(self) -> bool:
        """Whether they come nearer to the right."""
        return _place(self.after) < _place(self.before)


@dataclass(slots=True)
class Difference:
    """How many moved, and at which nodes of the new rules: those that stand otherwise than before, or are new."""

    people: int = 0
    moved: Counter[Move] = field(default_factory=Counter)
    at: dict[Move, Counter[str]] = field(default_factory=dict)

    def add(self, move: Move, number: int, nodes: Mapping[str, int]) -> None:
        """More of the same."""
        self.moved[move] += number
        self.at.setdefault(move, Counter()).update(nodes)

    def rows(self) -> list["Row"]:
        """What can be told, by right; those who gain first, the most first."""
        ordered = sorted(
            self.moved.items(), key=lambda each: (each[0].right, not each[0].gains, -each[1], str(each[0]))
        )
        return [_row(move, number, self.at[move]) for move, number in ordered]


@dataclass(frozen=True, slots=True)
class Row:
    """One move as it is told. A number that is None is too small to be told; then no node's number is told either, nor where one node's is
    too small, for the others would give it away."""

    move: Move
    number: int | None
    nodes: tuple[tuple[str, int | None], ...]


def compare(old: Mapping[str, "Judged"], new: Mapping[str, "Judged"], number: int, difference: Difference) -> None:
    """Adds these people to the difference."""
    difference.people += number
    for right in sorted(old.keys() | new.keys()):
        before, after = old.get(right), new.get(right)
        stands_otherwise = _stands_otherwise(before, after)
        for one, other in product(_masks(before), _masks(after)):
            if one[0] is other[0]:
                continue
            mask = _common(one[1], other[1])
            count = counted(mask, number) if mask is not None else number
            if count:
                nodes = {
                    node: counted(bits if mask is None else bits & mask, number) for node, bits in stands_otherwise
                }
                difference.add(
                    Move(right, one[0], other[0]), count, {node: many for node, many in nodes.items() if many}
                )


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule and how it came out."""

    rule: Rule
    found: Found


def _masks(judged: Judged | None) -> Iterable[tuple[Verdict | None, Bits | None]]:
    return judged.found.masks.items() if judged else ((None, None),)


def _common(one: Bits | None, other: Bits | None) -> Bits | None:
    return one & other if one is not None and other is not None else one if other is None else other


def _stands_otherwise(before: Judged | None, after: Judged | None) -> list[tuple[str, Bits]]:
    """The nodes of the new rule that stand otherwise than in the old one, each with who for; a branch only where none of its parts says why."""
    if before is None or after is None:
        return []
    program, nodes = after.rule.program, after.found.nodes
    known = {node.id: stood for node, stood in zip(before.rule.program.nodes, before.found.nodes, strict=True)}
    above = _shapes_above(program)
    here: list[Bits] = []
    for place, node in enumerate(program.nodes):
        was = known.get(node.id)
        here.append(_decisive(nodes[place], above.get(place)) if was is None else nodes[place].differs(was))
    explained = [
        bits & ~reduce(or_, (here[part] for part in program.parts[place])) if program.parts[place] else bits
        for place, bits in enumerate(here)
    ]
    return [
        (node.id or str(place), bits) for place, (node, bits) in enumerate(zip(program.nodes, explained, strict=True))
    ]


def _shapes_above(program: Program) -> dict[int, int]:
    return {part: shape for shape, parts, _ in program.steps for part in parts}


def _decisive(node: Node, above: int | None) -> Bits:
    """Who a new node makes a difference for: a part of `all` that is not true, a part of `any` that is not false, else everyone."""
    if above == ALL:
        return ~node.yes
    return node.maybe if above == ANY else node.maybe | ~node.maybe


def _row(move: Move, number: int, nodes: Counter[str]) -> Row:
    told = nodes.most_common()
    if number < FEWEST:
        return Row(move, None, tuple((node, None) for node, _ in sorted(told)))
    if any(many < FEWEST for _, many in told):
        return Row(move, number, tuple((node, None) for node, _ in sorted(told)))
    return Row(move, number, tuple(told))


def _place(verdict: Verdict | None) -> int:
    return len(_ORDER) if verdict is None else _ORDER.index(verdict)
