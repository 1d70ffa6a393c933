"""What each kind of reader is shown."""

from datetime import date
from uuid import UUID

import pytest

from services.mapping.domain import readers
from services.mapping.domain.facts import FactSubject
from services.mapping.domain.profile import Key, Outcome
from services.mapping.domain.reading import Reader, register_lines, told_lines
from services.mapping.store.vocabulary import vocabulary
from tests.services.mapping.domain.made import AT, CHILD, FATHER, LAW, MOTHER, ORG, child, grant
from tests.services.mapping.domain.test_family import bond, person
from tests.services.mapping.domain.test_profile import DAD, KID, MUM, said

HOME, ELSEWHERE = UUID(int=9), UUID(int=10)
HOMES = {MOTHER: HOME, FATHER: ELSEWHERE}
OF_CHILD = Key("rare_diagnosis", FactSubject.CHILD, CHILD)
SENSITIVE = Key("life_threatening", FactSubject.CHILD, CHILD)
OF_MOTHER = Key("parent_employed", FactSubject.GUARDIAN, MOTHER, guardian=MOTHER)
OF_FATHER = Key("parent_employed", FactSubject.GUARDIAN, FATHER, guardian=FATHER)
OF_RELATION = Key("heavy_care_burden", FactSubject.RELATION, FATHER, child=CHILD, guardian=FATHER)
OF_HOME = Key("housing_unsuitable", FactSubject.HOUSEHOLD, HOME, guardian=MOTHER)
OF_HIS_HOME = Key("housing_unsuitable", FactSubject.HOUSEHOLD, ELSEWHERE, guardian=FATHER)

SAID = [
    said(MUM, True, about=OF_CHILD),
    said(MUM, True, about=SENSITIVE),
    said(MUM, True, about=OF_MOTHER),
    said(MUM, True, about=OF_HOME),
    said(DAD, True, about=OF_FATHER),
    said(DAD, True, about=OF_RELATION),
    said(DAD, False, about=OF_HIS_HOME),
]


def shown(reader: Reader, statements=SAID) -> set[tuple[str, FactSubject, UUID | None]]:
    return {
        (line.fact, line.kind, line.guardian or line.home)
        for line in told_lines(statements, reader, vocabulary(), HOMES)
    }


CHILDS = {("rare_diagnosis", FactSubject.CHILD, None), ("life_threatening", FactSubject.CHILD, None)}
MOTHERS = {("parent_employed", FactSubject.GUARDIAN, MOTHER), ("housing_unsuitable", FactSubject.HOUSEHOLD, HOME)}
FATHERS = {
    ("parent_employed", FactSubject.GUARDIAN, FATHER),
    ("heavy_care_burden", FactSubject.RELATION, FATHER),
    ("housing_unsuitable", FactSubject.HOUSEHOLD, ELSEWHERE),
}


def test_a_guardian_sees_its_own_facts_and_never_the_others():
    assert shown(readers.citizen(MOTHER, child(), None, at=AT, law=LAW)) == CHILDS | MOTHERS
    assert shown(readers.citizen(FATHER, child(), None, at=AT, law=LAW)) == CHILDS | FATHERS


def test_a_service_sees_all_with_the_guardians_who_may():
    assert shown(readers.system(child(), [MOTHER, FATHER], at=AT, law=LAW)) == CHILDS | MOTHERS | FATHERS


def test_a_guardian_who_may_not_is_left_out_of_what_a_service_sees():
    assert readers.system(child(19), [MOTHER, FATHER], at=AT, law=LAW).guardians == {}


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (frozenset({"health"}), CHILDS),
        (frozenset({"work"}), {("parent_employed", FactSubject.GUARDIAN, MOTHER)}),
        (frozenset({"housing"}), {("housing_unsuitable", FactSubject.HOUSEHOLD, HOME)}),
    ],
)
def test_an_organisation_sees_the_granted_groups_of_the_child_and_the_giver(groups, expected):
    of = child(grants=(grant(groups=groups),))
    reader = readers.organisation(of, of.grants_to(ORG, "follow-up"), groups, action="profile.read", at=AT, law=LAW)
    assert shown(reader) == expected


def test_a_child_sees_what_is_about_itself_without_what_is_hard_to_read():
    assert shown(readers.citizen(CHILD, child(13), None, at=AT, law=LAW)) == {
        ("rare_diagnosis", FactSubject.CHILD, None)
    }


def test_from_16_a_youth_sees_all_that_is_about_itself():
    assert shown(readers.citizen(CHILD, child(16), None, at=AT, law=LAW)) == CHILDS


def test_a_child_of_nine_sees_only_what_it_said_itself():
    reader = readers.citizen(CHILD, child(9), frozenset(), at=AT, law=LAW)
    own = Key("in_school", FactSubject.CHILD, CHILD)
    assert shown(reader, [*SAID, said(KID, True, about=own)]) == {("in_school", FactSubject.CHILD, None)}


def test_what_a_child_keeps_to_itself_makes_no_conflict_for_others():
    statements = [said(MUM, True, about=OF_CHILD), said(KID, False, about=OF_CHILD, shared=False)]
    (mothers,) = told_lines(statements, readers.citizen(MOTHER, child(13), None, at=AT, law=LAW), vocabulary(), HOMES)
    (childs,) = told_lines(statements, readers.citizen(CHILD, child(13), None, at=AT, law=LAW), vocabulary(), HOMES)
    assert mothers.held.outcome is Outcome.KNOWN
    assert childs.held.outcome is Outcome.CONFLICT


def test_a_fact_no_longer_in_the_vocabulary_is_not_shown():
    gone = [said(MUM, True, about=Key("no_longer_asked", FactSubject.CHILD, CHILD))]
    assert shown(readers.citizen(MOTHER, child(), None, at=AT, law=LAW), gone) == set()


def test_guardians_at_one_home_are_heard_together_about_it():
    both = [
        said(MUM, True, about=OF_HOME),
        said(DAD, False, about=Key("housing_unsuitable", FactSubject.HOUSEHOLD, HOME, guardian=FATHER)),
    ]
    homes = {MOTHER: HOME, FATHER: HOME}
    (line,) = told_lines(both, readers.citizen(MOTHER, child(), None, at=AT, law=LAW), vocabulary(), homes)
    assert line.held.outcome is Outcome.CONFLICT


def test_the_registers_facts_come_in_the_same_shape():
    reader = readers.citizen(MOTHER, child(), None, at=AT, law=LAW)
    lines = register_lines(person(CHILD), [(person(MOTHER, cares_for=2), bond())], reader, vocabulary())
    values = {line.fact: line.held.value for line in lines}
    assert values == {
        "birth_date": "2017-04-21",
        "stillborn": False,
        "lives_in_norway": True,
        "parent_birth_date": "2017-04-21",
        "number_of_children": 2,
        "parent_has_care_of_child": True,
        "parent_lives_with_child": True,
    }
    assert all(line.from_register for line in lines)


def test_a_date_of_death_is_told_only_where_there_is_one():
    reader = readers.citizen(MOTHER, child(), None, at=AT, law=LAW)
    lines = register_lines(person(CHILD, died=date(2026, 1, 1)), [], reader, vocabulary())
    assert {line.fact: line.held.value for line in lines}["date_of_death"] == "2026-01-01"


def test_the_registers_facts_keep_to_the_groups():
    reader = Reader(person=None, child_groups=frozenset({"health"}), guardians={MOTHER: frozenset({"work"})})
    assert register_lines(person(CHILD), [(person(MOTHER), bond())], reader, vocabulary()) == []
