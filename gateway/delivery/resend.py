"""For the operator, in the worker's environment: sends a partner again what it was told.

python -m gateway.delivery.resend 312480018 --since 2026-11-01T00:00:00+01:00 [--application UUID]
"""

import argparse
import asyncio
import sys
from datetime import datetime
from uuid import UUID

from gateway.delivery.features.tell_again import tell_again
from gateway.delivery.settings import Settings
from gateway.delivery.store.partners import read_partners
from gateway.delivery.worker import NAME
from shared.auth.principals import worker
from shared.crypto import FileKeyProvider, Sealer, read_hex_key
from shared.db.transaction import Database


async def resend(settings: Settings, organisation: str, *, since: datetime, application_id: UUID | None) -> int:
    """How many events the relay will send again."""
    sealer = Sealer(FileKeyProvider(settings.data_keys_dir, NAME, read_hex_key(settings.master_key_file)))
    database = Database(settings.database_url.get_secret_value(), service=NAME, sealer=sealer, pool_size=1)
    try:
        async with database.begin(worker(NAME)) as tx:
            return await tell_again(tx, organisation, since=since, application_id=application_id)
    finally:
        await database.close()


def main(arguments: list[str] | None = None) -> int:
    """0 when it was asked for; the running worker does it."""
    parser = argparse.ArgumentParser(prog="resend", description="Sends a partner its events again, with the same ids.")
    parser.add_argument("organisation", help="the partner's organisation number")
    parser.add_argument("--since", type=datetime.fromisoformat, required=True, help="with a time zone")
    parser.add_argument("--application", type=UUID, help="of one application only")
    chosen, settings = parser.parse_args(arguments), Settings()
    if chosen.since.tzinfo is None:
        parser.error("--since needs a time zone, for example 2026-11-24T00:00:00+01:00")
    if chosen.organisation not in read_partners(settings.organisations_file):
        parser.error("no partner has that organisation number")
    count = asyncio.run(resend(settings, chosen.organisation, since=chosen.since, application_id=chosen.application))
    sys.stdout.write(f"{count} events are sent again\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
