"""Which open facts an outcome hangs on: those that can still change it, whatever else is answered."""

from services.rights.domain.tree import Assess, Atom, Branch, Known, Node, Not, Rates, Truth, opposite

_NONE: frozenset[str] = frozenset()


def hanging(tree: Node, known: Known, rates: Rates) -> frozenset[str]:
    """The open facts that some answers to the others make the outcome differ with.

    Every open atom may come out true or false on its own; what must be assessed, and what a missing rate leaves open, stays unknown.
    The outcome can differ in two ways: in being true or not, and in being false or not. Seen in one of these ways, what stays unknown
    counts as "no" (first way) or as "yes" (second), so each is a tree of yes, no and open only. An open atom decides such a tree with some
    answers to the others exactly when no branch above it is settled: in an unsettled branch the others can always be answered so that
    this one tips it.
    """
    return _open(tree, known, rates, doubt=False)[1] | _open(tree, known, rates, doubt=True)[1]


def _open(node: Node, known: Known, rates: Rates, *, doubt: bool) -> tuple[Truth, frozenset[str]]:
    """The node's outcome when what cannot be answered counts as `doubt`, and the facts it is open for (none when it is settled)."""
    match node:
        case Atom():
            if node.fact not in known:
                return None, frozenset((node.fact,))
            truth = node.truth(known, rates)
            return (doubt if truth is None else truth), _NONE
        case Assess():
            return doubt, _NONE
        case Not():
            truth, facts = _open(node.part, known, rates, doubt=not doubt)
            return opposite(truth), facts
        case Branch():
            return _open_branch(node, known, rates, doubt=doubt)


def _open_branch(branch: Branch, known: Known, rates: Rates, *, doubt: bool) -> tuple[Truth, frozenset[str]]:
    true = false = 0
    found: list[frozenset[str]] = []
    for part in branch.parts:
        truth, facts = _open(part, known, rates, doubt=doubt)
        true += truth is True
        false += truth is False
        found.append(facts)
        if true >= branch.need:
            return True, _NONE
        if false > branch.spare:
            return False, _NONE
    return None, _NONE.union(*found)
