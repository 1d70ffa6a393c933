"""A general rule with labelled exceptions, and conditions on the children of a family."""

import pytest

from services.rights.domain.because import Kind
from services.rights.domain.cause import Cause
from services.rights.domain.children import any_child, every_child
from services.rights.domain.exceptions import Labelled, clashing, with_exceptions
from services.rights.domain.fact import Type
from services.rights.domain.possible import Domain
from services.rights.domain.tree import Atom, Branch, Comparator, Comparison, Not, RateRef
from tests.services.rights.trees import at_least, leaf, walk_over

MEMBER, ABROAD, POSTED, PRISON = leaf("member"), leaf("abroad"), leaf("posted"), leaf("prison")
RULE = with_exceptions(MEMBER, [Labelled("abroad", ABROAD, POSTED), Labelled("prison", PRISON)], "membership")
SICK = leaf("sick")
DOMAINS = {"age": Domain(Type.INTEGER, low=0, high=120), "sick": Domain(Type.BOOLEAN)}


@pytest.mark.parametrize(
    ("known", "truth"),
    [
        ({"member": True, "abroad": False, "prison": False}, True),
        ({"member": False, "abroad": False, "prison": False}, False),
        ({"member": True, "abroad": True, "prison": False, "posted": False}, False),
        ({"member": False, "abroad": True, "prison": False, "posted": True}, True),
        ({"member": True, "abroad": False, "prison": True}, False),
        ({"member": True}, None),
        ({"member": False, "posted": False}, False),
        ({"member": True, "abroad": True, "prison": False}, None),
    ],
)
def test_an_exception_takes_the_place_of_the_general_rule(known, truth):
    assert walk_over(RULE, known).truth is truth


def test_the_explanation_names_the_exception_by_its_label():
    because = walk_over(RULE, {"abroad": True, "posted": True}).because()
    assert because.parts[0].node == "membership.abroad"


def test_an_exception_that_few_ever_meet_is_rare():
    rule = with_exceptions(MEMBER, [Labelled("abroad", ABROAD, POSTED, rare=True)], "membership")
    assert [part.rare for part in rule.parts] == [False, True]


def below(age):
    return Atom("age", (Comparison(Comparator.BELOW, age),))


def test_two_exceptions_that_can_apply_at_once_clash():
    young, old = Labelled("young", below(12)), Labelled("old", at_least("age", 12))
    ill = Labelled("ill", SICK)
    assert clashing([young, old], DOMAINS) == ()
    assert clashing([young, old, ill], DOMAINS) == (("young", "ill"), ("old", "ill"))


def test_bounds_that_are_rates_may_be_anything_so_they_clash():
    one = Labelled("one", at_least("age", RateRef("limit")))
    assert clashing([one, Labelled("other", below(12))], DOMAINS) == (("one", "other"),)


def test_two_exceptions_that_are_too_big_to_tell_apart_count_as_clashing():
    many = {f"f{number}": Domain(Type.BOOLEAN) for number in range(24)}
    half, other_half = (Branch(12, tuple(leaf(name) for name in many)) for _ in range(2))
    assert clashing([Labelled("one", half), Labelled("other", Not(other_half))], many) == (("one", "other"),)


# ---- the children of a family ----
@pytest.mark.parametrize(
    ("own", "siblings", "is_whole", "any_is", "every_is"),
    [
        ({"sick": True}, [{"sick": False}], True, True, False),
        ({"sick": False}, [{"sick": True}], True, True, False),
        ({"sick": False}, [{"sick": False}], True, False, False),
        ({"sick": True}, [{"sick": True}], True, True, True),
        ({"sick": True}, [{"sick": True}], False, True, None),
        ({"sick": False}, [{"sick": False}], False, None, False),
        ({"sick": False}, [], False, None, False),
        ({"sick": True}, [], True, True, True),
        ({"sick": False}, [{}], True, None, False),
        ({}, [{"sick": False}], True, None, False),
        ({}, [{"sick": True}], False, True, None),
        ({}, [], True, None, None),
    ],
)
def test_a_condition_on_the_children_is_unknown_until_the_family_is_known_or_one_decides(
    own, siblings, is_whole, any_is, every_is
):
    told = {"siblings": tuple(siblings), "is_whole": is_whole}
    assert walk_over(any_child(SICK, "ill"), own, **told).truth is any_is
    assert walk_over(every_child(SICK, "ill"), own, **told).truth is every_is


def test_this_childs_own_fact_is_asked_for_and_the_siblings_are_told_of():
    walk = walk_over(any_child(SICK, "ill"), {})
    assert walk.hanging() == {"sick"}
    assert [(part.kind, part.cause) for part in walk.because().parts] == [
        (Kind.FACT, Cause.NOT_ASKED),
        (Kind.SIBLINGS, Cause.NOT_ASKED),
    ]
    assert walk.because().parts[1].node == "ill.siblings"
