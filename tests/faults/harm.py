"""What is done to a cluster under load, at points that a seed chooses."""

import random
import time
from collections import defaultdict
from dataclasses import dataclass, field

from tests.faults.apart import Apart
from tests.faults.pace import pause
from tests.faults.proxy import Fate

UNTOUCHED = frozenset({"supervisor", "issuer", "register", "kafka", "migrations", "postgres"})
"""Not ours to harm here: the issuer and the register stand for outside systems; PostgreSQL and Kafka have rounds of their own."""


@dataclass(slots=True)
class Harm:
    """Kills and cuts by a seed, and how long each part took to serve again."""

    cluster: Apart
    chance: random.Random
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def killable(self) -> list[str]:
        """Every service, gateway and worker."""
        return [part for part in self.cluster.parts() if part not in UNTOUCHED]

    async def kill(self, part: str) -> None:
        """`kill -9` at a seeded moment, and the wait until it serves again."""
        await pause(self.chance.uniform(0.0, 0.6))
        self.took[part].append(await self.cluster.kill(part))

    async def kill_some(self, count: int) -> None:
        """So many parts, one after the other."""
        for _ in range(count):
            await self.kill(self.chance.choice(self.killable()))

    async def kill_each(self) -> None:
        """Every part once, in a seeded order."""
        for part in self.chance.sample(self.killable(), len(self.killable())):
            await self.kill(part)

    async def cut(self, role: str) -> Fate:
        """For the proxy: a commit in eight ends in the dark, half of them done and half not; a few only take their time."""
        drawn = self.chance.random()
        if drawn < 0.06:
            return Fate.BEFORE
        if drawn < 0.12:
            return Fate.AFTER
        if drawn < 0.15:
            await pause(0.2)
        return Fate.PASS

    async def drop_connections(self, seconds: float) -> None:
        """All connections to the database break off at once, now and then, for so long."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            await pause(self.chance.uniform(0.3, 1.0))
            self.cluster.proxy.cut_all()
