"""The long form of Kafka's faults, for `make faults`: every fault several times, at moments chosen by a seed."""

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from tests.faults.kafka import rounds
from tests.faults.kafka.brokers import Brokers, running
from tests.faults.kafka.held import held
from tests.faults.kafka.pressure import a_replay_reads, ten_thousand_rows_wait
from tests.faults.kafka.refusals import fenced, out_of_step, refused
from tests.shared.toy import OpenToy, toys
from tests.support.clock import MovableClock
from tests.support.keys import make_keys
from tests.support.run import outside_pytest

HELD_SECONDS = 20.0
LONE: tuple[rounds.Fault, ...] = (
    rounds.the_only_one_is_killed,
    rounds.the_only_one_stands_still,
    rounds.consumers_come_and_go,
)
THREE: tuple[rounds.Fault, ...] = (
    rounds.a_leader_is_killed,
    rounds.a_leader_is_killed_in_a_batch,
    rounds.two_are_killed,
    rounds.one_is_cut_off,
    rounds.each_is_restarted,
)


async def run(seed: int, rounds: int, say: Callable[[str], None] = lambda _: None) -> list[str]:
    """Every fault, that many times. The lines say what was found; raises AssertionError on a broken promise."""
    chosen, lines = random.Random(seed), []

    def tell(line: str) -> None:
        lines.append(line)
        say(line)

    async with outside_pytest():
        with tempfile.TemporaryDirectory(prefix="somlos-kafka-faults-") as name:
            await _one_broker(Path(name), chosen, rounds, tell)
            await _three_brokers(Path(name), chosen, rounds, tell)
    return lines


async def _one_broker(folder: Path, chosen: random.Random, times: int, tell: Callable[[str], None]) -> None:
    async with running(folder / "lone", 1) as brokers:
        for number in range(1, times + 1):
            for fault in LONE:
                tell(f"one broker, round {number}, {await _round(folder, brokers, fault, chosen)}")
            for refusal in (fenced, out_of_step):
                async with _toys(folder) as toy:
                    tell(f"one broker, round {number}, {await refused(toy, brokers, refusal)}")
            async with _toys(folder) as toy:
                found = await held(toy, brokers, folder, seconds=HELD_SECONDS)
                tell(f"one broker, round {number}, a consumer held for {HELD_SECONDS:.0f} s: {found}")
        async with _toys(folder) as toy:
            tell(await ten_thousand_rows_wait(toy, brokers, waiting=10_000))
            tell(await a_replay_reads(toy, brokers, at_least=10_000))


async def _three_brokers(folder: Path, chosen: random.Random, times: int, tell: Callable[[str], None]) -> None:
    async with running(folder / "three", 3) as brokers:
        for number in range(1, times + 1):
            for fault in THREE:
                tell(f"three brokers, round {number}, {await _round(folder, brokers, fault, chosen)}")


async def _round(folder: Path, brokers: Brokers, fault: rounds.Fault, chosen: random.Random) -> str:
    async with _toys(folder) as toy:
        return await rounds.under_load(
            toy, brokers, fault, before=chosen.randint(20, 200), after=chosen.randint(20, 100)
        )


@asynccontextmanager
async def _toys(folder: Path) -> AsyncIterator[OpenToy]:
    """Fresh databases for one round."""
    own = Path(tempfile.mkdtemp(dir=folder))
    async with toys(own, await asyncio.to_thread(make_keys, own), MovableClock()) as toy:
        yield toy
