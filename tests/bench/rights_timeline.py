"""The whole timeline of one child, to its 26th birthday: every right, every day on which one can turn; and with ten times as many rights."""

import random
import time
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from services.rights.domain.timeline import Course, timeline
from services.rights.domain.told import Told
from services.rights.domain.tree import Value
from services.rights.store.rulebook import Rulebook, rulebook
from shared.dates import birthday
from tests.bench.harness import Row, in_turns
from tests.bench.rights_s50 import GROWTH, TIMES, multiplied
from tests.bench.world import World
from tests.services.rights.families import CHILD_FACTS, MOTHERS_FACTS

TODAY = date(2026, 11, 1)
FACTS: dict[str, Any] = {**CHILD_FACTS, **MOTHERS_FACTS}
ROUNDS, CHILDREN, UNTOLD, GROWN = 15, 10, 0.33, 26


async def measure(world: World) -> list[Row]:
    """All real rights, and ten times as many."""
    book = rulebook()
    many = replace(book, in_force=(multiplied(book),) * len(book.in_force))
    rng = random.Random(26)

    async def seconds(law: Rulebook) -> float:
        return _timed(law, [_child(rng) for _ in range(CHILDREN)])

    turns = await in_turns(partial(seconds, many), partial(seconds, book), rounds=ROUNDS)
    figures = (
        (f"{len(book.rules)} rights of one child to {GROWN}", f"{turns.peer_median * 1e3:.2f} ms"),
        (f"{TIMES} × the rights", f"{turns.our_median * 1e3:.2f} ms"),
    )
    how = f"{ROUNDS} rounds of {CHILDREN} children under two with other birthdays and other answers each."
    return [Row(name=f"Rights, the timeline to {GROWN}: {TIMES} × the rights", rounds=turns.ratios, limit=GROWTH, figures=figures, how=how)]  # fmt: skip


def _child(rng: random.Random) -> Told:
    facts: dict[str, Value] = {name: value for name, value in FACTS.items() if rng.random() > UNTOLD}
    born = TODAY - timedelta(days=rng.randrange(700))
    parent = date(1970 + rng.randrange(30), rng.randint(1, 12), rng.randint(1, 28))
    return Told(known={**facts, "birth_date": born, "parent_birth_date": parent}, told_on=TODAY)


def _timed(law: Rulebook, children: list[Told]) -> float:
    courses = dict.fromkeys(law.rules_on(TODAY), Course())
    began = time.process_time()
    for told in children:
        born = told.known["birth_date"]
        assert isinstance(born, date)
        timeline(law, told, courses, on=TODAY, until=birthday(born, GROWN))
    return (time.process_time() - began) / len(children)
