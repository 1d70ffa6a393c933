"""From what the register says of a family to what is kept: persons by inner id, relations, homes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from services.mapping.domain.family import Bond, Family, Person, Registered, Relation
from services.mapping.domain.household import Home, assign_homes


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known when the answer comes: the inner id and the digested address of each person in it (by number), and the relations
    around them."""

    ids: Mapping[str, UUID]
    addresses: Mapping[str, str]
    bonds: Sequence[Bond]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What is to be kept. `complete`: those of whom every guardian is known now."""

    people: tuple[Person, ...]
    bonds: tuple[Bond, ...]
    complete: tuple[UUID, ...]


def take_in(family: Family, known: Known, fresh: Sequence[UUID]) -> TakenIn:
    """The family as it is now. A relation that the register no longer names is kept as ended. `fresh`: ids for new homes."""
    people = tuple(
        _person(known.ids[number], record, known.addresses[number]) for number, record in family.persons.items()
    )
    complete = tuple(known.ids[child.national_id.value] for child in family.children)
    named = {(known.ids[r.child.value], known.ids[r.adult.value]): r for r in family.relations}
    homes = _homes(people, known.bonds, named, fresh)
    older = [replace(bond, home=homes[bond.adult]) for bond in known.bonds if (bond.child, bond.adult) not in named]
    kept = [_ended(bond) if bond.child in complete else bond for bond in older]
    new = [_bond(child, adult, relation, homes[adult]) for (child, adult), relation in named.items()]
    return TakenIn(people=people, bonds=(*kept, *new), complete=complete)


def _homes(
    people: Iterable[Person], before: Iterable[Bond], named: Iterable[tuple[UUID, UUID]], fresh: Sequence[UUID]
) -> dict[UUID, Home]:
    """Each adult's home: of those in the answer by their address today, of others as it was."""
    known = {bond.adult: bond.home for bond in before}
    adults = known.keys() | {adult for _, adult in named}
    addresses = {person.id: person.address for person in people if person.id in adults}
    return known | assign_homes(addresses, known, fresh)


def _person(person_id: UUID, record: Registered, address: str) -> Person:
    return Person(
        id=person_id,
        born=record.born,
        died=record.died,
        stillborn=record.stillborn,
        lives_in_norway=record.lives_in_norway,
        protection=record.protection,
        kommunenummer=record.kommunenummer,
        address=address,
        cares_for=record.cares_for,
    )


def _bond(child: UUID, adult: UUID, r: Relation, home: Home) -> Bond:
    return Bond(child=child, adult=adult, kind=r.kind, acts=r.acts, cares=r.cares, lives_with=r.lives_with, home=home)


def _ended(bond: Bond) -> Bond:
    return replace(bond, acts=False, cares=False, lives_with=False)
