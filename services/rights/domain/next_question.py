"""The next best question over all rights (neste spørsmål): the one that settles most of what matters, at the least cost to be asked.

A question counts for every right that hangs on it: for what the right means to a family, by whether the right seems to concern them, and
for much less the more that right still waits for. That is divided by what the question costs. Questions that only rare ways into a right
hang on come after all others, and a sensitive one never stands first while another can. Between equals the one goes first that more of
its answers settle a right with. Related questions follow their first.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from services.rights.domain.answers_to import answers_to
from services.rights.domain.fact import Fact, Vocabulary
from services.rights.domain.questions import Steps
from services.rights.domain.relevance import relevance
from services.rights.domain.rule import Rule
from services.rights.domain.situation import Situation
from services.rights.domain.states import DOUBT, NO, YES, open_readings
from services.rights.domain.tree import Atom
from services.rights.domain.verdict import Judgement
from services.rights.domain.weights import Weights

_ENOUGH = 0.75  # of the first one's worth, to be asked along with it
_NEARLY_THERE = 1.5  # a power: who lacks half as much counts for nearly three times as much
_EQUAL = 9  # decimals
_STATE = {True: YES, False: NO, None: DOUBT}


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """A fact to ask for, the others in the same answer that are asked on one page with it, and the rights that hang on it."""

    fact: str
    together: tuple[str, ...]
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    """One question that could be asked now, with the rights that hang on it."""

    fact: Fact
    place: int
    worth: float
    only_rare: bool
    rules: tuple[Rule, ...]

    @property
    def standing(self) -> tuple[bool, float]:
        """Rare ways last, then what is worth most; a sensitive question is among the others, only never the first."""
        return self.only_rare, -round(self.worth, _EQUAL)


def next_questions(
    judged: Iterable[tuple[Rule, Judgement]],
    situation: Situation,
    vocabulary: Vocabulary,
    weights: Weights,
    *,
    limit: int,
    may_answer: Callable[[Fact], bool] = lambda _: True,
) -> tuple[NextQuestion, ...]:
    """What to ask next, best first, at most `limit`. `may_answer`: whether this reader is asked for the fact at all.

    What was asked and is not known is not asked again. The order is the same for the same facts.
    """
    candidates = _candidates(judged, situation, vocabulary, weights, may_answer)
    asked: list[_Candidate] = []
    for candidate in _in_order(candidates, situation):
        if len(asked) >= limit:
            break
        if candidate not in asked:
            asked += [candidate, *_along_with(candidate, candidates, weights, asked)]
    shown = asked[:limit]
    facts = [each.fact.id for each in shown]
    return tuple(
        NextQuestion(
            fact=each.fact.id,
            together=tuple(
                fact for fact in facts if fact != each.fact.id and fact in weights.of_one_kind(each.fact.id)
            ),
            rights=tuple(sorted(rule.id for rule in each.rules)),
        )
        for each in shown
    )


def _candidates(
    judged: Iterable[tuple[Rule, Judgement]],
    situation: Situation,
    vocabulary: Vocabulary,
    weights: Weights,
    may_answer: Callable[[Fact], bool],
) -> dict[str, _Candidate]:
    """Every question that can be asked now, with what it is worth."""
    hanging: dict[str, list[tuple[Rule, Judgement]]] = {}
    steps, worth = Steps(situation, vocabulary), dict[str, float]()
    for rule, judgement in judged:
        if not judgement.missing:
            continue
        worth[rule.id] = (
            weights.means(rule.id) * weights.share[relevance(rule, situation)] / len(judgement.missing) ** _NEARLY_THERE
        )
        for fact in {step for each in judgement.missing for step in steps.towards(each)} - situation.not_known:
            hanging.setdefault(fact, []).append((rule, judgement))
    return {
        fact.id: _Candidate(
            fact,
            place,
            sum(worth[rule.id] for rule, _ in hanging[fact.id]) / weights.cost[fact.id],
            all(judgement.only_rare for _, judgement in hanging[fact.id]),
            tuple(rule for rule, _ in hanging[fact.id]),
        )
        for place, fact in enumerate(vocabulary.values())
        if fact.id in hanging and may_answer(fact)
    }


def _in_order(candidates: dict[str, _Candidate], situation: Situation) -> Iterator[_Candidate]:
    ordered = sorted(candidates.values(), key=lambda each: (*each.standing, each.place))
    first = next((each for each in ordered if not each.fact.sensitive), None)
    if first is not None and ordered[0].fact.sensitive:
        equal = [each for each in ordered if each.standing == first.standing and not each.fact.sensitive]
        yield _most_settling(equal, situation)[0]
    for _, group in groupby(ordered, key=lambda each: each.standing):
        yield from _gently(_most_settling(list(group), situation))


def _gently(equals: list[_Candidate]) -> list[_Candidate]:
    """Between equals a sensitive question comes last."""
    return sorted(equals, key=lambda each: each.fact.sensitive)


def _most_settling(equals: list[_Candidate], situation: Situation) -> list[_Candidate]:
    """Between equals, those first of which more answers settle a right, either way."""
    if len(equals) == 1:
        return equals
    return sorted(equals, key=lambda each: (-_settles(each, situation), each.place))


def _settles(candidate: _Candidate, situation: Situation) -> float:
    """How many rights an answer settles, over the answers that make a difference."""
    fact = candidate.fact.id
    return sum(_share_settled(fact, rule, situation) for rule in candidate.rules)


def _share_settled(fact: str, rule: Rule, situation: Situation) -> float:
    program, rates = rule.program, situation.rates
    leaves = program.leaves(situation.settled)
    asking = {place: node for place, node in enumerate(program.nodes) if isinstance(node, Atom) and node.fact == fact}
    answers = answers_to(asking.values(), rates)
    settled = 0
    for answer in answers:
        states = {place: _STATE[atom.truth({fact: answer}, rates)] for place, atom in asking.items()}
        settled += not any(open_readings(program.run_with(leaves, states)))
    return settled / len(answers) if answers else 0.0


def _along_with(
    first: _Candidate, candidates: dict[str, _Candidate], weights: Weights, asked: list[_Candidate]
) -> list[_Candidate]:
    """The related ones that are worth asking now too; a sensitive one last."""
    related = [
        candidates[fact]
        for fact in weights.of_one_kind(first.fact.id)
        if fact in candidates and candidates[fact] is not first and candidates[fact] not in asked
    ]
    worthy = [each for each in related if each.worth >= first.worth * _ENOUGH and each.only_rare == first.only_rare]
    return sorted(worthy, key=lambda each: (each.fact.sensitive, each.place))
