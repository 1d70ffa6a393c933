"""Sealing of what identifies or describes a person: one data key per (service, person), kept outside the database."""

import hashlib
import hmac
import os
from collections import OrderedDict
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.domain import Erased

_VERSION = b"\x01"
_NONCE_BYTES = 12
_KEY_BYTES = 32
_CACHED_KEYS = 10_000


class KeyProvider(Protocol):
    """Keeps the data keys: files locally, a key management service in production. Answers at memory or local-disk speed."""

    def data_key(self, person: UUID, *, create: bool) -> bytes:
        """The person's 32-byte data key. Raises Erased when it was destroyed or, without `create`, never made."""
        ...

    def destroy(self, person: UUID) -> None:
        """Destroys the person's key for good: erasure. Again has no effect."""
        ...

    def is_erased(self, person: UUID) -> bool:
        """Whether the person was erased here. Whoever never had a key was not."""
        ...


class FileKeyProvider:
    """Data keys wrapped by a master key, one file a person: `<folder>/<service>/<person>.key`; an erased person leaves `<person>.erased`."""

    def __init__(self, folder: Path, service: str, master_key: bytes) -> None:
        self._folder, self._service = folder / service, service
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._wrap = AESGCM(master_key)
        self._cache: OrderedDict[UUID, bytes] = OrderedDict()

    def data_key(self, person: UUID, *, create: bool) -> bytes:
        """The person's key, from memory or disk, made when asked to. Raises Erased."""
        if self.is_erased(person):  # looked at each time: another process may have erased the person
            raise Erased
        if key := self._cache.get(person):
            return key
        path = self._folder / f"{person}.key"
        if not path.exists():
            if not create:
                raise Erased
            self._make(path, person)
        wrapped = path.read_bytes()
        key = self._wrap.decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], self._binding(person))
        self._cache[person] = key
        if len(self._cache) > _CACHED_KEYS:
            self._cache.popitem(last=False)
        return key

    def destroy(self, person: UUID) -> None:
        """Notes the erasure first (so a restored key file does not bring the person back), then removes the key."""
        self._erasure(person).touch(mode=0o600)
        self._flush_folder()
        self._cache.pop(person, None)
        (self._folder / f"{person}.key").unlink(missing_ok=True)
        self._flush_folder()

    def is_erased(self, person: UUID) -> bool:
        """Whether there is a mark of the person's erasure."""
        return self._erasure(person).exists()

    def _make(self, path: Path, person: UUID) -> None:
        nonce = os.urandom(_NONCE_BYTES)
        wrapped = nonce + self._wrap.encrypt(nonce, os.urandom(_KEY_BYTES), self._binding(person))
        draft = path.with_suffix(f".{os.getpid()}.{os.urandom(4).hex()}.new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(wrapped)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # the first of two makers wins; both read the winner's key
        except FileExistsError:
            pass
        finally:
            draft.unlink()

    def _flush_folder(self) -> None:
        """What was removed must not come back with a power cut."""
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _binding(self, person: UUID) -> bytes:
        return f"{self._service}/{person}".encode()

    def _erasure(self, person: UUID) -> Path:
        return self._folder / f"{person}.erased"


class Sealer:
    """AES-256-GCM bound to (table, column, row): a value moved to another place does not open."""

    def __init__(self, keys: KeyProvider) -> None:
        self.keys = keys

    def seal(self, person: UUID, plaintext: bytes, place: tuple[str, str, UUID]) -> bytes:
        """Version byte, nonce and ciphertext. Raises Erased."""
        nonce = os.urandom(_NONCE_BYTES)
        return (
            _VERSION + nonce + AESGCM(self.keys.data_key(person, create=True)).encrypt(nonce, plaintext, _place(place))
        )

    def unseal(self, person: UUID, sealed: bytes, place: tuple[str, str, UUID]) -> bytes:
        """The plaintext. Raises Erased, or ValueError when the value was changed or moved."""
        if sealed[:1] != _VERSION:
            raise ValueError("unknown sealing version")
        nonce, ciphertext = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return AESGCM(self.keys.data_key(person, create=False)).decrypt(nonce, ciphertext, _place(place))
        except InvalidTag as fault:
            raise ValueError("the sealed value was changed or moved") from fault


def _place(place: tuple[str, str, UUID]) -> bytes:
    table, column, row = place
    return f"{table}/{column}/{row}".encode()


def lookup(key: bytes, value: str) -> bytes:
    """A keyed digest to find a national id by, without storing it readable."""
    return hmac.new(key, value.encode(), hashlib.sha256).digest()


def read_hex_key(path: Path) -> bytes:
    """A 32-byte key in hex. Raises OSError or ValueError."""
    key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    if len(key) != _KEY_BYTES:
        raise ValueError(f"{path.name} does not hold a 32-byte key")
    return key
