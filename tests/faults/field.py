"""Where the long rounds take place: a cluster with families that live in it, and a history that every round adds to."""

import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.apart import Apart, apart
from tests.faults.checker import check
from tests.faults.harm import Harm
from tests.faults.history import History
from tests.faults.load import Family, living, open_families
from tests.faults.look import look_at
from tests.faults.proxy import passed
from tests.faults.report import Report

GOALS = {"a service": 5.0, "the database": 5.0}
"""Seconds after a `kill -9` until it serves again."""
Say = Callable[[str], None]


@dataclass
class Field:
    """The cluster, its families, what they have done so far, and how long each killed part was away."""

    cluster: Apart
    families: list[Family]
    history: History
    harm: Harm
    say: Say

    @asynccontextmanager
    async def under_load(self) -> AsyncIterator[None]:
        """The families live while the block does its harm; then commits are left alone again."""
        try:
            async with living(self.families):
                yield
        finally:
            self.cluster.proxy.decide = passed

    async def look(self) -> Report:
        """Everything that has happened here so far, held against everything that is there now."""
        return check(self.history, await look_at(self.cluster, self.history, self.families))

    def recovery(self) -> list[str]:
        """How long the killed parts were away, with the goal beside it."""
        lines = []
        for part, times in sorted(self.harm.took.items()):
            goal = GOALS["the database" if part == "postgres" else "a service"]
            lines.append(
                f"  {part:22} {len(times):3} times, worst {max(times):4.1f} s, typical {sorted(times)[len(times) // 2]:4.1f} s   (goal {goal:.0f} s)"
            )
        return lines


@asynccontextmanager
async def open_field(folder: Path, say: Say, *, seed: int) -> AsyncIterator[Field]:
    """A cluster of separate processes in that folder, and the families."""
    history = History()
    async with apart(folder, "--separate") as cluster, AsyncExitStack() as stack:
        families = await open_families(cluster, history, stack, seed=seed)
        yield Field(cluster, families, history, Harm(cluster, random.Random(seed)), say)
