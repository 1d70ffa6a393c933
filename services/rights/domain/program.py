"""A tree made ready to be judged many times: its leaves in a row, its branches as steps over what stands before them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Final, cast

from services.rights.domain.condition import Asked, Condition, Discretion, OfSiblings, Settled, condition_of
from services.rights.domain.confidence import Confidence
from services.rights.domain.fact import Origin, Vocabulary
from services.rights.domain.states import NO, NOT, OPEN, YES, State, at_least
from services.rights.domain.tree import Assess, Atom, Branch, Leaf, Node, Not, leaves

ALL, ANY, N_OF, TURN = range(4)
Step = tuple[int, tuple[int, ...], int]
_DISCRETION: Final = Discretion()
_NOTHING: Final = Branch(1, ())  # of no parts, none is true
_BY_ITSELF = frozenset({Origin.DERIVED, Origin.REGISTER})


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Every node by its place, leaves first and a branch after its parts; the last, `top`, is the whole tree.

    `asked`: what each leaf asks. `parts`: the places right below each node. `carry`: how many of them carry a settled node, and how those
    stand. `own`: the leaves that age and registers answer; `gates`: those of them that close the tree alone; `turns_own`: whether a no of
    one may speak for the right. `rated`: the leaves that compare with rates; `bars`: those that do not, and close the tree alone.
    `common`: the tree without what few ever meet, where it has such. `sureness`: how sure every leaf is, when they are equally sure.
    """

    nodes: tuple[Node, ...]
    top: int
    asked: tuple[Asked, ...]
    steps: tuple[Step, ...]
    parts: tuple[tuple[int, ...], ...]
    carry: tuple[Mapping[State, tuple[int, State]], ...]
    own: tuple[int, ...]
    gates: tuple[int, ...]
    turns_own: bool
    rated: tuple[tuple[int, tuple[str, ...]], ...]
    bars: tuple[int, ...]
    common: "Program | None"
    sureness: Confidence | None
    _gather: Callable[[Settled], tuple[State, ...]] = field(repr=False)

    def leaves(self, settled: Settled) -> list[State]:
        """How each leaf stands."""
        return list(self._gather(settled))

    def run(self, leaves: list[State]) -> list[State]:
        """How every node stands: the same list, its leaves followed by the branches."""
        states = leaves
        for shape, parts, need in self.steps:
            if shape == ALL:
                state = YES
                for part in parts:
                    state &= states[part]
            elif shape == ANY:
                state = NO
                for part in parts:
                    state |= states[part]
            else:
                state = NOT[states[parts[0]]] if shape == TURN else at_least(need, [states[part] for part in parts])
            states.append(state)
        return states

    def run_with(self, leaves: list[State], others: Mapping[int, State]) -> State:
        """How the tree stands when some leaves stand otherwise. Of a longer list only the leaves are looked at."""
        states = leaves[: len(self.asked)]
        for place, state in others.items():
            states[place] = state
        return self.run(states)[-1]

    def is_closed_by_itself(self, leaves: Sequence[State]) -> bool:
        """Whether the tree is false when nobody has told anything."""
        for gate in self.gates:
            if leaves[gate] == NO:
                return True
        if not self.turns_own and all(leaves[place] != NO for place in self.own):
            return False  # nothing that is known says no, and no yes is turned into one
        own = [OPEN] * len(self.asked)
        for place in self.own:
            own[place] = leaves[place]
        return self.run(own)[-1] == NO


def compiled(tree: Node, vocabulary: Vocabulary) -> Program:
    """The tree as a program."""
    all_leaves = list(leaves(tree))
    places = {id(leaf): place for place, leaf in enumerate(all_leaves)}
    nodes: list[Node] = list(all_leaves)
    steps: list[Step] = []

    def placed(node: Node) -> int:
        if isinstance(node, Branch | Not):
            parts = tuple(placed(part) for part in (node.parts if isinstance(node, Branch) else (node.part,)))
            steps.append(_step(node, parts))
            nodes.append(node)
            return len(nodes) - 1
        return places[id(node)]

    placed(tree)
    asked = tuple(_asked(leaf) for leaf in all_leaves)
    own = tuple(place for place, leaf in enumerate(all_leaves) if _is_own(leaf, vocabulary))
    rates_of = [each.rates if isinstance(each, Condition) else () for each in asked]
    at_top = [part for part in steps[-1][1] if part < len(asked)] if steps and steps[-1][0] == ALL else []
    sureness = {leaf.confidence for leaf in all_leaves}
    return Program(
        nodes=tuple(nodes),
        top=len(nodes) - 1,
        asked=asked,
        steps=tuple(steps),
        parts=(*(() for _ in all_leaves), *(parts for _, parts, _ in steps)),
        carry=tuple(_carry(node) for node in nodes),
        own=own,
        gates=tuple(part for part in at_top if part in own),
        turns_own=any(_is_own(leaf, vocabulary) for node in nodes if isinstance(node, Not) for leaf in leaves(node)),
        rated=tuple((place, rates) for place, rates in enumerate(rates_of) if rates),
        bars=tuple(part for part in at_top if not rates_of[part]),
        common=compiled(_without_rare(tree), vocabulary) if any(node.rare for node in nodes) else None,
        sureness=sureness.pop() if len(sureness) == 1 else None,
        _gather=_gatherer(asked),
    )


def _carry(node: Node) -> Mapping[State, tuple[int, State]]:
    match node:
        case Branch():
            return {YES: (node.need, YES), NO: (node.spare + 1, NO)}
        case Not():
            return {YES: (1, NO), NO: (1, YES)}
        case _:
            return {}


def _is_own(leaf: Leaf, vocabulary: Vocabulary) -> bool:
    return isinstance(leaf, Atom) and vocabulary[leaf.fact].origin in _BY_ITSELF


def _without_rare(node: Node) -> Node:
    if node.rare:
        return _NOTHING
    match node:
        case Branch(parts=parts):
            return replace(node, parts=tuple(_without_rare(part) for part in parts))
        case Not(part=part):
            return replace(node, part=_without_rare(part))
        case _:
            return node


def _step(node: Branch | Not, parts: tuple[int, ...]) -> Step:
    if isinstance(node, Not):
        return TURN, parts, 1
    shape = ALL if node.need == len(parts) else ANY if node.need == 1 else N_OF
    return shape, parts, node.need


def _asked(leaf: Leaf) -> Asked:
    match leaf:
        case Atom():
            return condition_of(leaf)
        case Assess():
            return _DISCRETION
        case _:
            return OfSiblings(leaf.every, leaf.part)


def _gatherer(asked: tuple[Asked, ...]) -> Callable[[Settled], tuple[State, ...]]:
    if len(asked) <= 1:
        return lambda settled: tuple(settled[each] for each in asked)
    return cast(Callable[[Settled], tuple[State, ...]], itemgetter(*asked))
