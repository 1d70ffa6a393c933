"""What a question is worth, and what it costs the family to be asked: our own judgement, kept as data."""

from collections.abc import Mapping
from dataclasses import dataclass

NOTHING_TOGETHER: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """How much each right means to a family, what each question costs, and which questions are of one kind and come together.

    `share` is what a right counts for by its signs: one that it concerns the family is there, that is open, or none is.
    """

    importance: Mapping[str, float]
    otherwise: float
    share: tuple[float, float, float]
    cost: Mapping[str, float]
    together: Mapping[str, frozenset[str]]

    def means(self, right: str) -> float:
        """How much a right means; one that nobody has weighed, as a municipality's own, means what most do."""
        return self.importance.get(right, self.otherwise)

    def of_one_kind(self, fact: str) -> frozenset[str]:
        """The facts that are asked on the same page as this one, itself among them."""
        return self.together.get(fact, NOTHING_TOGETHER)
