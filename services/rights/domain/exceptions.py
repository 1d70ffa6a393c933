"""A general rule with labelled exceptions (hovedregel og unntak), said with the nodes there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from services.rights.domain.possible import Domains, can_both
from services.rights.domain.tree import Branch, Node, Not


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """An exception: when it applies, and what then takes the general rule's place (None: nothing, the right is closed)."""

    label: str
    when: Node
    then: Node | None = None
    rare: bool = False


def with_exceptions(general: Node, exceptions: Sequence[Labelled], node_id: str = "") -> Node:
    """The general rule where no exception applies, else what the exception says.

    Undecided as long as it is open whether an exception applies, also when both would come to the same: which of them carries is then not
    known. Every node made here has an id below `node_id`.
    """
    usual = Branch(
        1 + len(exceptions),
        (general, *(Not(each.when, f"{node_id}.unless.{each.label}", rare=False) for each in exceptions)),
        f"{node_id}.general",
    )
    instead = [
        Branch(2, (each.when, each.then), f"{node_id}.{each.label}", each.rare)
        for each in exceptions
        if each.then is not None
    ]
    return Branch(1, (usual, *instead), node_id)


def clashing(exceptions: Sequence[Labelled], domains: Domains) -> tuple[tuple[str, str], ...]:
    """The pairs that can apply at once; a pair too big to say counts, for nobody has shown that it cannot."""
    return tuple(
        (one.label, other.label)
        for one, other in combinations(exceptions, 2)
        if can_both(one.when, other.when, domains) is not False
    )
