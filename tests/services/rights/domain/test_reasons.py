"""What carried an outcome, how sure it is, and what is settled so far."""

import pytest

from services.rights.domain.confidence import Confidence
from services.rights.domain.reasons import reasons, undecided
from services.rights.domain.tree import Assess, Atom, Branch, Comparator, Comparison, Not
from tests.services.rights.trees import walk_over

SURE, DOUBTED, MEMORY = Confidence.SOURCED, Confidence.UNCERTAIN, Confidence.MEMORY


def leaf(name, confidence=SURE):
    return Atom(name, (Comparison(Comparator.IS, True),), confidence=confidence)


def told(**facts):
    return facts


@pytest.mark.parametrize(
    ("tree", "known", "confidence", "facts"),
    [
        (Branch(2, (leaf("a"), leaf("b", DOUBTED))), told(a=True, b=True), DOUBTED, ["a", "b"]),
        (Branch(1, (leaf("a", MEMORY), leaf("b"))), told(a=True, b=True), SURE, ["b"]),
        (Branch(1, (leaf("a", MEMORY), leaf("b"))), told(a=True, b=False), MEMORY, ["a"]),
        (Branch(1, (leaf("a", MEMORY), leaf("b"))), told(a=False, b=False), MEMORY, ["b", "a"]),
        (Branch(2, (leaf("a", MEMORY), leaf("b"))), told(a=False, b=False), SURE, ["b"]),
        (
            Branch(2, (leaf("a", MEMORY), leaf("b"), leaf("c", DOUBTED))),
            told(a=True, b=True, c=True),
            DOUBTED,
            ["b", "c"],
        ),
        (Branch(2, (leaf("a", MEMORY), leaf("b"), leaf("c"))), told(a=False, b=False, c=True), MEMORY, ["b", "a"]),
        (Not(leaf("a", DOUBTED)), told(a=False), DOUBTED, ["a"]),
    ],
)
def test_an_outcome_is_as_sure_as_the_least_sure_of_what_carries_it_the_best_alternative_taken(
    tree, known, confidence, facts
):
    walk = walk_over(tree, known)
    assert walk.confidence is confidence
    assert [reason.atom.fact for reason in reasons(walk)] == facts


def test_a_reason_says_whether_it_speaks_for_the_right():
    tree = Branch(2, (leaf("a"), Not(leaf("b")), leaf("c")))
    found = {
        reason.atom.fact: (reason.holds, reason.favours) for reason in reasons(walk_over(tree, told(a=True, b=False)))
    }
    assert found == {"a": (True, True), "b": (False, True)}


def test_what_closes_a_right_speaks_against_it():
    tree = Branch(2, (leaf("a"), Not(leaf("b"))))
    assert [(each.atom.fact, each.favours) for each in reasons(walk_over(tree, told(a=True, b=True)))] == [("b", False)]


def test_of_an_undecided_tree_what_is_settled_so_far_is_told():
    tree = Branch(3, (leaf("a"), Branch(1, (leaf("b"), leaf("c"))), leaf("d")))
    found = [(each.atom.fact, each.favours) for each in reasons(walk_over(tree, told(a=True, b=False)))]
    assert found == [("a", True), ("b", False)]


def test_what_is_left_open_is_found_below_open_branches_only():
    assess, beside_the_point = Assess("skjønn", "nav"), Assess("annet", "nav")
    tree = Branch(2, (assess, Branch(1, (leaf("a"), beside_the_point))))
    assert undecided(walk_over(tree, told(a=True))) == (assess,)
