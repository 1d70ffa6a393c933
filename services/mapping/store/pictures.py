"""All that is known of a child, as far as the caller may see it: the register's part, the relations and homes, and what was said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from services.mapping.domain.family import Bond, Person
from services.mapping.domain.profile import Statement
from services.mapping.store import bonds, persons, statements
from services.mapping.store.standings import NEVER
from services.mapping.store.tables import person, profile
from shared.db.transaction import Transaction
from shared.domain import NotFound

_HEAD = (
    select(profile.c.version, person.c.register_at)
    .join(person, person.c.id == profile.c.child_id)
    .where(profile.c.child_id == bindparam("child"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A child with its version, the acting guardians (foreldreansvar, omsorg, verge) and, for chosen ones, what is known of them."""

    child: Person
    version: int
    as_of: datetime
    bonds: tuple[Bond, ...]
    adults: tuple[Person, ...]

    @property
    def homes(self) -> dict[UUID, UUID]:
        """Each guardian's household."""
        return {bond.adult: bond.home.id for bond in self.bonds}

    def shown(self, guardians: Iterable[UUID]) -> list[tuple[Person, Bond]]:
        """Those of the guardians that were fetched, with their relation to the child."""
        wanted = frozenset(guardians)
        by_adult = {bond.adult: bond for bond in self.bonds}
        return [(adult, by_adult[adult.id]) for adult in self.adults if adult.id in wanted and adult.id in by_adult]

    def scope(self, guardians: Iterable[UUID]) -> statements.Scope:
        """Whose statements make up the profile for one who is shown these guardians."""
        people = tuple(sorted(frozenset(guardians) & self.homes.keys()))
        return statements.Scope(self.child.id, (*people, *(self.homes[p] for p in people)), tuple(self.homes))


async def head(tx: Transaction, child: UUID, guardians: Iterable[UUID] | None = None) -> Picture:
    """The picture without what was said. `guardians`: whose records to fetch (None: all). Raises NotFound where there is no profile."""
    row = (await tx.connection.execute(_HEAD, {"child": child})).first()
    if row is None:
        raise NotFound
    acting = tuple(bond for bond in await bonds.around(tx, [child]) if bond.child == child and bond.acts)
    wanted = [bond.adult for bond in acting] if guardians is None else list(guardians)
    people = {p.id: p for p in await persons.load(tx, [child, *wanted])}
    adults = tuple(people[adult] for adult in wanted if adult in people)
    return Picture(
        child=people[child], version=row.version, as_of=row.register_at or NEVER, bonds=acting, adults=adults
    )


async def said(tx: Transaction, picture: Picture, guardians: Iterable[UUID]) -> list[Statement]:
    """The newest statements for one who is shown these guardians."""
    return await statements.newest(tx, picture.scope(guardians))
