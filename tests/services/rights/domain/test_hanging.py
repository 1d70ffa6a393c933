"""What an outcome hangs on, against the definition tried out on every small tree that chance makes."""

import itertools
import random

import pytest

from services.rights.domain.tree import Assess, Atom, Branch, Comparator, Comparison, Not, RateRef, atoms
from tests.services.rights.trees import walk_over

UNDECIDABLE = Atom("known", (Comparison(Comparator.AT_LEAST, RateRef("gone")),))


def leaf(name):
    return Atom(name, (Comparison(Comparator.IS, True),))


A, B, C, ASSESS = leaf("a"), leaf("b"), leaf("c"), Assess("skjønn", "nav")


@pytest.mark.parametrize(
    ("tree", "known", "expected"),
    [
        (Branch(2, (A, B)), {}, {"a", "b"}),
        (Branch(2, (A, B)), {"a": True}, {"b"}),
        (Branch(2, (A, B)), {"a": False}, set()),
        (Branch(1, (A, B)), {"a": True}, set()),
        (Branch(1, (A, B)), {"a": False}, {"b"}),
        (Branch(2, (A, ASSESS)), {}, {"a"}),  # "no" closes what must otherwise be assessed
        (Branch(1, (A, ASSESS)), {}, {"a"}),  # "yes" opens it
        (Branch(2, (ASSESS, Branch(1, (A, ASSESS)))), {}, set()),  # no answer settles anything
        (Branch(2, (ASSESS, Branch(2, (A, B)))), {"b": True}, {"a"}),
        (Branch(1, (ASSESS, Branch(2, (ASSESS, A)))), {}, set()),
        (Not(Branch(2, (A, B))), {"a": True}, {"b"}),
        (Branch(2, (Not(A), ASSESS)), {}, {"a"}),
        (Branch(2, (A, B, C)), {"a": True}, {"b", "c"}),
        (Branch(2, (A, B, C)), {"a": True, "b": True}, set()),
        (Branch(2, (UNDECIDABLE, A)), {"known": 1}, {"a"}),
        (Branch(2, (UNDECIDABLE, Branch(1, (A, ASSESS)))), {"known": 1}, set()),
    ],
)
def test_a_fact_hangs_when_some_answers_to_the_others_make_the_outcome_differ_with_it(tree, known, expected):
    assert walk_over(tree, known).hanging() == expected


def random_tree(rng, names, depth=3):
    """Every open leaf has a name of its own: each varies on its own, as the definition says."""
    shape = rng.random()
    if depth == 0 or shape < 0.25:
        return rng.choice([ASSESS, UNDECIDABLE, *(leaf(next(names)) for _ in range(4))])
    if shape < 0.35:
        return Not(random_tree(rng, names, depth - 1))
    parts = tuple(random_tree(rng, names, depth - 1) for _ in range(rng.randint(1, 3)))
    return Branch(rng.randint(1, len(parts)), parts)


def by_definition(tree, known):
    """Every combination of answers tried."""
    names = sorted({atom.fact for atom in atoms(tree)} - known.keys())
    found = set()
    for name in names:
        others = [each for each in names if each != name]
        for answers in itertools.product([True, False], repeat=len(others)):
            told = {**known, **dict(zip(others, answers, strict=True))}
            if tree.truth({**told, name: True}, {}) != tree.truth({**told, name: False}, {}):
                found.add(name)
                break
    return found


@pytest.mark.parametrize("seed", range(20))
def test_it_is_what_trying_every_answer_finds(seed):
    rng = random.Random(seed)
    for _ in range(40):
        names = (f"f{number}" for number in itertools.count())
        tree = random_tree(rng, names)
        facts = sorted({atom.fact for atom in atoms(tree)} - {"known"})
        if len(facts) > 8:
            continue
        known = {"known": 1, **{fact: rng.random() < 0.5 for fact in facts if rng.random() < 0.3}}
        assert walk_over(tree, known).hanging() == by_definition(tree, known)
