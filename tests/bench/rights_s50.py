"""The rules of rights beside OpenFisca-Core, in one run.

S50 is a made-up catalogue of fifty rights that both have as their own (`s50.py`, `openfisca_s50.py`); OpenFisca runs in a process and a virtual
environment of its own (`requirements/bench.txt`), and both are timed in
processor time, each by its own clock. The people change from round to round, so that nothing remembered
from the last ones helps. Before the clock starts, both must have found the same rights for the same people. Our side gives for each right its verdict,
the facts that are missing, whether a rate was past its check, and the deciding part of the tree; OpenFisca's gives true or false. At the birthdays we
judge again what moved and read every verdict, with the reasons of those that moved.
"""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from deploy.local.layout import ROOT
from services.rights.domain.rule import Rule, rule
from services.rights.domain.standing import Catalogue, Standing
from services.rights.domain.tree import Assess, Atom, Branch, Known, Node, Not, Siblings
from services.rights.domain.verdict import Verdict
from services.rights.store.rulebook import Rulebook, rulebook
from tests.bench import s50
from tests.bench.harness import Better, Limit, Row, Turns, in_turns
from tests.bench.world import World
from tests.services.rights.families import CHILD_FACTS, MOTHERS_FACTS

PEER = ROOT / ".venv-bench" / "bin" / "python"
TODAY = date(2026, 11, 1)
BIRTHDAYS = [date(2027 + year, 4, 1) for year in range(12)]
ROUNDS, PEOPLE, ROUNDS_OF_BIRTHDAYS, PEOPLE_WITH_BIRTHDAYS = 15, 50, 9, 10
ONE, TWELVE = Limit(floor=10, aim=28), Limit(floor=28, aim=85)
GROWTH = Limit(floor=15, aim=11, better=Better.LOWER)
CHILDREN, TIMES, UNTOLD = 20, 10, 0.33


