"""The rules as they were: every data file that decides, packed, once for each digest."""

import asyncio
import json
import zlib
from functools import lru_cache

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from services.rights.store.files import DataFault, Packed, packed
from services.rights.store.rulebook import Rulebook, read_rulebook, rulebook
from services.rights.store.tables import rules_pack as table
from shared.db.transaction import Transaction

_BOOKS_IN_MEMORY = 4
_IS_KEPT = select(table.c.digest).where(table.c.digest == bindparam("digest"))
_CONTENT = select(table.c.content).where(table.c.digest == bindparam("digest"))
_KEEP = insert(table).on_conflict_do_nothing()


async def keep(tx: Transaction, digest: str) -> None:
    """Stores the rules of now, whose digest this is, unless they are stored."""
    if (await tx.connection.execute(_IS_KEPT, {"digest": digest})).first() is None:
        values = {"digest": digest, "content": pack(packed()), "stored_at": tx.at}
        await tx.connection.execute(_KEEP, values)


async def book_of(tx: Transaction, digest: str) -> Rulebook | None:
    """The rules of that digest; None when they are not stored, or when this version of the service cannot read them."""
    if digest == rulebook().digest:
        return rulebook()
    content = (await tx.connection.execute(_CONTENT, {"digest": digest})).scalar_one_or_none()
    if content is None:
        return None
    try:
        return await asyncio.to_thread(_read, content)
    except DataFault:
        return None


def pack(files: Packed) -> bytes:
    """The files as one, compressed: always the same bytes for the same files."""
    named = {name: content.decode() for name, content in sorted(files.files.items())}
    return zlib.compress(json.dumps(named, ensure_ascii=False, separators=(",", ":")).encode(), level=9)


def unpack(content: bytes) -> Packed:
    """The files again."""
    return Packed({name: text.encode() for name, text in json.loads(zlib.decompress(content)).items()})


@lru_cache(_BOOKS_IN_MEMORY)
def _read(content: bytes) -> Rulebook:
    return read_rulebook(unpack(content))
