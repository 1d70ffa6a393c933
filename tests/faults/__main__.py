"""`make faults`: rounds of harm under load, each held against the history. `python -m tests.faults --rounds 3 --seed 7 services database`."""

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.faults.clocks import wrong_clock
from tests.faults.field import Field, Say, open_field
from tests.faults.kafka.long import run as kafka_rounds
from tests.faults.report import Report
from tests.faults.restore.long import run as restore_rounds
from tests.faults.rounds import ROUNDS


async def clocks(say: Say, seed: int, rounds: int) -> list[str]:
    """One service's clock is ten minutes ahead, then ten behind, then right."""
    with tempfile.TemporaryDirectory(prefix="somlos-clocks-") as folder:
        return (await wrong_clock(Path(folder) / "cluster", say, seed=seed)).faults


async def kafka(say: Say, seed: int, rounds: int) -> list[str]:
    """Brokers killed, stopped, cut off and restarted. A broken promise ends it."""
    await kafka_rounds(seed, rounds, say)
    return []


async def restore(say: Say, seed: int, rounds: int) -> list[str]:
    """A cluster set back to a moment, and one carried on by its standby."""
    return await restore_rounds(seed, rounds)


APART = {"clocks": clocks, "kafka": kafka, "restore": restore}
"""Rounds with servers of their own."""


class Teller:
    """Says when things happen, and keeps the faults."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self.faults = 0

    def say(self, text: str) -> None:
        """One line, with the seconds since the start."""
        sys.stdout.write(f"[{time.monotonic() - self._began:6.1f} s] {text}\n")
        sys.stdout.flush()

    def report(self, report: Report) -> None:
        """How much was checked, and every fault."""
        self.say(f"  {sum(report.checked.values())} things checked, {len(report.faults)} faults")
        self.found(report.faults)

    def found(self, faults: Sequence[str]) -> None:
        """Counts and names them."""
        self.faults += len(faults)
        self.whole([f"  FAULT  {fault}" for fault in faults])

    def whole(self, lines: Sequence[str]) -> None:
        """Line by line."""
        for line in lines:
            self.say(line)


async def run(names: list[str], rounds: int, seed: int, folder: Path) -> int:
    """0 when no round left a fault."""
    teller = Teller()
    teller.say(
        f"seed {seed}, {rounds} rounds of: {', '.join(names)}; logs and history, kept when something is found: {folder}"
    )
    shared = [name for name in names if name in ROUNDS]
    if shared:
        await _in_one_cluster(shared, rounds, seed, folder, teller)
    for name in names:
        if name in APART:
            teller.say(f"== {name}: {APART[name].__doc__}")
            teller.found(await APART[name](teller.say, seed, rounds))
    teller.say("no faults" if not teller.faults else f"{teller.faults} FAULTS (again with: make faults SEED={seed})")
    return 1 if teller.faults else 0


async def _in_one_cluster(names: list[str], rounds: int, seed: int, folder: Path, teller: Teller) -> None:
    async with open_field(folder / "cluster", teller.say, seed=seed) as field:
        for number in range(1, rounds + 1):
            for name in names:
                teller.say(f"== round {number} of {rounds}, {name}: {ROUNDS[name].__doc__}")
                report = await _one(field, name)
                teller.report(report)
        teller.whole(report.lines())
        teller.whole(["recovery after kill -9, from the kill until it serves:", *field.recovery()])


async def _one(field: Field, name: str) -> Report:
    """One round and its check; where it went wrong the history is kept beside the logs."""
    try:
        await ROUNDS[name](field)
        report = await field.look()
    except BaseException:
        field.history.write(field.cluster.state.parent / "history.jsonl")
        raise
    if report.faults:
        field.history.write(field.cluster.state.parent / "history.jsonl")
    return report


def main() -> int:
    """Parse, run, clean up."""
    parser = argparse.ArgumentParser(prog="faults", description="Harms a cluster under load and checks its history.")
    parser.add_argument("names", nargs="*", help=f"some of: {', '.join([*ROUNDS, *APART])}; all when left out")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    chosen = parser.parse_args()
    known = [*ROUNDS, *APART]
    if unknown := [name for name in chosen.names if name not in known]:
        parser.error(f"no such round: {', '.join(unknown)}")
    folder = Path(tempfile.mkdtemp(prefix="somlos-faults-"))
    code = asyncio.run(run(chosen.names or known, chosen.rounds, chosen.seed, folder))
    if code == 0:
        shutil.rmtree(folder, ignore_errors=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
