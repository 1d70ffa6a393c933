"""Writes docs/performance.md and its plot: every ratio with its limits, the figures behind it and how they were got."""

import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import import_module, metadata
from pathlib import Path

from deploy.local.layout import ROOT
from tests.bench import plots
from tests.bench.harness import Row

PAGE, PLOT = ROOT / "docs" / "performance.md", ROOT / "docs" / "performance.svg"
PACKAGES = ("fastapi", "uvicorn", "sqlalchemy", "asyncpg", "aiokafka", "aiohttp")
INTRODUCTION = """# What the machinery costs

Written by `make bench`; change the measurements in [tests/bench](../tests/bench), never this page. `make bench NAME=relay` measures one subject and only
prints. `make bench` fails when a ratio is under its floor.

Every figure is a **ratio to the peer that does the same without us**, measured in the same run, on the same machine, database and broker: the service
called without the gateway, raw asyncpg running the same statements, raw aiokafka, bare FastAPI, and for the rules of rights OpenFisca-Core. Both sides are measured in turns, who begins changes
each round, and the ratio is the median of the rounds' own ratios, so that what else the machine does hits both. Absolute figures hold for the machine
of the run only.

*The same statements*: what one request was heard to send (SQLAlchemy's `before_cursor_execute`) is sent again by asyncpg with fresh ids, each transaction
with its `BEGIN` and `COMMIT`, with `set_config`, the access log's row and the outbox row. The parameters are made before the clock starts. The raw side
seals nothing, checks nothing and makes no answer. PostgreSQL runs as `make up` runs it: fsync on, row-level security on, as the service's own role.
Kafka is Apache Kafka with the topics, users and settings of `deploy/kafka`. Traces are written and requests are logged, as in operation.
"""


def write(found: Mapping[str, Sequence[Row]]) -> None:
    """The page and the plot beside it."""
    rows = [row for each in found.values() for row in each]
    PLOT.write_text(plots.ratios(rows), encoding="utf-8")
    parts = [
        INTRODUCTION,
        f"![Each ratio with its floor and its aim]({PLOT.name})\n",
        _table(rows),
        *_subjects(found),
        _machine(),
    ]
    PAGE.write_text("\n".join(parts), encoding="utf-8")


def _table(rows: Sequence[Row]) -> str:
    lines = [
        f"| {row.name} | **{row.printed}** | {row.span} | {row.as_printed(row.limit.floor)} | {row.as_printed(row.limit.aim)} | {row.verdict} |"
        for row in rows
    ]
    head = "| ratio | median | rounds | floor | aim | |\n| --- | --- | --- | --- | --- | --- |"
    note = "\n× is a multiple of the peer's time, where less is better (of the peer's rate for the consumer in batches and for rights beside OpenFisca, where more is); the others are a share of the peer's rate.\n"
    return "\n".join([head, *lines, note])


def _subjects(found: Mapping[str, Sequence[Row]]) -> list[str]:
    return ["## How each was got\n", *(_subject(name, rows) for name, rows in found.items())]


def _subject(name: str, rows: Sequence[Row]) -> str:
    said = (import_module(f"tests.bench.{name}").__doc__ or "").strip()
    lines = [
        f"- **{row.name}**: {'; '.join(f'{what} {value}' for what, value in row.figures)}. {row.how}" for row in rows
    ]
    return "\n".join([f"### `make bench NAME={name}`\n", said, "", *lines, ""])


def _machine() -> str:
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        "## The run\n\n"
        f"{datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores{_processor()}, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}; {versions}.\n"
    )


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    named = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return f" ({named})" if named else ""
