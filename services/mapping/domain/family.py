"""A family as the population register (folkeregisteret) tells of it, and whose profiles a new answer changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from services.mapping.domain.household import Home
from shared.domain import NationalId

APPOINTED = frozenset({"guardian", "foster"})


@dataclass(frozen=True, slots=True)
class Relation:
    """An adult and a child, as the register says it from either side. `kind`: mother, father, co-mother, foster or guardian (verge)."""

    adult: NationalId
    child: NationalId
    kind: str
    responsible: bool
    cares: bool
    lives_with: bool

    @property
    def acts(self) -> bool:
        """Whether the adult is a guardian: parental responsibility, daily care, or appointed."""
        return self.responsible or self.cares or self.kind in APPOINTED


@dataclass(frozen=True, slots=True)
class Registered:
    """One person's record. `protection`: none, confidential (kode 7) or strictly_confidential (kode 6)."""

    national_id: NationalId
    name: str = field(repr=False)
    born: date
    died: date | None
    stillborn: bool
    lives_in_norway: bool
    protection: str
    kommunenummer: str | None
    address: str
    children: tuple[Relation, ...] = ()
    guardians: tuple[Relation, ...] = ()

    @property
    def cares_for(self) -> int:
        """How many children the person has the care of."""
        return sum(relation.cares for relation in self.children)


@dataclass(frozen=True, slots=True)
class Family:
    """One person, that person's children and guardians, and the children's other guardians."""

    focus: NationalId
    persons: Mapping[str, Registered]

    @property
    def children(self) -> list[Registered]:
        """Those of whom every guardian is known: the person, and the person's children."""
        focus = self.persons[self.focus.value]
        return [focus, *(self.persons[r.child.value] for r in focus.children if r.child.value in self.persons)]

    @property
    def relations(self) -> list[Relation]:
        """Each pair once. What the child's own record says decides; a child that does not name the adult gives that adult nothing."""
        pairs: dict[tuple[str, str], Relation] = {}
        for relation in self.persons[self.focus.value].children:
            ended = Relation(relation.adult, relation.child, relation.kind, False, False, relation.lives_with)
            pairs[relation.adult.value, relation.child.value] = ended
        for child in self.children:
            pairs |= {(r.adult.value, child.national_id.value): r for r in child.guardians}
        return list(pairs.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is kept of a record; national id and name are kept apart, sealed."""

    id: UUID
    born: date
    died: date | None
    stillborn: bool
    lives_in_norway: bool
    protection: str
    kommunenummer: str | None
    address: str
    cares_for: int

    @property
    def protected(self) -> bool:
        """Whether the address is protected (adressesperre)."""
        return self.protection != "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """What is kept of a relation, with the adult's home."""

    child: UUID
    adult: UUID
    kind: str
    acts: bool
    cares: bool
    lives_with: bool
    home: Home


Thing = TypeVar("Thing", Person, Bond)


def changed(before: Iterable[Thing], after: Iterable[Thing]) -> list[Thing]:
    """Those after that are new or not as before."""
    known = frozenset(before)
    return [thing for thing in after if thing not in known]


def children_touched(
    things: Iterable[Person | Bond], children_of: Mapping[UUID, Iterable[UUID]], with_profile: frozenset[UUID]
) -> list[UUID]:
    """Whose profiles the changes belong to, in id order: the child itself, and every child of a guardian that changed."""
    touched: set[UUID] = set()
    for thing in things:
        match thing:
            case Bond():
                touched.add(thing.child)
            case Person():
                touched |= {thing.id, *children_of.get(thing.id, ())}
    return sorted(touched & with_profile)
