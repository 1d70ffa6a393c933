"""Persons as the register tells of them: found by a keyed digest, national id and name sealed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import LargeBinary, Uuid, bindparam, column, insert, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA

from services.mapping.domain.family import Person, Registered
from services.mapping.store.among import among
from services.mapping.store.tables import person
from shared.crypto import lookup
from shared.db.transaction import Transaction
from shared.domain import NationalId

_LOCK = text(
    "select pg_advisory_xact_lock(hashtextextended(encode(d, 'hex'), 0)) from (select unnest(:digests) as d order by 1) as sorted"
).bindparams(bindparam("digests", type_=ARRAY(BYTEA)))
_FIND = (
    text("select digest, person_id from find_persons(:digests)")
    .bindparams(bindparam("digests", type_=ARRAY(BYTEA)))
    .columns(column("digest", LargeBinary), column("person_id", Uuid))
)
_KEPT = (
    person.c.id,
    person.c.born,
    person.c.died,
    person.c.stillborn,
    person.c.lives_in_norway,
    person.c.protection,
    person.c.kommunenummer,
    person.c.address,
    person.c.cares_for,
)
_LOAD = select(*_KEPT).where(among(person.c.id, "ids"))
_NAMES = select(person.c.id, person.c.name, person.c.born).where(among(person.c.id, "ids"))
_NUMBER = select(person.c.national_id).where(person.c.id == bindparam("person"))
_HOLD = select(person.c.id).where(person.c.id == bindparam("person")).with_for_update()
_ERASE = text("select erase_person(:person)").bindparams(bindparam("person", type_=Uuid))
_INSERT = insert(person)
_CHANGED = (
    "name",
    "born",
    "died",
    "stillborn",
    "lives_in_norway",
    "protection",
    "kommunenummer",
    "address",
    "cares_for",
)
_UPDATE = (
    update(person)
    .where(person.c.id == bindparam("person"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGED})
)
_SEEN = update(person).where(among(person.c.id, "ids")).values(register_at=bindparam("at"))


def digest(key: bytes, national_id: NationalId) -> bytes:
    """What a person is found by."""
    return lookup(key, national_id.value)


def address_digest(key: bytes, address: str) -> str:
    """The register's key of a home, so that two homes can be compared and neither looked up."""
    return lookup(key, f"address/{address}").hex()


async def lock(tx: Transaction, digests: Iterable[bytes]) -> dict[bytes, UUID]:
    """Holds these persons until the transaction ends, known here or not; the ids of those that are."""
    wanted = list(digests)
    await tx.connection.execute(_LOCK, {"digests": wanted})
    rows = await tx.connection.execute(_FIND, {"digests": wanted})
    return {row.digest: row.person_id for row in rows}


async def load(tx: Transaction, ids: Sequence[UUID]) -> list[Person]:
    """What is kept of each."""
    rows = await tx.connection.execute(_LOAD, {"ids": list(ids)})
    return [Person(**row._mapping) for row in rows]


async def names(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The names of those the caller may see. Raises Erased."""
    rows = await tx.connection.execute(_NAMES, {"ids": list(ids)})
    return {row.id: tx.unseal(row.id, row.name, table="person", column="name", row=row.id).decode() for row in rows}


async def national_id(tx: Transaction, person_id: UUID) -> NationalId:
    """The number of a person who is known here, to ask the register with. Raises Erased."""
    return _number(tx, person_id, (await tx.connection.execute(_NUMBER, {"person": person_id})).scalar_one())


async def number_if_known(tx: Transaction, person_id: UUID) -> NationalId | None:
    """The number of someone who may not be known here. Raises Erased."""
    sealed = (await tx.connection.execute(_NUMBER, {"person": person_id})).scalar_one_or_none()
    return None if sealed is None else _number(tx, person_id, sealed)


def _number(tx: Transaction, person_id: UUID, sealed: bytes) -> NationalId:
    return NationalId(tx.unseal(person_id, sealed, table="person", column="national_id", row=person_id).decode())


async def hold(tx: Transaction, person_id: UUID) -> bool:
    """Holds the person until the transaction ends, so that nothing new comes to hang on it; False when it is not known here."""
    return (await tx.connection.execute(_HOLD, {"person": person_id})).first() is not None


async def erase(tx: Transaction, person_id: UUID) -> None:
    """Deletes the person, its relations, profile, pseudonyms and view of the log, everything said of it, and homes nobody lives in now."""
    await tx.connection.execute(_ERASE, {"person": person_id})


@dataclass(frozen=True, slots=True)
class Kept:
    """A person as kept, the record it comes from, and the digest it is found by."""

    person: Person
    record: Registered
    digest: bytes


async def save(tx: Transaction, people: Sequence[Kept], known: Mapping[UUID, Person]) -> None:
    """Adds the new and updates the known."""
    new = [_new(tx, kept) for kept in people if kept.person.id not in known]
    old = [_old(tx, kept) for kept in people if kept.person.id in known]
    if new:
        await tx.connection.execute(_INSERT, new)
    if old:
        await tx.connection.execute(_UPDATE, old)


async def mark_seen(tx: Transaction, ids: Sequence[UUID]) -> None:
    """The register has told of these and of all their relations now."""
    await tx.connection.execute(_SEEN, {"ids": list(ids), "at": tx.at})


def _new(tx: Transaction, kept: Kept) -> dict[str, object]:
    p, number = kept.person, kept.record.national_id.value.encode()
    sealed = tx.seal(p.id, number, table="person", column="national_id", row=p.id)
    return {"id": p.id, "lookup": kept.digest, "national_id": sealed, **_values(tx, kept)}


def _old(tx: Transaction, kept: Kept) -> dict[str, object]:
    return {"person": kept.person.id} | {f"new_{name}": value for name, value in _values(tx, kept).items()}


def _values(tx: Transaction, kept: Kept) -> dict[str, object]:
    p = kept.person
    sealed = tx.seal(p.id, kept.record.name.encode(), table="person", column="name", row=p.id)
    return {"name": sealed} | {name: getattr(p, name) for name in _CHANGED if name != "name"}
