"""Which facts can be asked for now, so that nobody is asked what is beside the point or not theirs to know yet."""

from collections.abc import Iterable

from services.rights.domain.fact import Origin, Vocabulary
from services.rights.domain.situation import Situation
from services.rights.domain.tree import Truth


def to_ask(missing: Iterable[str], situation: Situation, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What one right waits for, first question first: what a fact waits for stands before it, sensitive facts stand last."""
    steps = Steps(situation, vocabulary)
    wanted = sorted(missing, key=lambda fact: (vocabulary[fact].sensitive, fact))
    in_order = (step for fact in wanted if not steps.is_closed(fact) for step in (*steps.towards(fact), fact))
    return tuple(dict.fromkeys(in_order))


class Steps:
    """What is asked to come to know a fact, in one situation.

    A fact whose `ask_when` is false is left out: it is neither asked nor named. While one is open, the facts it waits for are asked
    in its place; where they cannot be (a register has them, or the family does not know), it waits.
    """

    def __init__(self, situation: Situation, vocabulary: Vocabulary) -> None:
        self._situation, self._vocabulary = situation, vocabulary
        self._found: dict[str, tuple[str, ...]] = {}

    def towards(self, fact: str) -> tuple[str, ...]:
        """The fact itself, what it waits for, or nothing."""
        found = self._found.get(fact)
        if found is None:
            self._found[fact] = ()  # a guard that waits for its own fact asks nothing
            found = self._found[fact] = self._steps(fact)
        return found

    def is_closed(self, fact: str) -> bool:
        """Whether the fact is neither asked nor named: a guard is false."""
        return any(truth is False for _, truth in self._guards(fact))

    def _steps(self, fact: str) -> tuple[str, ...]:
        guards = self._guards(fact)
        if any(truth is False for _, truth in guards):
            return ()
        open_guards = [guard for guard, truth in guards if truth is None]
        if not open_guards:
            return (fact,)
        waits_for = [self.towards(guard) if self._may_be_asked(guard) else () for guard in open_guards]
        return tuple(step for steps in waits_for for step in steps) if all(waits_for) else ()

    def _guards(self, fact: str) -> list[tuple[str, Truth]]:
        known, rates = self._situation.known, self._situation.rates
        return [(atom.fact, atom.truth(known, rates)) for atom in self._vocabulary[fact].ask_when]

    def _may_be_asked(self, fact: str) -> bool:
        return self._vocabulary[fact].origin is Origin.TOLD and fact not in self._situation.not_known
