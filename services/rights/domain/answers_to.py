"""Answers that a question can get, as far as they make a difference to one rule."""

from collections.abc import Iterable

from services.rights.domain.tree import Atom, Comparator, Comparison, RateRef, Rates, Value

_NO_SUCH_VALUE = ""


def answers_to(asking: Iterable[Atom], rates: Rates) -> list[Value]:
    """For each of these conditions on one fact, an answer that meets it and one that does not."""
    return list(dict.fromkeys(value for atom in asking for value in _of(atom, rates)))


def _of(atom: Atom, rates: Rates) -> list[Value]:
    return [value for comparison in atom.comparisons for value in _around(comparison, rates)]


def _around(comparison: Comparison, rates: Rates) -> list[Value]:
    bound = rates.get(comparison.bound.id) if isinstance(comparison.bound, RateRef) else comparison.bound
    match bound, comparison.comparator:
        case None, _:
            return []
        case bool(), _:
            return [True, False]
        case ((int() | float()), (Comparator.AT_LEAST | Comparator.BELOW)):
            return [bound, bound - 1]
        case ((int() | float()), _):
            return [bound, bound + 1]
        case frozenset(), Comparator.OVERLAPS:
            return [bound, frozenset()]
        case frozenset(), _:
            return [min(bound), _NO_SUCH_VALUE]
        case _:
            return [bound, _NO_SUCH_VALUE]
