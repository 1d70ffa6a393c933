"""What a tree can come to at all, over everything that may be known: for whoever reads rules before they are in force.

Bounds on one fact belong together: below 18 and at least 20 never hold at once. So a fact is looked at in the cells between its bounds, and
in each cell every atom on it is settled. What must be assessed, the siblings, and a bound that is a rate are free to be either. The search is
bounded; past the bound the answer is None, which is "too big to say".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final

from services.rights.domain.fact import Type
from services.rights.domain.tree import Atom, Branch, Leaf, Node, Not, RateRef, Value, leaves

_MOST_STEPS: Final = 20_000
_Cell = dict[int, bool]  # how each leaf comes out, by its identity
_Truths = dict[int, bool]


@dataclass(frozen=True, slots=True)
class Domain:
    """What values a fact may have: those of an enum or set, or the least and the most of a number."""

    type: Type
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


Domains = Mapping[str, Domain]


def never_true(tree: Node, domains: Domains) -> bool | None:
    """Whether nothing that can be known makes it true."""
    return _negated(_possible(tree, domains, partial(_comes_out, tree)))


def never_false(tree: Node, domains: Domains) -> bool | None:
    """Whether nothing that can be known makes it false."""
    return _negated(_possible(tree, domains, partial(_comes_out, Not(tree))))


def can_both(one: Node, other: Node, domains: Domains) -> bool | None:
    """Whether both can be true at once."""
    both = (one, other)
    tree = Branch(len(both), both)
    return _possible(tree, domains, partial(_comes_out, tree))


def unreachable(tree: Node, domains: Domains) -> tuple[Node, ...]:
    """The nodes below the top that could as well be left out: whatever is known, the tree comes out as if they were always true, or as if
    they were always false. A node below one of them is not named again."""
    return tuple(_never_mattering(tree, tree, domains))


def _never_mattering(tree: Node, node: Node, domains: Domains) -> Iterator[Node]:
    for part in _parts(node):
        if any(_possible(tree, domains, partial(_differs, tree, part, value)) is False for value in (True, False)):
            yield part
        else:
            yield from _never_mattering(tree, part, domains)


def _negated(found: bool | None) -> bool | None:
    return None if found is None else not found


def _comes_out(tree: Node, truths: _Truths) -> bool | Leaf:
    """Whether the tree is true, or the first leaf that it hangs on."""
    return _standing(tree, truths, {})


def _differs(tree: Node, node: Node, value: bool, truths: _Truths) -> bool | Leaf:
    """Whether the tree comes out otherwise when the node is taken to be `value`, or the first leaf that it hangs on."""
    if (here := _standing(node, truths, {})) is value:
        return False
    one, other = _standing(tree, truths, {}), _standing(tree, truths, {id(node): value})
    for found in (one, other, here):
        if not isinstance(found, bool):
            return found
    return one is not other


def _standing(node: Node, truths: _Truths, forced: _Truths) -> bool | Leaf:
    """How the node comes out when these leaves have come out so and some nodes are taken to; else the first leaf that it hangs on."""
    if id(node) in forced:
        return forced[id(node)]
    match node:
        case Not(part=part):
            found = _standing(part, truths, forced)
            return not found if isinstance(found, bool) else found
        case Branch():
            return _standing_branch(node, truths, forced)
        case _:
            return truths.get(id(node), node)


def _standing_branch(branch: Branch, truths: _Truths, forced: _Truths) -> bool | Leaf:
    true = false = 0
    first: Leaf | None = None
    for part in branch.parts:
        found = _standing(part, truths, forced)
        if not isinstance(found, bool):
            first = first or found
        elif found:
            true += 1
        else:
            false += 1
        if true >= branch.need:
            return True
        if false > branch.spare:
            return False
    return first if first is not None else False


def _possible(tree: Node, domains: Domains, goal: Callable[[_Truths], bool | Leaf]) -> bool | None:
    """Whether some way for its leaves to come out reaches the goal; None when that takes too many steps to say."""
    ways = {place: cells for leaf_places, cells in _choices(tree, domains) for place in leaf_places}
    steps = 0

    def search(truths: _Truths) -> bool | None:
        nonlocal steps
        steps += 1
        reached = goal(truths)
        if isinstance(reached, bool):
            return reached
        for cell in ways[id(reached)]:
            if steps > _MOST_STEPS:
                return None
            if (found := search(truths | cell)) is not False:
                return found
        return False

    return search({})


def _choices(tree: Node, domains: Domains) -> Iterator[tuple[list[int], list[_Cell]]]:
    """Each thing that can be so or otherwise: the leaves that ask about it, and the ways in which they can come out."""
    of_fact: dict[str, list[Atom]] = {}
    free: dict[str, list[Leaf]] = {}
    for leaf in leaves(tree):
        if not isinstance(leaf, Atom):
            free.setdefault(str(id(leaf)), []).append(leaf)
        elif any(isinstance(each.bound, RateRef) for each in leaf.comparisons):
            free.setdefault(f"{leaf.fact} {leaf.comparisons}", []).append(leaf)
        else:
            of_fact.setdefault(leaf.fact, []).append(leaf)
    for same in free.values():
        places = [id(leaf) for leaf in same]
        yield places, [dict.fromkeys(places, value) for value in (True, False)]
    for fact, atoms in of_fact.items():
        yield [id(atom) for atom in atoms], cells(atoms, domains[fact])


def cells(atoms: list[Atom], domain: Domain) -> list[_Cell]:
    """The ways in which the atoms on one fact can come out together."""
    found: dict[tuple[bool, ...], _Cell] = {}
    for value in _samples(atoms, domain):
        truths = tuple(atom.truth({atom.fact: value}, {}) is True for atom in atoms)
        found.setdefault(truths, dict(zip(map(id, atoms), truths, strict=True)))
    return list(found.values())


def _samples(atoms: list[Atom], domain: Domain) -> Iterator[Value]:
    """A value out of every cell."""
    bounds = [each.bound for atom in atoms for each in atom.comparisons]
    match domain.type:
        case Type.BOOLEAN:
            yield from (True, False)
        case Type.ENUM:
            yield from domain.values
        case Type.SET:
            yield from _sets([bound for bound in bounds if isinstance(bound, frozenset)], domain)
        case _:
            yield from _numbers(bounds, domain)


def _sets(bounds: list[frozenset[str]], domain: Domain) -> Iterator[frozenset[str]]:
    """A set for every choice of bounds that its members can meet together."""
    found: dict[frozenset[int], frozenset[str]] = {frozenset(): frozenset()}
    for value in domain.values:
        meets = frozenset(place for place, bound in enumerate(bounds) if value in bound)
        for met, members in list(found.items()):
            found.setdefault(met | meets, members | {value})
    yield from found.values()


def _numbers(bounds: Iterable[object], domain: Domain) -> Iterator[int | float]:
    """Each bound, what lies between it and the next, and the ends; of whole numbers the neighbours."""
    stated = set(_flat(bounds))
    around = {bound + step for bound in stated for step in (-1, 0, 1)}
    if domain.type is not Type.INTEGER:
        ordered = sorted(stated)
        around |= {(one + other) / 2 for one, other in pairwise(ordered)}
    around |= {end for end in (domain.low, domain.high) if end is not None}
    for value in sorted(around):
        if (domain.low is None or domain.low <= value) and (domain.high is None or value <= domain.high):
            yield int(value) if domain.type is Type.INTEGER else value


def _flat(bounds: Iterable[object]) -> Iterator[int | float]:
    for bound in bounds:
        if isinstance(bound, frozenset):
            yield from (each for each in bound if isinstance(each, int | float))
        elif isinstance(bound, int | float):
            yield bound


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case Branch(parts=parts):
            return parts
        case Not(part=part):
            return (part,)
        case _:
            return ()
