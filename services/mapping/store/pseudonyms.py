"""An organisation's own pseudonym of a person: random, the same each time, worth nothing to another organisation."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from services.mapping.store.among import among
from services.mapping.store.tables import pseudonym
from shared.db.transaction import Transaction

_MAKE = text(
    "insert into pseudonym (organisation, person_id) select :organisation, p from unnest(:persons) as p order by p on conflict do nothing"
).bindparams(bindparam("persons", type_=ARRAY(PG_UUID)))
_MAKE_KNOWN = text(
    "insert into pseudonym (organisation, person_id) select :organisation, id from person where id = any (:persons) order by id on conflict do nothing"
).bindparams(bindparam("persons", type_=ARRAY(PG_UUID)))
_FIND = select(pseudonym.c.person_id, pseudonym.c.alias).where(
    pseudonym.c.organisation == bindparam("organisation"),
    among(pseudonym.c.person_id, "persons"),
)


async def make(tx: Transaction, organisation: str, persons: Iterable[UUID]) -> None:
    """Sees to it that the organisation has a pseudonym of each."""
    await tx.connection.execute(_MAKE, {"organisation": organisation, "persons": list(persons)})


async def make_known(tx: Transaction, organisation: str, persons: Iterable[UUID]) -> None:
    """The same, for those of them who are known here."""
    await tx.connection.execute(_MAKE_KNOWN, {"organisation": organisation, "persons": list(persons)})


async def of(tx: Transaction, organisation: str, persons: Iterable[UUID]) -> dict[UUID, UUID]:
    """The organisation's pseudonyms of these persons, as far as it has any."""
    rows = await tx.connection.execute(_FIND, {"organisation": organisation, "persons": list(persons)})
    return {row.person_id: row.alias for row in rows}
