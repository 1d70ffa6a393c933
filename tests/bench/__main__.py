"""Measures: `python -m tests.bench` for everything and the report, `python -m tests.bench relay` for one subject. Exit code 1 under a floor."""

import argparse
import sys
import time
from importlib import import_module

import uvloop

from shared.memory import settle
from tests.bench import report
from tests.bench.harness import Row, failed
from tests.bench.world import World, open_world

SUBJECTS = (
    "gateway_proxy",
    "middleware",
    "submit",
    "status_page",
    "relay",
    "consumer",
    "event_latency",
    "whole_path",
    "overview",
    "rights_s50",
    "rights_timeline",
    "rights_bulk",
    "rights_http",
    "rights_questions",
)


def say(line: str) -> None:
    """One line for whoever waits."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def told(row: Row) -> str:
    """The row as one line."""
    floor, aim = row.as_printed(row.limit.floor), row.as_printed(row.limit.aim)
    figures = "; ".join(f"{name} {value}" for name, value in row.figures)
    return f"{row.name:54s} {row.printed:>6s}   floor {floor:>5s}   aim {aim:>5s}   {row.verdict}   ({figures})"


async def measure_all(names: tuple[str, ...]) -> dict[str, list[Row]]:
    """Every subject in turn; its rows are told as they come."""
    found: dict[str, list[Row]] = {}
    async with open_world() as world:
        for name in names:
            found[name] = await _measured(world, name)
    return found


async def _measured(world: World, name: str) -> list[Row]:
    began = time.monotonic()
    subject = import_module(f"tests.bench.{name}")
    settle()  # as every process does once it has started
    rows: list[Row] = await subject.measure(world)
    for row in rows:
        say(told(row))
    say(f"  {name}: {time.monotonic() - began:.0f} s")
    return rows


def main() -> int:
    """Measures, tells, and says with the exit code whether every floor holds."""
    parser = argparse.ArgumentParser(
        prog="bench", description="What the machinery costs, each figure beside its limit."
    )
    parser.add_argument(
        "names", nargs="*", choices=[*SUBJECTS, []], help="none: all, and docs/performance.md is written"
    )
    chosen = tuple(parser.parse_args().names) or SUBJECTS
    found = uvloop.run(measure_all(chosen))
    if chosen == SUBJECTS:
        report.write(found)
        say(f"written: {report.PAGE.name}")
    under = failed([row for rows in found.values() for row in rows])
    for row in under:
        say(f"UNDER THE FLOOR: {row.name}")
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main())
