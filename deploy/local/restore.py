"""`somlos restore --to MOMENT`: the stopped cluster's PostgreSQL as it was at a moment; what must follow is done before anything starts.

1. base backup and log, to the moment        2. the epochs raised, what our services may lack marked to be told again
3. their topics emptied (partners' are not)   4. the schemas of today, and who was erased is erased again
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta

from deploy.local import empty_topics
from deploy.local.backups import Backups
from deploy.local.environment import foreign_kafka, needs_postgres
from deploy.local.layout import Layout, layout
from deploy.local.parts import epoch_command, erase_command, kafka_broker, migrations, postgres_server
from deploy.local.process import Command, StartFailed, run_in_front
from deploy.local.record import Lock
from deploy.local.topics import declared


async def restore(where: Layout, moment: datetime | None, *, undo: bool) -> None:
    """Everything, or a StartFailed that says how far it came; done again it begins at the beginning. Nothing runs afterwards."""
    if not needs_postgres() or foreign_kafka():
        raise StartFailed("Databases or Kafka are not ours: docs/operations.md has the steps, one by one.")
    server = postgres_server(where)
    backups = Backups(server)
    chosen = backups.newest_before(moment)
    print(f"1. {chosen.folder}, then the log to {moment.isoformat() if moment else 'its end'}")
    try:
        before = await backups.restore(chosen, moment, undo=undo)
        print(f"   The data as it was is kept in {before}: remove it when all is well.")
        again_since = (moment or chosen.taken_at) - timedelta(milliseconds=declared().retention_ms)
        await _run("2. epochs", epoch_command(where, ["--tell-again-since", again_since.isoformat()]))
        print(f"3. {await _empty_topics(where)} partitions of our own topics emptied")
        await _run("4. schemas and erasures", migrations(where))
        await _run("", erase_command(where, ["--again"]))
    finally:
        await server.stop()


async def _empty_topics(where: Layout) -> int:
    broker = kafka_broker(where)
    await broker.start()
    try:
        admin, ours = broker.credentials("admin").librdkafka(), empty_topics.ours(broker.declaration)
        return await asyncio.to_thread(empty_topics.empty, admin, ours)
    finally:
        await broker.stop()


async def _run(title: str, command: Command) -> None:
    if title:
        print(title, flush=True)
    if await asyncio.to_thread(run_in_front, command) != 0:
        raise StartFailed("The last step failed, see above. Nothing was started; repair, and restore again.")


def main(arguments: Sequence[str]) -> int:
    """0 when `make up` may follow."""
    parser = argparse.ArgumentParser(prog="somlos restore", description="Sets the databases back to a moment.")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--to", type=datetime.fromisoformat, help="with a time zone")
    which.add_argument("--latest", action="store_true", help="as far as the log goes")
    undo = "as if nothing had been restored since the backup: when the moment of the last restore was the wrong one"
    parser.add_argument("--undo", action="store_true", help=undo)
    chosen, where = parser.parse_args(arguments), layout()
    if chosen.to is not None and chosen.to.tzinfo is None:
        parser.error("--to needs a time zone, for example 2026-11-25T02:15:00+01:00")
    lock = Lock(where)
    if not lock.take():
        print("Sømløs runs from this folder. Stop it first: make down", file=sys.stderr)
        return 1
    try:
        asyncio.run(restore(where, chosen.to, undo=chosen.undo))
    except (StartFailed, OSError) as fault:
        print(f"Not restored. {fault}", file=sys.stderr)
        return 1
    finally:
        lock.release()
    print("Restored. Start it: make up")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
