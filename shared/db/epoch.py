"""For the operator, after a database was set back to an earlier moment: what is told from now on counts as later than all that was told.

python -m shared.db.epoch SERVICE… [--tell-again-since 2026-11-24T00:00:00+01:00]
"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

_RAISE = text("update epoch set epoch = greatest(epoch, :highest) + 1 returning epoch")
_TELL_AGAIN = text(
    "with again as (update outbox set sent_at = null where at >= :since and sent_at is not null and topic like 'somlos.%' returning 1)"
    " select count(*) from again"
)


@dataclass(frozen=True, slots=True)
class Raised:
    """The service's new epoch, and how many events the relay will send again."""

    epoch: int
    told_again: int


async def raise_epoch(owner_url: str, *, highest: int = 0, tell_again_since: datetime | None = None) -> Raised:
    """As the schema's owner. `highest`: the highest epoch ever used, which a database that was set back may not know.

    `tell_again_since`: events to our own services from then on are sent once more with their own ids: a reader that was set back too lacks
    what it had read since. Partners are not set back, and have what they were sent.
    """
    engine = create_async_engine(owner_url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            epoch = int((await connection.execute(_RAISE, {"highest": highest})).scalar_one())
            told = 0
            if tell_again_since is not None:
                told = int((await connection.execute(_TELL_AGAIN, {"since": tell_again_since})).scalar_one())
            return Raised(epoch, told)
    finally:
        await engine.dispose()


async def raise_all(
    services: Sequence[str], file: Path | None, *, tell_again_since: datetime | None
) -> dict[str, Raised]:
    """Each service's; the owner's address stands in MIGRATION_DATABASE_URL_<SERVICE>. `file` keeps the highest epoch of each, outside the databases."""
    kept = _read(file)
    raised = {}
    for service in services:
        url = os.environ[f"MIGRATION_DATABASE_URL_{service.upper()}"]
        raised[service] = await raise_epoch(url, highest=kept.get(service, 0), tell_again_since=tell_again_since)
        kept[service] = raised[service].epoch
        _write(file, kept)
    return raised


def _read(file: Path | None) -> dict[str, int]:
    kept: dict[str, int] = json.loads(file.read_text()) if file and file.exists() else {}
    return kept


def _write(file: Path | None, kept: dict[str, int]) -> None:
    if file:
        draft = file.with_name(f".{file.name}.new")
        draft.write_text(json.dumps(kept))
        draft.replace(file)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line for each service."""
    parser = argparse.ArgumentParser(
        prog="raise-epoch", description="What is told from now on counts as later than all before."
    )
    parser.add_argument("service", nargs="+")
    parser.add_argument("--tell-again-since", type=datetime.fromisoformat, help="with a time zone")
    chosen, kept = parser.parse_args(arguments), os.environ.get("EPOCHS_FILE")
    since: datetime | None = chosen.tell_again_since
    if since is not None and since.tzinfo is None:
        parser.error("--tell-again-since needs a time zone, for example 2026-11-24T00:00:00+01:00")
    unknown = [name for name in chosen.service if f"MIGRATION_DATABASE_URL_{name.upper()}" not in os.environ]
    if unknown:
        parser.error(f"no address of the owner of {', '.join(unknown)}: MIGRATION_DATABASE_URL_<SERVICE>")
    raised = asyncio.run(raise_all(chosen.service, Path(kept) if kept else None, tell_again_since=since))
    for service, now in raised.items():
        sys.stdout.write(f"{service}: epoch {now.epoch}, {now.told_again} events are sent again\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
