"""How many questions it takes until nine in ten of all rights are decided: the next best question against the order in which the facts are
written in `facts.yaml`, for made-up families over the real rules. Both keep every question's guard, ask no register and no one twice, and
one answer in twenty is "I don't know". A right is decided when nothing that can be asked changes it. Our side asks three questions at a time, as a page
would, and orders anew after each page; the peer goes down the file like a form. The families of the report are not those that the order was tried on."""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.rights.domain.fact import Origin, Subject
from services.rights.domain.next_question import next_questions
from services.rights.domain.questions import Steps
from services.rights.domain.rule import Rule
from services.rights.domain.situation import Situation
from services.rights.domain.standing import Catalogue, Standing
from services.rights.domain.verdict import Judgement
from services.rights.store.questions import weights
from services.rights.store.rulebook import Rulebook, rulebook
from tests.bench.harness import Better, Limit, Row
from tests.bench.rights_families import Family, families
from tests.bench.world import World

DAY = date(2026, 11, 25)
TRIED_ON, REPORTED_ON = 1, (101, 102, 103)
A_ROUND, A_PAGE = 40, 3
LIMIT = Limit(floor=0.65, aim=0.60, better=Better.LOWER)
NINE_IN_TEN = 0.9
SHARES = (0.5, 0.75, NINE_IN_TEN)


@dataclass(slots=True)
class Talk:
    """One family's conversation so far."""

    family: Family
    book: Rulebook
    catalogue: Catalogue
    not_known: set[str] = field(default_factory=set)
    asked: int = 0
    standing: Standing = field(init=False)

    def __post_init__(self) -> None:
        self.standing = self.catalogue.judge_all(self.book.situation(dict(self.family.from_registers), DAY))

    @property
    def situation(self) -> Situation:
        """What is known so far."""
        return self.standing.situation

    @property
    def judged(self) -> list[tuple[Rule, Judgement]]:
        """Every right as it stands."""
        return [(rule, self.standing[right]) for right, rule in self.catalogue.rules.items()]

    def answer(self, fact: str) -> None:
        """One more question is asked and answered."""
        self.asked += 1
        known = {**self.situation.known}
        if fact in self.family.does_not_know:
            self.not_known.add(fact)
        else:
            known[fact] = self.family.truth[fact]
        situation = self.book.situation(known, DAY, not_known=frozenset(self.not_known))
        self.standing = self.catalogue.judge_again(self.standing, situation)

    def worth_asking(self) -> set[str]:
        """What an open right hangs on and can be asked for now."""
        return {fact for facts in self._open() for fact in facts}

    def decided(self) -> float:
        """The share of all rights that nothing asked can change any more."""
        return 1 - len(self._open()) / len(self.catalogue.rules)

    def _open(self) -> list[set[str]]:
        steps = Steps(self.situation, self.book.vocabulary)
        found = (
            {step for fact in judgement.missing for step in steps.towards(fact)} - self.not_known
            for _, judgement in self.judged
        )
        return [facts for facts in found if facts]


Asking = Callable[[Talk], Sequence[str]]


def best(talk: Talk) -> Sequence[str]:
    """A page of next best questions."""
    found = next_questions(talk.judged, talk.situation, talk.book.vocabulary, weights(), limit=A_PAGE)
    return [each.fact for each in found]


def as_written(talk: Talk) -> Sequence[str]:
    """The next fact of the file that can be asked for, whatever hangs on it."""
    return _first(talk, talk.book.vocabulary)


def as_written_when_it_matters(talk: Talk) -> Sequence[str]:
    """The next fact of the file that a right still hangs on."""
    matters = talk.worth_asking()
    return _first(talk, (fact for fact in talk.book.vocabulary if fact in matters))


def _first(talk: Talk, order: Iterable[str]) -> Sequence[str]:
    situation, vocabulary = talk.situation, talk.book.vocabulary
    for fact_id in order:
        fact = vocabulary[fact_id]
        if fact.origin is not Origin.TOLD or fact.subject is Subject.CASE:
            continue
        if fact_id in situation.known or fact_id in talk.not_known:
            continue
        if all(guard.truth(situation.known, situation.rates) for guard in fact.ask_when):
            return (fact_id,)
    return ()


def questions(family: Family, asking: Asking, catalogue: Catalogue) -> dict[float, int]:
    """How many questions until each share of the rights is decided."""
    talk, found = Talk(family, rulebook(), catalogue), dict[float, int]()
    while len(found) < len(SHARES):
        page = asking(talk)
        for fact in page or ("",):
            found |= {share: talk.asked for share in SHARES if share not in found and talk.decided() >= share}
            if not page:
                return dict.fromkeys(SHARES, talk.asked) | found
            if len(page) == 1 or fact in talk.worth_asking():
                talk.answer(fact)
    return found


def mean(seed: int, number: int, asking: Asking) -> dict[float, float]:
    """The mean over so many families."""
    book = rulebook()
    catalogue = Catalogue(book.rules, book.vocabulary)
    made = families(book.facts, number=number, seed=seed, on=DAY)
    found = [questions(family, asking, catalogue) for family in made]
    return {share: statistics.mean(each[share] for each in found) for share in SHARES}


def milliseconds(work: Callable[[], object]) -> str:
    """The mean of some turns."""
    began = time.perf_counter()
    for _ in range(A_ROUND):
        work()
    return f"{(time.perf_counter() - began) / A_ROUND * 1000:.2f} ms"


async def measure(world: World) -> list[Row]:  # every subject is measured in the world
    """One row: our questions as a share of the form's."""
    ours, form, skipping = (
        [mean(seed, A_ROUND, asking) for seed in REPORTED_ON]
        for asking in (best, as_written, as_written_when_it_matters)
    )
    book = rulebook()
    first = Talk(families(book.facts, number=1, seed=TRIED_ON, on=DAY)[0], book, Catalogue(book.rules, book.vocabulary))
    return [
        Row(
            name="questions until 90 % of all rights are decided",
            rounds=tuple(mine[NINE_IN_TEN] / theirs[NINE_IN_TEN] for mine, theirs in zip(ours, form, strict=True)),
            limit=LIMIT,
            figures=(
                *((f"to {share:.0%}", _told(share, ours, form, skipping)) for share in SHARES),
                ("a page takes", milliseconds(lambda: best(first))),
                ("judging every right", milliseconds(lambda: first.catalogue.judge_all(fresh(first)))),
            ),
            how=(
                f"{len(REPORTED_ON)} rounds of {A_ROUND} families each (seeds {', '.join(map(str, REPORTED_ON))}; the order was tried on seed {TRIED_ON}). "
                "Part of the difference is that the form asks what nothing hangs on any more; the third figure is a form that leaves that out."
            ),
        )
    ]


def fresh(talk: Talk) -> Situation:
    """The family's situation with nothing asked of it yet."""
    return talk.book.situation(dict(talk.family.from_registers), DAY)


def _told(share: float, *sides: Sequence[dict[float, float]]) -> str:
    ours, form, skipping = (statistics.mean(each[share] for each in side) for side in sides)
    return f"{ours:.1f} of {form:.1f} questions ({skipping:.1f} when the form leaves out what does not matter)"
