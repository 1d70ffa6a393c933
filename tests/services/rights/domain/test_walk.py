"""One walk: what holds for every small tree, and how the deciding part is told."""

from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import given, settings

from services.rights.domain.because import Kind, Outcome
from services.rights.domain.cause import Cause
from services.rights.domain.rate import Interval
from services.rights.domain.situation import Said
from services.rights.domain.tree import Assess, Atom, Branch, Comparator, Comparison, Not, RateRef, atoms
from services.rights.domain.walk import walked
from services.rights.store.rulebook import rulebook
from tests.services.rights.trees import ASSESS, DAY, answers, at_least, leaf, rates, trees, walk_over

A, B, C = leaf("a", id="a"), leaf("b", id="b"), leaf("c", id="c")
FEW = settings(max_examples=150, deadline=None)


def all_of(*parts, **more):
    return Branch(len(parts), parts, **more)


def any_of(*parts, **more):
    return Branch(1, parts, **more)


def everything_below(because):
    yield because
    for part in because.parts:
        yield from everything_below(part)


def leaves_of(because):
    return [each for each in everything_below(because) if not each.parts]


def named(because):
    return [each.node for each in leaves_of(because)]


# ---- strong Kleene, complete ----
def told(values):
    return {f"f{place}": value for place, value in enumerate(values) if value is not None}


def expected(need, values):
    if values.count(True) >= need:
        return True
    return False if len(values) - values.count(False) < need else None


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_all_any_and_n_of_have_the_whole_table_of_three_values(size):
    for need in range(1, size + 1):
        tree = Branch(need, tuple(leaf(f"f{place}") for place in range(size)))
        for values in product((True, False, None), repeat=size):
            assert walk_over(tree, told(values)).truth is expected(need, list(values)), (need, values)


@pytest.mark.parametrize(("value", "opposite"), [(True, False), (False, True), (None, None)])
def test_not_has_the_whole_table_of_three_values(value, opposite):
    assert walk_over(Not(leaf("f0")), told([value])).truth is opposite


# ---- what holds for every tree ----
@FEW
@given(trees(), answers(), rates())
def test_the_walk_finds_what_the_tree_means(tree, known, of_the_day):
    walk = walk_over(tree, known, rates=of_the_day)
    for place, node in enumerate(walk.program.nodes):
        assert walk.truth_at(place) is node.truth(known, of_the_day)


@FEW
@given(trees(), answers(), answers(), rates())
def test_one_more_fact_settles_what_was_open_and_never_turns_what_was_settled(tree, known, more, of_the_day):
    before = walk_over(tree, known, rates=of_the_day).truth
    after = walk_over(tree, {**more, **known}, rates=of_the_day).truth
    assert before is None or after is before


@FEW
@given(trees(), answers(), rates())
def test_the_explanation_comes_out_as_the_tree_does(tree, known, of_the_day):
    walk = walk_over(tree, known, rates=of_the_day)
    outcome = {True: Outcome.TRUE, False: Outcome.FALSE, None: Outcome.UNKNOWN}
    for each in everything_below(walk.because()):
        assert each.truth is outcome[each.of.truth(known, of_the_day)]
        assert (each.cause is not None) <= (each.truth is Outcome.UNKNOWN)


@FEW
@given(trees(), answers(), rates())
def test_what_an_explanation_names_is_enough_for_the_outcome(tree, known, of_the_day):
    walk = walk_over(tree, known, rates=of_the_day)
    facts = {each.fact for each in leaves_of(walk.because())}
    less = {fact: value for fact, value in known.items() if fact in facts}
    if walk.truth is not None:
        assert tree.truth(less, of_the_day) is walk.truth


@FEW
@given(trees(), answers(), rates())
def test_an_open_frontier_is_open_at_every_leaf_and_says_why(tree, known, of_the_day):
    walk = walk_over(tree, known, rates=of_the_day)
    if walk.truth is None:
        found = leaves_of(walk.because())
        assert found
        assert all(each.truth is Outcome.UNKNOWN and each.cause for each in found)


@FEW
@given(trees(), answers())
def test_what_would_change_an_outcome_does_when_each_condition_is_of_its_own(tree, known):
    flags = [atom for atom in atoms(tree) if atom.fact != "n"]
    if len(flags) != len({atom.fact for atom in flags}) or any(atom.fact == "n" for atom in atoms(tree)):
        return
    walk = walk_over(tree, known)
    changed = {**known, **{change.fact: change.to for change in walk.would_change()}}
    if walk.truth is not None:
        assert tree.truth(changed, {}) is not walk.truth


