"""Small trees, and a walk over one: every fact they name is told of the child."""

from collections.abc import Mapping
from datetime import date

from hypothesis import strategies as st

from services.rights.domain.fact import Fact, Origin, Subject, Type
from services.rights.domain.program import compiled
from services.rights.domain.situation import situation
from services.rights.domain.tree import (
    Assess,
    Atom,
    Branch,
    Comparator,
    Comparison,
    Node,
    Not,
    RateRef,
    Value,
    atoms,
)
from services.rights.domain.walk import Walk, walked

DAY = date(2026, 11, 25)


def leaf(name: str, **more) -> Atom:
    """An atom that asks whether the fact is so."""
    return Atom(name, (Comparison(Comparator.IS, True),), **more)


def at_least(name: str, bound: Value | RateRef, **more) -> Atom:
    """An atom that asks whether the fact is so much."""
    return Atom(name, (Comparison(Comparator.AT_LEAST, bound),), **more)


def told_facts(*trees: Node, but: Mapping[str, Origin] | None = None):
    """A vocabulary of what the trees look at, told unless it is said to come from elsewhere."""
    origins = but or {}
    names = {atom.fact for tree in trees for atom in atoms(tree)} | origins.keys()
    return {
        name: Fact(name, Subject.CHILD, Type.BOOLEAN, "health", origins.get(name, Origin.TOLD))
        for name in sorted(names)
    }


def walk_over(tree: Node, known: Mapping[str, Value], **more) -> Walk:
    """One walk over the tree, with what is known."""
    facts = told_facts(tree, but=dict.fromkeys(known, Origin.TOLD))
    seen = situation(known, DAY, rates=more.pop("rates", {}), vocabulary=facts, **more)
    return walked(compiled(tree, facts), seen)


FACTS = ("a", "b", "c", "d", "e")
NUMBER = "n"
LIMIT = RateRef("limit")
ASSESS = Assess("noe må vurderes", "nav")


def _leaves():
    flags = st.sampled_from(FACTS).map(leaf)
    limits = st.tuples(st.sampled_from([Comparator.AT_LEAST, Comparator.BELOW]), st.integers(0, 4) | st.just(LIMIT))
    numbers = limits.map(lambda limit: Atom(NUMBER, (Comparison(*limit),)))
    return flags | numbers | st.just(None).map(lambda _: Assess("noe må vurderes", "nav"))


@st.composite
def _branches(draw, parts):
    found = tuple(draw(st.lists(parts, min_size=1, max_size=4)))
    return Branch(draw(st.integers(1, len(found))), found, rare=draw(st.booleans()))


def trees():
    """Any small tree: every shape, two kinds of fact, a rate, and discretion."""
    return st.recursive(_leaves(), lambda parts: _branches(parts) | parts.map(Not), max_leaves=12)


def answers():
    """What may be known of the facts in such a tree."""
    flags = st.fixed_dictionaries({}, optional={name: st.booleans() for name in FACTS})
    numbers = st.fixed_dictionaries({}, optional={NUMBER: st.integers(0, 5)})
    return st.tuples(flags, numbers).map(lambda both: {**both[0], **both[1]})


def rates():
    """The rate of such a tree, known or not."""
    return st.sampled_from([{}, {LIMIT.id: 2}])