class Peer:
    """OpenFisca, asked over its pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def asks(self, work: str, people: Sequence[Known], days: Sequence[date]) -> Any:
        """What the peer answers."""
        wanted = {"work": work, "people": people, "days": days}
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps(wanted, default=date.isoformat).encode() + b"\n")
        await stdin.drain()
        return json.loads(await stdout.readline())


@asynccontextmanager
async def openfisca() -> AsyncIterator[Peer]:
    """The peer while it is needed."""
    process = await asyncio.create_subprocess_exec(
        str(PEER),
        str(ROOT / "tests" / "bench" / "openfisca_s50.py"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
        limit=1 << 24,
    )
    try:
        yield Peer(process)
    finally:
        process.terminate()
        await process.wait()


async def measure(world: World) -> list[Row]:
    """S50 beside OpenFisca, and how all real rights grow."""
    catalogue = Catalogue(s50.rules(), s50.VOCABULARY)
    async with openfisca() as peer:
        await _agree(catalogue, peer)
        once = await _in_turns(peer, "one", catalogue, rounds=ROUNDS, people=PEOPLE)
        birthdays = await _in_turns(peer, "twelve", catalogue, rounds=ROUNDS_OF_BIRTHDAYS, people=PEOPLE_WITH_BIRTHDAYS)
    return [_once(once, catalogue), _birthdays(birthdays), await _real()]


async def _agree(catalogue: Catalogue, peer: Peer) -> None:
    rng = random.Random(50)
    people, days = [s50.someone(rng) for _ in range(PEOPLE)], [TODAY, *BIRTHDAYS]
    theirs = await peer.asks("answers", people, days)
    ours = [[_holds(catalogue.judge_all(s50.situation_on(person, day))) for day in days] for person in people]
    again = [[_holds(each) for each in _at(catalogue, person, days)] for person in people]
    if theirs != ours or theirs != again:
        raise AssertionError("the two sides do not find the same rights: their times cannot be compared")


def _holds(standing: Standing) -> list[bool]:
    return [verdict is Verdict.LIKELY for verdict in standing.verdicts.values()]


async def _in_turns(peer: Peer, work: str, catalogue: Catalogue, *, rounds: int, people: int) -> Turns:
    """People a second, both sides with the same people, others in each round."""
    rng = random.Random(rounds)
    crowds = [[s50.someone(rng) for _ in range(people)] for _ in range(rounds + 1)]
    days = [TODAY] if work == "one" else BIRTHDAYS
    our_turn, their_turn = iter(crowds), iter(crowds)

    async def ours() -> float:
        crowd, spent = next(our_turn), _timed_once if work == "one" else _timed_birthdays
        return people / spent(catalogue, crowd)

    async def theirs() -> float:
        return people / float(await peer.asks(work, next(their_turn), days))

    return await in_turns(ours, theirs, rounds=rounds)


def _timed_once(catalogue: Catalogue, people: Sequence[Known]) -> float:
    began = time.process_time()
    for person in people:
        explained(catalogue.judge_all(s50.situation_on(person, TODAY)))
    return time.process_time() - began


def _timed_birthdays(catalogue: Catalogue, people: Sequence[Known]) -> float:
    began = time.process_time()
    for person in people:
        for standing in _at(catalogue, person, BIRTHDAYS):
            assert len(standing.verdicts) == s50.RIGHTS
            for right in standing.moved:
                assert standing[right].because.truth
    return time.process_time() - began


def _at(catalogue: Catalogue, person: Known, days: Sequence[date]) -> Iterator[Standing]:
    standing = catalogue.judge_all(s50.situation_on(person, days[0]))
    yield standing
    for day in days[1:]:
        standing = catalogue.judge_again(standing, s50.situation_on(person, day))
        yield standing


def explained(standing: Standing) -> int:
    """Everything an answer has, read right by right: verdict, what is missing, the rates past their check, the deciding part of the tree."""
    nodes = 0
    for right in standing:
        found = standing[right]
        assert found.verdict
        nodes += bool(found.missing) + bool(found.from_register) + bool(found.stale) + len(found.because.parts)
    return nodes


def _once(turns: Turns, catalogue: Catalogue) -> Row:
    rng = random.Random(33)
    some = [
        {name: value for name, value in s50.someone(rng).items() if name == "birth_date" or rng.random() > UNTOLD}
        for _ in range(PEOPLE)
    ]
    figures = (
        ("fifty verdicts with reasons and missing facts", f"{1e6 / turns.our_median:.0f} µs"),
        ("OpenFisca's fifty", f"{1e3 / turns.peer_median:.1f} ms"),
        ("with a third of the facts not told", f"{_timed_once(catalogue, some) / PEOPLE * 1e6:.0f} µs"),
    )
    how = f"{ROUNDS} rounds of {PEOPLE} people; OpenFisca by the handler of its web API, without HTTP."
    return Row(name="Rights, S50 for one person: times OpenFisca's rate", rounds=turns.ratios, limit=ONE, figures=figures, how=how)  # fmt: skip


def _birthdays(turns: Turns) -> Row:
    figures = (
        ("fifty rights at twelve birthdays", f"{1e3 / turns.our_median:.2f} ms"),
        ("OpenFisca's", f"{1e3 / turns.peer_median:.0f} ms"),
    )
    how = f"{ROUNDS_OF_BIRTHDAYS} rounds of {PEOPLE_WITH_BIRTHDAYS} people; OpenFisca with one simulation a birthday."
    return Row(name="Rights, S50 at 12 birthdays: times OpenFisca's rate", rounds=turns.ratios, limit=TWELVE, figures=figures, how=how)  # fmt: skip


async def _real() -> Row:
    """All real rights of one child, and the same with ten times as many rights."""
    book = rulebook()
    few, many = Catalogue(book.rules, book.vocabulary), Catalogue(multiplied(book), book.vocabulary)
    rng = random.Random(97)

    async def seconds(catalogue: Catalogue) -> float:
        return _timed_children(book, catalogue, rng)

    turns = await in_turns(partial(seconds, many), partial(seconds, few), rounds=ROUNDS)
    figures = (
        (f"{len(few.rules)} rights of one child, explained", f"{turns.peer_median * 1e3:.2f} ms"),
        (f"{len(many.rules)} rights", f"{turns.our_median * 1e3:.2f} ms"),
    )
    how = f"{ROUNDS} rounds of {CHILDREN} children with other ages and other answers each; the added rights are the real ones with other bounds."
    return Row(name=f"Rights, all real ones explained: {TIMES} × the rights", rounds=turns.ratios, limit=GROWTH, figures=figures, how=how)  # fmt: skip


def _timed_children(book: Rulebook, catalogue: Catalogue, rng: random.Random) -> float:
    facts = {**CHILD_FACTS, **MOTHERS_FACTS}
    children = [
        {
            **{name: value for name, value in facts.items() if rng.random() > UNTOLD},
            "birth_date": date(2006 + rng.randrange(20), rng.randint(1, 10), rng.randint(1, 28)),
            "parent_birth_date": date(1970 + rng.randrange(25), rng.randint(1, 12), rng.randint(1, 28)),
        }
        for _ in range(CHILDREN)
    ]
    began = time.process_time()
    for child in children:
        explained(catalogue.judge_all(book.situation(child, TODAY)))
    return (time.process_time() - began) / CHILDREN


def multiplied(book: Rulebook) -> dict[str, Rule]:
    """The real rights ten times over, each time with bounds that are a little higher."""
    return {
        f"{right}-{time_}": rule(
            f"{right}-{time_}",
            found.judged_for,
            _raised(found.tree, time_),
            found.confidence,
            relevant_when=(),
            vocabulary=book.vocabulary,
        )
        for time_ in range(TIMES)
        for right, found in book.rules.items()
    }


def _raised(node: Node, by: int) -> Node:
    match node:
        case Atom(comparisons=comparisons):
            return replace(node, comparisons=tuple(_higher(each, by) for each in comparisons))
        case Not(part=part) | Siblings(part=part):
            return replace(node, part=_raised(part, by))
        case Branch(parts=parts):
            return replace(node, parts=tuple(_raised(part, by) for part in parts))
        case Assess():
            return node


def _higher(comparison: Any, by: int) -> Any:
    bound = comparison.bound
    if isinstance(bound, bool) or not isinstance(bound, int | float):
        return comparison
    return replace(comparison, bound=bound + by)
