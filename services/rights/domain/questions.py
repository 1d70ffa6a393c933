"""What to ask, and in which order, so that nobody is asked what is beside the point or hard to hear first."""

from collections.abc import Iterable

from services.rights.domain.fact import Fact, Origin, Vocabulary
from services.rights.domain.situation import Situation


def to_ask(missing: Iterable[str], situation: Situation, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The facts to ask for, first question first.

    A fact whose `ask_when` is false is left out: it is neither asked nor named. While one is open, the fact it waits for comes first.
    Sensitive facts come last.
    """
    wanted = sorted(missing, key=lambda fact: (vocabulary[fact].sensitive, fact))
    asked: dict[str, None] = {}
    for fact_id in wanted:
        guards = [(atom.fact, atom.truth(situation.known, situation.rates)) for atom in vocabulary[fact_id].ask_when]
        if any(truth is False for _, truth in guards):
            continue
        waits_for = [guard for guard, truth in guards if truth is None and _can_be_asked(vocabulary[guard])]
        asked |= dict.fromkeys([*waits_for, fact_id])
    return tuple(asked)


def _can_be_asked(fact: Fact) -> bool:
    return fact.origin is Origin.TOLD
