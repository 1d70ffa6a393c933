"""A person sees the children it may see, with what the register says of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.mapping.domain.family import Bond, Person
from services.mapping.store import bonds, persons, profiles
from shared.db.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSeen:
    """A child that has a profile, with its name and its guardians."""

    person: Person
    name: str
    version: int
    guardians: tuple[Bond, ...]


async def list_children(tx: Transaction, children: Sequence[UUID]) -> list[ChildSeen]:
    """In order of birth, the eldest first. Raises Erased."""
    versions = await profiles.versions(tx, children)
    names = await persons.names(tx, list(versions))
    relations = await bonds.around(tx, list(versions))
    for child in sorted(versions):
        await tx.reads(child, "child")
    found = [
        ChildSeen(
            person=p, name=names[p.id], version=versions[p.id], guardians=tuple(b for b in relations if b.child == p.id)
        )
        for p in await persons.load(tx, list(versions))
    ]
    return sorted(found, key=lambda child: (child.person.born, child.person.id))
