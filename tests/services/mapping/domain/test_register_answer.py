"""From the register's answer to what is kept."""

from dataclasses import replace
from uuid import UUID

import pytest

from services.mapping.domain.family import Family
from services.mapping.domain.household import Home
from services.mapping.domain.register_answer import Known, take_in
from tests.services.mapping.domain.made import CHILD, FATHER, MOTHER
from tests.services.mapping.domain.test_family import DAD, KID, MUM, bond, record, relation

FRESH = [UUID(int=61), UUID(int=62), UUID(int=63)]
IDS = {MUM.value: MOTHER, KID.value: CHILD, DAD.value: FATHER}
ADDRESSES = {MUM.value: "a", KID.value: "a", DAD.value: "b"}
OLD_HOME = bond().home


def family(focus=MUM, *guardians):
    return Family(
        focus,
        {
            MUM.value: record(MUM, children=(relation(),)),
            KID.value: record(KID, guardians=guardians or (relation(), relation(DAD, kind="father"))),
            DAD.value: record(DAD),
        },
    )


def taken(of=None, *, addresses=ADDRESSES, before=()):
    return take_in(of or family(), Known(ids=IDS, addresses=addresses, bonds=before), FRESH)


def test_all_of_the_answer_is_kept_with_a_home_for_each_address():
    now = taken()
    assert {person.id for person in now.people} == {MOTHER, CHILD, FATHER}
    assert now.complete == (MOTHER, CHILD)
    assert {(b.child, b.adult, b.acts) for b in now.bonds} == {(CHILD, MOTHER, True), (CHILD, FATHER, True)}
    assert len({b.home for b in now.bonds}) == 2


def test_a_guardian_that_the_register_no_longer_names_is_kept_as_ended():
    before = [replace(bond(), adult=FATHER, home=Home(UUID(int=52), "b"))]
    (ended,) = [b for b in taken(family(MUM, relation()), before=before).bonds if b.adult == FATHER]
    assert (ended.acts, ended.cares, ended.lives_with) == (False, False, False)


def test_a_relation_of_a_child_outside_the_answer_stays_with_the_home_of_today():
    sibling = UUID(int=7)
    before = [replace(bond(), child=sibling)]
    for addresses, home in ((ADDRESSES, OLD_HOME), (ADDRESSES | {MUM.value: "new"}, None)):
        (kept,) = [b for b in taken(addresses=addresses, before=before).bonds if b.child == sibling]
        assert kept.acts
        assert kept.home == home if home else kept.home.address == "new"


@pytest.mark.parametrize("focus", [MUM, KID])
def test_the_same_answer_again_changes_nothing(focus):
    first = taken(family(focus))
    again = taken(family(focus), before=first.bonds)
    assert set(again.bonds) == set(first.bonds)
    assert again.people == first.people
