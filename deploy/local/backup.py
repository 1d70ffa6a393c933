"""`somlos backup`: a base backup of the running cluster's PostgreSQL, and what is no longer needed removed."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from deploy.local.backups import Backups
from deploy.local.environment import needs_postgres
from deploy.local.layout import layout
from deploy.local.parts import postgres_server
from deploy.local.process import StartFailed

KEEP = 7


async def backup(keep: int) -> str:
    """What was done, as a sentence. Raises StartFailed."""
    if not needs_postgres():
        raise StartFailed("The databases are not ours: they are backed up where they run.")
    backups = Backups(postgres_server(layout()))
    taken = await backups.take()
    gone = await backups.prune(keep)
    size_mb = sum(file.stat().st_size for file in taken.folder.rglob("*") if file.is_file()) // 2**20
    return (
        f"{taken.folder} ({size_mb} MB). {len(backups.all())} kept, {len(gone)} removed, the log before the oldest too.\n"
        "Not in it, on purpose: data-keys, attachments, secrets, erasures.jsonl, epochs.json. How they are kept: docs/operations.md."
    )


def main(arguments: Sequence[str]) -> int:
    """0 when there is one more backup."""
    parser = argparse.ArgumentParser(prog="somlos backup", description="A base backup of PostgreSQL, while it runs.")
    parser.add_argument("--keep", type=int, default=KEEP, help=f"how many stay (default {KEEP})")
    chosen = parser.parse_args(arguments)
    if chosen.keep < 1:
        parser.error("keep at least one")
    try:
        print(asyncio.run(backup(chosen.keep)))
    except (StartFailed, OSError) as fault:
        print(f"No backup was made. {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
