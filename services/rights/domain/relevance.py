"""Whether a right seems to concern a family: it orders what is shown and asked, it never decides."""

from services.rights.domain.rule import Rule
from services.rights.domain.situation import Situation


def relevance(rule: Rule, situation: Situation) -> int:
    """0 when a sign that the right concerns them is there, 1 when that is open, 2 when none is."""
    truths = [atom.truth(situation.known, situation.rates) for atom in rule.relevant_when]
    if True in truths:
        return 0
    return 1 if None in truths else 2
