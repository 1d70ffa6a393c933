"""Creating something once, however often the request comes."""

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, text

from shared.db.tables import idempotency_key
from shared.db.transaction import Transaction
from shared.problems import IdempotencyBusy, IdempotencyMismatch

_LOCK = text("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
_FIND = select(idempotency_key).where(
    idempotency_key.c.principal == bindparam("p"), idempotency_key.c.key == bindparam("k")
)
_STORE = insert(idempotency_key)


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """The client's key and a fingerprint (SHA-256) of the request it came with."""

    value: str
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the first request with the key made; its body is rendered again from the resource."""

    status: int
    resource_id: str
    etag: str | None


async def remembered(tx: Transaction, key: IdempotencyKey) -> Remembered | None:
    """What this caller made with the key before. Raises IdempotencyMismatch, or IdempotencyBusy while another request with it runs."""
    locked = await tx.connection.scalar(_LOCK, {"name": f"{tx.principal.id}/{key.value}"})
    if not locked:
        raise IdempotencyBusy
    row = (await tx.connection.execute(_FIND, {"p": tx.principal.id, "k": key.value})).first()
    if row is None:
        return None
    if row.fingerprint != key.fingerprint:
        raise IdempotencyMismatch
    return Remembered(row.status, row.resource_id, row.etag)


async def remember(
    tx: Transaction, key: IdempotencyKey, *, resource_id: str, status: int = 201, etag: str | None = None
) -> None:
    """Stores the key in the transaction of the effect."""
    values = {
        "principal": tx.principal.id,
        "key": key.value,
        "fingerprint": key.fingerprint,
        "status": status,
        "resource_id": resource_id,
        "etag": etag,
        "at": tx.at,
    }
    await tx.connection.execute(_STORE, values)
