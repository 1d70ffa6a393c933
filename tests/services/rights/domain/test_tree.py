"""Three values, strong Kleene: a table for every shape of node."""

import pytest

from services.rights.domain.tree import Assess, Atom, Branch, Comparator, Comparison, Not, RateRef, atoms, leaves

YES, NO, OPEN = True, False, None


def leaf(name):
    return Atom(name, (Comparison(Comparator.IS, True),))


def known(*values):
    return {f"f{place}": value for place, value in enumerate(values) if value is not None}


def branch(need, *values):
    return Branch(need, tuple(leaf(f"f{place}") for place in range(len(values)))).truth(known(*values), {})


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((YES, YES), YES),
        ((YES, NO), NO),
        ((YES, OPEN), OPEN),
        ((NO, OPEN), NO),
        ((OPEN, NO), NO),
        ((OPEN, OPEN), OPEN),
    ],
)
def test_all_is_false_by_one_and_true_by_all(values, expected):
    assert branch(len(values), *values) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((NO, NO), NO),
        ((NO, YES), YES),
        ((NO, OPEN), OPEN),
        ((OPEN, YES), YES),
        ((OPEN, OPEN), OPEN),
    ],
)
def test_any_is_true_by_one_and_false_by_all(values, expected):
    assert branch(1, *values) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((YES, YES, NO), YES),
        ((YES, NO, NO), NO),
        ((YES, OPEN, NO), OPEN),
        ((NO, OPEN, OPEN), OPEN),
        ((NO, NO, OPEN), NO),
        ((YES, YES, OPEN), YES),
    ],
)
def test_two_of_three_counts(values, expected):
    assert branch(2, *values) is expected


@pytest.mark.parametrize(("value", "expected"), [(YES, NO), (NO, YES), (OPEN, OPEN)])
def test_not_turns_true_and_false_and_leaves_unknown(value, expected):
    assert Not(leaf("f0")).truth(known(value), {}) is expected


def test_what_must_be_assessed_is_never_known():
    assert Assess("noe", "nav").truth({"f0": True}, {}) is None


@pytest.mark.parametrize(
    ("comparator", "bound", "value", "expected"),
    [
        (Comparator.IS, True, True, YES),
        (Comparator.IS, True, False, NO),
        (Comparator.IS, 1, True, NO),
        (Comparator.IS, "some", "some", YES),
        (Comparator.IN, frozenset({"some", "extensive"}), "some", YES),
        (Comparator.IN, frozenset({"some", "extensive"}), "none", NO),
        (Comparator.OVERLAPS, frozenset({"adhd"}), frozenset({"adhd", "other"}), YES),
        (Comparator.OVERLAPS, frozenset({"adhd"}), frozenset(), NO),
        (Comparator.AT_LEAST, 18, 18, YES),
        (Comparator.AT_LEAST, 18, 17, NO),
        (Comparator.ABOVE, 18, 18, NO),
        (Comparator.ABOVE, 18, 18.5, YES),
        (Comparator.AT_MOST, 18, 18, YES),
        (Comparator.AT_MOST, 18, 19, NO),
        (Comparator.BELOW, 18, 18, NO),
        (Comparator.BELOW, 18, 17, YES),
    ],
)
def test_a_comparison_holds_a_fact_against_its_bound(comparator, bound, value, expected):
    assert Atom("f", (Comparison(comparator, bound),)).truth({"f": value}, {}) is expected


@pytest.mark.parametrize(("value", "expected"), [(17, NO), (18, YES), (28, YES), (29, NO)])
def test_a_lower_and_an_upper_bound_hold_together(value, expected):
    between = Atom("age", (Comparison(Comparator.AT_LEAST, 18), Comparison(Comparator.BELOW, 29)))
    assert between.truth({"age": value}, {}) is expected


def test_a_fact_that_is_not_told_is_unknown():
    assert leaf("f0").truth({}, {}) is None


def test_a_bound_that_is_a_rate_has_its_value_on_the_day():
    atom = Atom("cost", (Comparison(Comparator.AT_LEAST, RateRef("sats")),))
    assert atom.truth({"cost": 9000}, {"sats": 8000}) is True
    assert atom.truth({"cost": 7000}, {"sats": 8000}) is False


def test_a_rate_without_a_value_on_the_day_leaves_the_atom_unknown():
    atom = Atom("cost", (Comparison(Comparator.AT_LEAST, RateRef("sats")),))
    assert atom.truth({"cost": 9000}, {}) is None


def test_one_bound_that_fails_settles_an_atom_whose_other_bound_is_a_missing_rate():
    atom = Atom("cost", (Comparison(Comparator.AT_LEAST, RateRef("sats")), Comparison(Comparator.BELOW, 100)))
    assert atom.truth({"cost": 200}, {}) is False
    assert atom.truth({"cost": 50}, {}) is None


def test_the_leaves_of_a_tree_are_found_in_order():
    first, second, assess = leaf("a"), leaf("b"), Assess("c", "nav")
    tree = Branch(2, (first, Not(Branch(1, (second, assess)))))
    assert list(leaves(tree)) == [first, second, assess]
    assert list(atoms(tree)) == [first, second]
