"""Rights that touch each other: which is looked at first."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


class InCircle(Exception):
    """Rights that each wait for the next, back to the first."""

    def __init__(self, rights: tuple[str, ...]) -> None:
        super().__init__(" → ".join(rights))
        self.rights = rights


def in_order(first: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Every right after those that decide something about it. `first`: what each right decides something about: it gives access to them,
    excludes, reduces or comes before them. Raises InCircle."""
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(sorted(first), ()))
    for right in sorted(first):
        for other in first[right]:
            sorter.add(other, right)
    try:
        return tuple(sorter.static_order())
    except CycleError as fault:
        raise InCircle(tuple(fault.args[1])) from fault
