"""All rights judged for one situation, and judged again when something has moved: only what asks about it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from services.rights.domain.condition import Asked, Condition, OfSiblings, Together
from services.rights.domain.fact import Vocabulary
from services.rights.domain.rule import Rule
from services.rights.domain.situation import Situation
from services.rights.domain.states import State
from services.rights.domain.verdict import Judgement, Verdict, judge

_NONE: frozenset[str] = frozenset()


class Catalogue:
    """Rules that are judged together: which of them ask what, and which conditions look at a fact."""

    def __init__(self, rules: Mapping[str, Rule], vocabulary: Vocabulary) -> None:
        self.rules, self.vocabulary = rules, vocabulary
        asking: dict[Asked, list[str]] = {}
        for right, rule in rules.items():
            for asked in rule.program.asked:
                asking.setdefault(asked, []).append(right)
        self._asking: Mapping[Asked, frozenset[str]] = {asked: frozenset(rights) for asked, rights in asking.items()}
        conditions = [asked for asked in asking if isinstance(asked, Condition)]
        self._of_fact = {
            fact: Together(found) for fact, found in _grouped((each.fact, each) for each in conditions).items()
        }
        self._of_rate = _grouped((rate, each) for each in conditions for rate in each.rates)
        self._of_siblings = tuple(asked for asked in asking if isinstance(asked, OfSiblings))
        self._about_cases = frozenset(right for right, rule in rules.items() if rule.needs_case)

    def judge_all(self, situation: Situation) -> "Standing":
        """Every rule applied to the situation."""
        known, settled = situation.known, situation.settled
        for fact, together in self._of_fact.items():
            settled.update(together.states(situation, known.get(fact)))
        judged = {right: judge(rule, situation, self.vocabulary) for right, rule in self.rules.items()}
        return Standing(self, situation, judged, frozenset(judged))

    def judge_again(self, before: "Standing", situation: Situation) -> "Standing":
        """Every rule applied to a situation that differs little from the one before: what came out as before is not judged again."""
        moved = self._moved(before.situation, situation)
        judged = dict(before.judged)
        for right in moved:
            judged[right] = judge(self.rules[right], situation, self.vocabulary)
        return Standing(self, situation, judged, moved)

    def _moved(self, old: Situation, new: Situation) -> frozenset[str]:
        """The rights that ask something which stands otherwise now. What stands as before is carried over."""
        was, settled = old.settled, new.settled
        settled.update(was)
        moved: set[str] = set(self._about_cases) if old.has_case != new.has_case else set()
        for asked, state in chain(self._by_facts(old, new), self._by_rates(old, new), self._by_siblings(old, new)):
            if state != was[asked]:
                settled[asked] = state
                moved |= self._asking[asked]
        if old.stale != new.stale:
            moved |= self._otherwise_stale(old, new)
        return frozenset(moved)

    def _by_facts(self, old: Situation, new: Situation) -> Iterator[tuple[Asked, State]]:
        was, known = old.known, new.known
        for fact, together in self._of_fact.items():
            before, value = was.get(fact), known.get(fact)
            if before is not value and before != value:
                yield from together.moved(new, before, value)

    def _by_rates(self, old: Situation, new: Situation) -> Iterator[tuple[Asked, State]]:
        if old.rates != new.rates:
            for rate, asking in self._of_rate.items():
                if old.rates.get(rate) != new.rates.get(rate):
                    yield from ((asked, asked.state(new)) for asked in asking)

    def _by_siblings(self, old: Situation, new: Situation) -> Iterator[tuple[Asked, State]]:
        if old.siblings != new.siblings or old.is_whole != new.is_whole:
            yield from ((asked, asked.state(new)) for asked in self._of_siblings)

    def _otherwise_stale(self, old: Situation, new: Situation) -> set[str]:
        rates = old.stale ^ new.stale
        return {right for rate in rates for asked in self._of_rate.get(rate, ()) for right in self._asking[asked]}


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """How all rights stand in one situation. `moved`: those judged anew, the others came out as in the standing before."""

    catalogue: Catalogue
    situation: Situation
    judged: Mapping[str, Judgement]
    moved: frozenset[str]

    def __getitem__(self, right: str) -> Judgement:
        """The judgement; its reasons read this situation, also when nothing that decides has moved."""
        found = self.judged[right]
        if found.walk is None or found.walk.situation is self.situation:
            return found
        return found._replace(walk=found.walk._replace(situation=self.situation))

    def __iter__(self) -> Iterator[str]:
        return iter(self.judged)

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """Every verdict."""
        return {right: found.verdict for right, found in self.judged.items()}


def _grouped(pairs: Iterable[tuple[str, Condition]]) -> Mapping[str, tuple[Condition, ...]]:
    found: dict[str, list[Condition]] = {}
    for key, asked in pairs:
        found.setdefault(key, []).append(asked)
    return {key: tuple(asked) for key, asked in found.items()}
