"""Masks of everyone come out as the states of each, for trees of every shape."""

import itertools
import random
from datetime import date

import numpy as np
import pytest

from services.rights.bulk.columns import Column, People, packed
from services.rights.bulk.verdicts import Crowd
from services.rights.domain.confidence import Confidence
from services.rights.domain.fact import Fact, Origin, Subject, Type
from services.rights.domain.rule import JudgedFor, rule
from services.rights.domain.situation import situation
from services.rights.domain.states import open_readings, truth_of
from services.rights.domain.tree import Assess, Atom, Branch, Comparator, Comparison, Not

NAMES = ("a", "b", "c", "d")
VOCABULARY = {name: Fact(name, Subject.CHILD, Type.BOOLEAN, "health", Origin.TOLD) for name in NAMES}
EVERYONE = list(itertools.product((True, False, None), repeat=len(NAMES)))


def random_tree(rng, depth=3):
    if depth == 0 or rng.random() < 0.2:
        if rng.random() < 0.2:
            return Assess("noe", "nav")
        return Atom(rng.choice(NAMES), (Comparison(Comparator.IS, rng.random() < 0.5),))
    if rng.random() < 0.25:
        return Not(random_tree(rng, depth - 1))
    parts = tuple(random_tree(rng, depth - 1) for _ in range(rng.randint(2, 4)))
    return Branch(rng.randint(1, len(parts)), parts)


def people():
    columns = {
        name: Column(
            np.array([each[place] is True for each in EVERYONE]),
            packed(np.array([each[place] is not None for each in EVERYONE])),
        )
        for place, name in enumerate(NAMES)
    }
    return People(len(EVERYONE), columns, packed(np.zeros(len(EVERYONE), dtype=bool)))


def bits(mask):
    return [bool(each) for each in np.unpackbits(mask, count=len(EVERYONE))]


@pytest.mark.parametrize("seed", range(60))
def test_every_node_stands_for_each_as_it_does_alone(seed):
    made = rule("r", JudgedFor.CHILD, random_tree(random.Random(seed)), Confidence.SOURCED, relevant_when=(), vocabulary=VOCABULARY)  # fmt: skip
    found = Crowd(people(), {}).judge(made).nodes
    states = []
    for person in EVERYONE:
        known = {name: value for name, value in zip(NAMES, person, strict=True) if value is not None}
        alone = situation(known, date(2026, 11, 25), rates={}, vocabulary=VOCABULARY)
        states.append(made.program.run(made.program.leaves(alone.settled)))
    for place, node in enumerate(found):
        here = [each[place] for each in states]
        assert bits(node.yes) == [truth_of(state) is True for state in here]
        assert bits(node.maybe) == [truth_of(state) is not False for state in here]
        assert bits(node.open) == [any(open_readings(state)) for state in here]
