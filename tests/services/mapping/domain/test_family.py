"""What the register's answer says of relations, and whose profiles a change belongs to."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from services.mapping.domain.family import Bond, Family, Person, Registered, Relation, changed, children_touched
from services.mapping.domain.household import Home
from shared.domain import NationalId
from tests.services.mapping.domain.made import CHILD, FATHER, MOTHER
from tests.support.builders import national_id

MUM, DAD, KID = (NationalId(national_id(date(year, 3, 14))) for year in (1988, 1986, 2017))
SIBLING = UUID(int=7)


def relation(adult=MUM, *, child=KID, kind="mother", responsible=True, cares=True) -> Relation:
    return Relation(adult, child, kind, responsible, cares, True)


def record(who: NationalId, **more) -> Registered:
    values = {
        "national_id": who,
        "name": "Prøve",
        "born": who.birth_date,
        "died": None,
        "stillborn": False,
        "lives_in_norway": True,
        "protection": "none",
        "kommunenummer": "3403",
        "address": "0" * 32,
    }
    return Registered(**values | more)


def person(of: UUID, **more) -> Person:
    values = {
        "id": of,
        "born": date(2017, 4, 21),
        "died": None,
        "stillborn": False,
        "lives_in_norway": True,
        "protection": "none",
        "kommunenummer": "3403",
        "address": "a",
        "cares_for": 0,
    }
    return Person(**values | more)


def bond(child=CHILD, adult=MOTHER) -> Bond:
    return Bond(
        child=child, adult=adult, kind="mother", acts=True, cares=True, lives_with=True, home=Home(UUID(int=9), "a")
    )


def test_the_childs_own_record_decides_who_its_guardians_are():
    family = Family(
        MUM,
        {
            MUM.value: record(MUM, children=(relation(),)),
            KID.value: record(KID, guardians=(relation(), relation(DAD, kind="father"))),
            DAD.value: record(DAD),
        },
    )
    assert {(r.adult, r.acts) for r in family.relations} == {(MUM, True), (DAD, True)}


def test_a_child_that_does_not_name_the_adult_gives_that_adult_nothing():
    family = Family(MUM, {MUM.value: record(MUM, children=(relation(),)), KID.value: record(KID)})
    (kept,) = family.relations
    assert (kept.adult, kept.acts) == (MUM, False)


def test_an_appointed_guardian_and_a_foster_parent_act_without_responsibility():
    assert relation(kind="guardian", responsible=False, cares=False).acts
    assert relation(kind="foster", responsible=False, cares=False).acts
    assert not relation(kind="father", responsible=False, cares=False).acts


def test_a_record_never_shows_its_number_or_name():
    assert MUM.value not in repr(record(MUM))
    assert "Prøve" not in repr(record(MUM))


def test_only_what_is_new_or_different_has_changed():
    same, moved = person(CHILD), person(MOTHER)
    assert changed([same, moved], [same, replace(moved, address="b")]) == [replace(moved, address="b")]


def test_a_change_of_a_guardian_belongs_to_every_child_of_that_guardian():
    children = {MOTHER: [CHILD, SIBLING]}
    assert children_touched([person(MOTHER)], children, frozenset({CHILD, SIBLING})) == sorted([CHILD, SIBLING])


def test_a_change_of_a_relation_belongs_to_its_child_alone():
    children = {MOTHER: [CHILD, SIBLING]}
    assert children_touched([bond()], children, frozenset({CHILD, SIBLING})) == [CHILD]


def test_who_has_no_profile_gets_no_version():
    assert children_touched([person(FATHER)], {}, frozenset({CHILD})) == []
