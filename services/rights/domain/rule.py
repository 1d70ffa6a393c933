"""The rule of one right (rettighet): whom it is judged for, and the tree that decides."""

from dataclasses import dataclass, field
from enum import StrEnum

from services.rights.domain.confidence import Confidence
from services.rights.domain.fact import Origin, Subject, Vocabulary
from services.rights.domain.program import Program, compiled
from services.rights.domain.tree import Atom, Node, atoms

DEATH = "deceased"
_OF_ONE_GUARDIAN = frozenset({Subject.GUARDIAN, Subject.RELATION, Subject.HOUSEHOLD})


class JudgedFor(StrEnum):
    """Who has the right: the child, or each guardian with that guardian's own facts."""

    CHILD = "child"
    GUARDIAN = "guardian"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A right as far as it is decided. `relevant_when` orders what is shown, it never decides. `needs_death`: it looks at whether the child
    lives; `only_after_death`: as long as the child lives it is closed."""

    id: str
    judged_for: JudgedFor
    tree: Node
    confidence: Confidence
    relevant_when: tuple[Atom, ...]
    needs_case: bool
    needs_death: bool
    only_after_death: bool
    per_guardian: bool
    program: Program = field(repr=False)


def rule(
    right_id: str,
    judged_for: JudgedFor,
    tree: Node,
    confidence: Confidence,
    *,
    relevant_when: tuple[Atom, ...],
    vocabulary: Vocabulary,
) -> Rule:
    """The rule, with what can be said of its tree once and for all."""
    used = [vocabulary[atom.fact] for atom in atoms(tree)]
    return Rule(
        id=right_id,
        judged_for=judged_for,
        tree=tree,
        confidence=confidence,
        relevant_when=relevant_when,
        needs_case=any(fact.origin is Origin.CASE for fact in used),
        needs_death=any(fact.id == DEATH for fact in used),
        only_after_death=tree.truth({DEATH: False}, {}) is False,
        per_guardian=judged_for is JudgedFor.GUARDIAN or any(fact.subject in _OF_ONE_GUARDIAN for fact in used),
        program=compiled(tree, vocabulary),
    )
