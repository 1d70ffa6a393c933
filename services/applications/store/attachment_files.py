"""The content of attachments: sealed piece by piece in files outside the database, each named by its attachment's id."""

import asyncio
import hashlib
import os
import struct
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from services.applications.domain.attachment import ARCHIVE_END
from shared.crypto import Sealer

PIECE_BYTES = 256 * 1024
_LENGTH = struct.Struct(">I")
_UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class Stored:
    """What was written: plain size in bytes, SHA-256 of the plain content, its first bytes and its last `ARCHIVE_END`."""

    size: int
    sha256: str
    head: bytes
    tail: bytes


class AttachmentFiles:
    """One folder of sealed files. A file is complete under its final name or not there at all."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self._folder, self._sealer = folder, sealer
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def write(self, person: UUID, attachment_id: UUID, pieces: AsyncIterator[bytes]) -> Stored:
        """Seals the pieces with the person's key as they come, then puts the file in place, flushed to disk. A failure leaves nothing."""
        draft = self._path(attachment_id).with_suffix(_UNFINISHED)
        writer = _Writer(self._sealer, person, attachment_id)
        try:
            with await asyncio.to_thread(_create, draft) as file:
                async for piece in _even(pieces):
                    await asyncio.to_thread(file.write, writer.sealed(piece, last=False))
                await asyncio.to_thread(_finish, file, writer.sealed(b"", last=True))
            await asyncio.to_thread(self._put, draft, attachment_id)
        finally:
            draft.unlink(missing_ok=True)
        return writer.stored()

    async def read(self, person: UUID, attachment_id: UUID) -> AsyncIterator[bytes]:
        """The plain content, piece by piece. Raises Erased, FileNotFoundError, or ValueError when it was cut or changed."""
        with await asyncio.to_thread(self._path(attachment_id).open, "rb") as file:
            pieces = _opened(file, self._sealer, person, attachment_id)
            while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
                yield piece

    async def remove(self, attachment_id: UUID) -> None:
        """Removes the file, if it is there."""
        await asyncio.to_thread(self._path(attachment_id).unlink, missing_ok=True)

    async def older_than(self, moment: float) -> list[UUID]:
        """Ids of the files last written before the moment (seconds since the epoch); unfinished ones that old are removed."""
        return await asyncio.to_thread(self._older_than, moment)

    def _older_than(self, moment: float) -> list[UUID]:
        found = []
        for entry in sorted(self._folder.iterdir()):
            if entry.stat().st_mtime >= moment:
                continue
            if entry.suffix == _UNFINISHED:
                entry.unlink(missing_ok=True)
            else:
                found.append(UUID(entry.name))
        return found

    def _path(self, attachment_id: UUID) -> Path:
        return self._folder / str(attachment_id)

    def _put(self, draft: Path, attachment_id: UUID) -> None:
        draft.rename(self._path(attachment_id))
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class _Writer:
    """Seals pieces in order and counts what passed. Each is bound to its number, the last one is marked: none can be moved, dropped or cut off."""

    def __init__(self, sealer: Sealer, person: UUID, attachment_id: UUID) -> None:
        self._sealer, self._person, self._id = sealer, person, attachment_id
        self._number, self._size, self._sha256, self._head, self._tail = 0, 0, hashlib.sha256(), b"", b""

    def sealed(self, piece: bytes, *, last: bool) -> bytes:
        self._size += len(piece)
        self._sha256.update(piece)
        self._head = self._head or piece
        self._tail = (self._tail + piece)[-ARCHIVE_END:]
        sealed = self._sealer.seal(self._person, piece, _place(self._id, self._number, last))
        self._number += 1
        return _LENGTH.pack(len(sealed)) + sealed

    def stored(self) -> Stored:
        return Stored(self._size, self._sha256.hexdigest(), self._head, self._tail)


def _place(attachment_id: UUID, number: int, last: bool) -> tuple[str, str, UUID]:
    return "attachment", f"content.{number}{'.last' if last else ''}", attachment_id


def _create(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _finish(file: BinaryIO, last: bytes) -> None:
    file.write(last)
    file.flush()
    os.fsync(file.fileno())


def _opened(file: BinaryIO, sealer: Sealer, person: UUID, attachment_id: UUID) -> Iterator[bytes]:
    number, sealed = 0, _piece(file)
    while sealed:
        following = _piece(file)
        plain = sealer.unseal(person, sealed, _place(attachment_id, number, following is None))
        if plain:
            yield plain
        number, sealed = number + 1, following
    if number == 0:
        raise ValueError("the file is empty")


def _piece(file: BinaryIO) -> bytes | None:
    header = file.read(_LENGTH.size)
    if not header:
        return None
    if len(header) < _LENGTH.size:
        raise ValueError("the file was cut")
    return file.read(_LENGTH.unpack(header)[0])


async def _even(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same bytes in pieces of one size, the last one shorter."""
    waiting = bytearray()
    async for piece in pieces:
        waiting += piece
        while len(waiting) >= PIECE_BYTES:
            yield bytes(waiting[:PIECE_BYTES])
            del waiting[:PIECE_BYTES]
    if waiting:
        yield bytes(waiting)
