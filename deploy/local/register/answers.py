"""What the register answers about each person of the families."""

import hashlib

from deploy.local.register.models import Person, Relation, Relative
from deploy.local.register.people import Family, People, SyntheticPerson, SyntheticRelation

_APPOINTED = frozenset({Relation.FOSTER, Relation.GUARDIAN})


def answers(people: People) -> dict[str, Person]:
    """The answer for each national identity number."""
    return {person.national_id: _answer(family, name, person) for family, name, person in people.everyone()}


def _answer(family: Family, name: str, person: SyntheticPerson) -> Person:
    home = family.homes[person.home]
    return Person(
        national_id=person.national_id,
        name=person.name,
        birth_date=person.born,
        date_of_death=person.died,
        stillborn=person.stillborn,
        lives_in_norway=home.kommunenummer is not None,
        address_protection=home.protection,
        kommunenummer=home.kommunenummer,
        address_key=hashlib.sha256(f"somlos synthetic home {person.home}".encode()).hexdigest()[:32],
        children=[_relative(family, each, each.child) for each in family.relations if each.adult == name],
        guardians=[
            _relative(family, each, each.adult) for each in family.relations if each.child == name and _guards(each)
        ],
    )


def _guards(each: SyntheticRelation) -> bool:
    return each.responsibility or each.care or each.relation in _APPOINTED


def _relative(family: Family, each: SyntheticRelation, other: str) -> Relative:
    same_home = family.persons[each.child].home == family.persons[each.adult].home
    return Relative(
        national_id=family.persons[other].national_id,
        relation=each.relation,
        parental_responsibility=each.responsibility,
        has_care=each.care,
        lives_with=same_home if each.lives_with is None else each.lives_with,
    )
