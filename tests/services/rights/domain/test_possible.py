"""What a tree can come to at all, against every value tried."""

from itertools import product

import pytest
from hypothesis import assume, given, settings

from services.rights.domain.fact import Type
from services.rights.domain.possible import Domain, can_both, never_false, never_true, unreachable
from services.rights.domain.tree import Assess, Atom, Branch, Comparator, Comparison, Not, RateRef, atoms, leaves
from tests.services.rights.trees import FACTS, at_least, leaf, trees

A, B = leaf("a"), leaf("b")
DOMAINS = {name: Domain(Type.BOOLEAN) for name in FACTS} | {
    "n": Domain(Type.INTEGER, low=0, high=5),
    "age": Domain(Type.INTEGER, low=0, high=120),
    "cost": Domain(Type.NUMBER, low=0, high=100000),
    "kind": Domain(Type.ENUM, ("x", "y", "z")),
    "signs": Domain(Type.SET, ("p", "q", "r")),
}


def below(name, bound):
    return Atom(name, (Comparison(Comparator.BELOW, bound),))


def above(name, bound):
    return Atom(name, (Comparison(Comparator.ABOVE, bound),))


def among(name, *values):
    return Atom(name, (Comparison(Comparator.IN, frozenset(values)),))


def overlaps(*values):
    return Atom("signs", (Comparison(Comparator.OVERLAPS, frozenset(values)),))


def is_(name, value):
    return Atom(name, (Comparison(Comparator.IS, value),))


def both(*parts):
    return Branch(len(parts), parts)


def either(*parts):
    return Branch(1, parts)


@pytest.mark.parametrize(
    ("tree", "true", "false"),
    [
        (A, False, False),
        (both(A, Not(A)), True, False),
        (either(A, Not(A)), False, True),
        (both(below("age", 18), at_least("age", 18)), True, False),
        (both(below("age", 18), at_least("age", 17)), False, False),
        (both(below("age", 18), above("age", 17)), True, False),  # no whole number is in between
        (both(below("age", 19), above("age", 17)), False, False),  # eighteen is
        (both(below("cost", 18), above("cost", 17)), False, False),
        (at_least("age", 0), False, True),  # nobody is younger
        (above("age", 120), True, False),
        (both(is_("kind", "x"), is_("kind", "y")), True, False),
        (either(is_("kind", "x"), among("kind", "y", "z")), False, True),
        (both(overlaps("p"), overlaps("q")), False, False),
        (both(overlaps("p"), Not(overlaps("p", "q"))), True, False),
        (both(at_least("cost", RateRef("limit")), below("cost", 1)), False, False),  # the rate may be anything
        (both(at_least("cost", RateRef("limit")), Not(at_least("cost", RateRef("limit")))), True, False),
        (Assess("noe", "nav"), False, False),
    ],
)
def test_bounds_on_one_fact_belong_together(tree, true, false):
    assert (never_true(tree, DOMAINS), never_false(tree, DOMAINS)) == (true, false)


@settings(max_examples=60, deadline=None)
@given(trees())
def test_it_is_what_trying_every_value_finds(tree):
    assume(all(isinstance(leaf_, Atom) for leaf_ in leaves(tree)))
    assume(not any(isinstance(each.bound, RateRef) for atom in atoms(tree) for each in atom.comparisons))
    names = sorted({atom.fact for atom in atoms(tree)})
    values = [range(6) if name == "n" else (True, False) for name in names]
    found = {tree.truth(dict(zip(names, chosen, strict=True)), {}) for chosen in product(*values)}
    assert never_true(tree, DOMAINS) is (True not in found)
    assert never_false(tree, DOMAINS) is (False not in found)


@pytest.mark.parametrize(
    ("one", "other", "possible"),
    [
        (A, B, True),
        (A, Not(A), False),
        (below("age", 16), at_least("age", 18), False),
        (below("age", 18), both(A, at_least("age", 16)), True),
    ],
)
def test_two_conditions_can_hold_together_or_not(one, other, possible):
    assert can_both(one, other, DOMAINS) is possible


def test_a_node_whose_outcome_never_matters_is_found_and_what_is_below_it_is_not_named_again():
    adults = both(at_least("age", 18), B)
    tree = both(below("age", 18), either(A, adults))
    assert unreachable(tree, DOMAINS) == (adults,)


def test_where_everything_matters_nothing_is_found():
    assert unreachable(both(below("age", 18), either(A, B)), DOMAINS) == ()


def test_a_condition_that_follows_from_another_never_matters():
    whole = at_least("age", 10)
    assert unreachable(both(at_least("age", 12), whole), DOMAINS) == (whole,)


def test_what_is_too_big_is_said_to_be_so():
    many = {f"f{number}": Domain(Type.BOOLEAN) for number in range(24)}
    half = [Branch(12, tuple(leaf(name) for name in many)) for _ in range(2)]
    assert never_true(both(half[0], Not(half[1])), many) is None
