"""For the operator, in mapping's environment: a person is erased everywhere.

python -m services.mapping.erase PERSON…     by inner id
python -m services.mapping.erase --number    by national identity number, asked for and not shown
python -m services.mapping.erase --again     everyone on the list once more: after a restore
"""

import argparse
import asyncio
import getpass
import sys
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from services.mapping.features.erase_person import Erasure, erase_person
from services.mapping.settings import Settings
from services.mapping.store import erasures, persons
from shared.auth.principals import Kind, Principal, Subject
from shared.clock import Clock, SystemClock
from shared.crypto import FileKeyProvider, Sealer, read_hex_key
from shared.db.transaction import Database, Transaction
from shared.domain import NationalId, Unavailable

NAME = "mapping"


async def erase(settings: Settings, wanted: Sequence[UUID], file: Path, *, clock: Clock | None = None) -> list[Erasure]:
    """Notes and erases each, one transaction each."""
    lookup_key, made, done = read_hex_key(settings.lookup_key_file), _database(settings, clock), []
    try:
        for person in wanted:
            if person not in erasures.noted(file):
                erasures.note(file, person, at=made.clock.now())
            async with made.begin(_for(person)) as tx:
                done.append(await erase_person(tx, person, lookup_key=lookup_key))
    finally:
        await made.close()
    return done


async def known(settings: Settings, wanted: Sequence[UUID]) -> list[UUID]:
    """Those of them who are known here."""
    made = _database(settings, None)
    try:
        async with made.begin(_for(*wanted)) as tx:
            return [each.id for each in await persons.load(tx, wanted)]
    finally:
        await made.close()


async def find(settings: Settings, number: NationalId) -> UUID | None:
    """The inner id of the person with the number."""
    made, digest = _database(settings, None), persons.digest(read_hex_key(settings.lookup_key_file), number)
    try:
        async with made.begin(_for()) as tx:
            return (await persons.lock(tx, [digest])).get(digest)
    finally:
        await made.close()


def _for(*people: UUID) -> Principal:
    return Principal(Kind.WORKER, NAME, service=NAME, subjects={person: Subject("erasure") for person in people})


def _database(settings: Settings, clock: Clock | None) -> Database:
    async def tell_nobody(tx: Transaction, row: object) -> None:
        """Nothing is read of anyone here."""

    sealer = Sealer(FileKeyProvider(settings.data_keys_dir, NAME, read_hex_key(settings.master_key_file)))
    url = settings.database_url.get_secret_value()
    return Database(url, service=NAME, sealer=sealer, pool_size=1, clock=clock or SystemClock(), tell=tell_nobody)


def _wanted(settings: Settings, chosen: argparse.Namespace, file: Path) -> list[UUID]:
    """Whom to erase. Ends with a sentence when someone is neither known here nor on the list."""
    listed = erasures.noted(file)
    if chosen.again:
        return listed
    people: list[UUID] = chosen.person
    if chosen.number:
        found = asyncio.run(find(settings, NationalId(getpass.getpass("National identity number: ").strip())))
        if found is None:
            raise SystemExit("Nobody here has that number: nothing is kept.")
        people = [*people, found]
    strangers = set(people) - set(listed) - set(asyncio.run(known(settings, people)))
    if strangers:
        raise SystemExit(f"Nobody here has this id: {', '.join(sorted(map(str, strangers)))}. Nothing was erased.")
    return people


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when mapping has forgotten them and the others are being told."""
    parser = argparse.ArgumentParser(prog="erase", description="Erases a person everywhere. It cannot be undone.")
    parser.add_argument("person", nargs="*", type=UUID, help="inner id")
    parser.add_argument("--number", action="store_true", help="ask for a national identity number; it is not shown")
    parser.add_argument("--again", action="store_true", help="everyone on the list, after a restore")
    chosen, settings = parser.parse_args(arguments), Settings()
    if not (chosen.person or chosen.number or chosen.again):
        parser.error("say whom: an inner id, --number or --again")
    if settings.erasures_file is None:
        parser.error("ERASURES_FILE is not set: the list must outlive every backup")
    try:
        wanted = _wanted(settings, chosen, settings.erasures_file)
        erasures_done = asyncio.run(erase(settings, wanted, settings.erasures_file))
    except Unavailable:
        sys.stderr.write(
            "The database of mapping does not answer. Whoever was noted is on the list: the same command again ends it.\n"
        )
        return 1
    for done in erasures_done:
        sys.stdout.write(
            f"{done.person}: {'erased' if done.known else 'was erased before; the services are told again'}\n"
        )
        for number in done.organisations:
            sys.stdout.write(f"  {number} has read of this person, and keeps what it took over: tell it\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