@pytest.mark.parametrize(
    ("tree", "known"),
    [
        (all_of(A, B, C), {"a": False, "b": False, "c": True}),
        (any_of(all_of(A, B), C), {"a": False, "b": False, "c": False}),
        (any_of(all_of(A, B), C), {"a": True, "b": True, "c": True}),
        (Branch(2, (A, B, C)), {"a": False, "b": False, "c": False}),
        (Not(any_of(A, B)), {"a": True, "b": True}),
    ],
)
def test_no_fewer_conditions_would_change_it(tree, known):
    walk = walk_over(tree, known)
    fewest = next(
        size
        for size in range(1, len(known) + 1)
        for facts in combinations(known, size)
        if tree.truth({**known, **{fact: not known[fact] for fact in facts}}, {}) is not walk.truth
    )
    assert len(walk.would_change()) == fewest


# ---- the deciding part ----
def test_of_a_no_one_failing_branch_is_told():
    assert named(walk_over(all_of(A, B, C), {"a": True, "b": False, "c": False}).because()) == ["b"]


def test_of_a_yes_what_carries_it_is_told():
    walk = walk_over(all_of(A, any_of(B, C)), {"a": True, "b": False, "c": True})
    assert named(walk.because()) == ["a", "c"]


def test_of_what_is_undecided_everything_open_is_told_and_nothing_settled():
    walk = walk_over(all_of(A, any_of(B, C), ASSESS), {"a": True, "b": False})
    assert [(each.kind, each.fact, each.cause) for each in leaves_of(walk.because())] == [
        (Kind.FACT, "c", Cause.NOT_ASKED),
        (Kind.ASSESS, None, Cause.DISCRETION),
    ]


def test_an_undecided_right_would_be_opened_by_the_fewest_answers():
    walk = walk_over(all_of(A, any_of(all_of(B, leaf("d")), C)), {})
    assert [(change.fact, change.to) for change in walk.would_change()] == [("a", True), ("c", True)]


@pytest.mark.parametrize(
    ("more", "cause"),
    [
        ({}, Cause.NOT_ASKED),
        ({"not_known": {"a"}}, Cause.NOT_KNOWN),
        ({"conflicts": {"a"}}, Cause.CONFLICT),
        ({"expired": {"a"}}, Cause.STALE),
    ],
)
def test_a_fact_is_unknown_for_a_cause(more, cause):
    assert walk_over(all_of(A), {}, **more).because().cause is cause


@pytest.mark.parametrize(("ended", "cause"), [(set(), Cause.NOT_MODELLED), ({"limit"}, Cause.STALE)])
def test_a_rate_without_a_value_on_the_day_was_never_had_or_has_ended(ended, cause):
    walk = walk_over(at_least("cost", RateRef("limit")), {"cost": 9000}, ended=ended)
    assert walk.truth is None
    assert walk.because().cause is cause


def test_a_branch_has_a_cause_when_all_that_is_open_in_it_has_the_same():
    assert walk_over(all_of(A, B), {}).because().cause is Cause.NOT_ASKED
    assert walk_over(all_of(A, ASSESS), {}).because().cause is None


def test_a_leaf_tells_what_was_said_by_whom_and_when_and_what_the_rate_was():
    atom = Atom("cost", (Comparison(Comparator.AT_LEAST, RateRef("limit")),), "ftrl § 6-3", id="costs")
    said = Said("guardian", None, date(2026, 1, 1))
    interval = Interval(date(2026, 5, 1), None, 8000, date(2026, 7, 28))
    known, values = {"cost": 9000}, {"limit": 8000}
    because = walk_over(atom, known, rates=values, said={"cost": said}, intervals={"limit": interval}).because()
    assert (because.node, because.kind, because.truth, because.law) == ("costs", "fact", "true", "ftrl § 6-3")
    assert (because.value, because.source, because.valid_from) == (9000, "guardian", date(2026, 1, 1))
    assert because.comparisons == ((Comparator.AT_LEAST, 8000, "limit", date(2026, 5, 1), date(2026, 7, 28)),)


def test_what_must_be_assessed_says_by_whom():
    because = walk_over(Assess("behovet", "municipality", id="need"), {}).because()
    assert (because.node, because.what, because.by) == ("need", "behovet", "municipality")
    assert because.situation.on == DAY


def test_an_age_is_unknown_for_the_same_cause_as_the_birth_date():
    book = rulebook()
    told = book.situation({}, DAY, conflicts={"birth_date"})
    walk = walked(book.rules["vergemaal-ved-18"].program, told)
    causes = {each.fact: each.cause for each in leaves_of(walk.because())}
    assert causes["child_age"] is Cause.CONFLICT
