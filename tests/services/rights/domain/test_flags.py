"""What a verdict is flagged with: rates that were not verified for the day, and a right that only what few ever meet could open."""

from datetime import date

import pytest

from services.rights.domain.confidence import Confidence
from services.rights.domain.fact import Origin
from services.rights.domain.rate import Interval, stale_on
from services.rights.domain.rule import JudgedFor, rule
from services.rights.domain.situation import situation
from services.rights.domain.tree import Branch, Not, RateRef
from services.rights.domain.verdict import Verdict, judge
from tests.services.rights.trees import ASSESS, DAY, at_least, leaf, told_facts

COSTS, OTHER_COSTS = at_least("cost", RateRef("limit")), at_least("cost", RateRef("other"))
SICK, BLIND = leaf("sick"), leaf("blind", rare=True)
CHECKED, UNCHECKED = date(2026, 12, 31), date(2026, 7, 28)


def judged(tree, known, *, intervals=None, confidence=Confidence.SOURCED):
    facts = told_facts(tree, but=dict.fromkeys(known, Origin.TOLD))
    of_the_day = intervals or {}
    told = situation(
        known,
        DAY,
        rates={rate: interval.value for rate, interval in of_the_day.items()},
        vocabulary=facts,
        intervals=of_the_day,
        stale=stale_on(of_the_day, DAY),
    )
    a_rule = rule("en-rett", JudgedFor.CHILD, tree, confidence, relevant_when=(), vocabulary=facts)
    return judge(a_rule, told, facts)


def limits(limit, other=CHECKED):
    return {rate: Interval(date(2026, 1, 1), None, 8000, until) for rate, until in (("limit", limit), ("other", other))}


@pytest.mark.parametrize(
    ("until", "stale"),
    [(CHECKED, set()), (DAY, set()), (date(2026, 11, 24), {"limit"}), (UNCHECKED, {"limit"}), (None, {"limit"})],
)
def test_past_the_day_a_rate_was_verified_for_the_verdict_is_given_and_flagged(until, stale):
    found = judged(COSTS, {"cost": 9000}, intervals=limits(until))
    assert (found.verdict, found.stale) == (Verdict.LIKELY, stale)


@pytest.mark.parametrize(
    ("tree", "known", "stale"),
    [
        (Branch(1, (COSTS, SICK)), {"cost": 9000, "sick": True}, set()),  # carried without it
        (Branch(1, (COSTS, SICK)), {"cost": 9000, "sick": False}, {"limit"}),
        (Branch(2, (COSTS, SICK)), {"cost": 9000, "sick": False}, set()),  # closed without it
        (Branch(2, (COSTS, SICK)), {"cost": 9000, "sick": True}, {"limit"}),
        (Branch(2, (COSTS, SICK)), {"cost": 9000}, {"limit"}),  # without it, it could be closed already
        (Branch(2, (COSTS, SICK)), {"sick": True}, set()),  # not held against anything yet
        (Branch(2, (COSTS, OTHER_COSTS)), {"cost": 9000}, {"limit"}),
    ],
)
def test_only_the_rates_that_the_outcome_rests_on_are_flagged(tree, known, stale):
    assert judged(tree, known, intervals=limits(UNCHECKED)).stale == stale


def test_when_either_of_two_unverified_rates_would_do_both_are_flagged():
    tree = Branch(1, (COSTS, OTHER_COSTS))
    assert judged(tree, {"cost": 9000}, intervals=limits(UNCHECKED, UNCHECKED)).stale == {"limit", "other"}


@pytest.mark.parametrize(
    ("tree", "known", "only_rare"),
    [
        (Branch(1, (SICK, BLIND)), {"sick": False}, True),
        (Branch(1, (SICK, BLIND)), {}, False),
        (Branch(1, (SICK, BLIND)), {"sick": False, "blind": True}, False),  # settled
        (Branch(1, (SICK, Branch(2, (BLIND, leaf("alone")), rare=True))), {"sick": False, "blind": True}, True),
        (Branch(2, (SICK, Not(BLIND))), {"sick": True}, False),  # a rare exception leaves the common way open
        (Branch(2, (leaf("member"), Branch(1, (SICK, BLIND)))), {"sick": False}, True),
    ],
)
def test_a_right_that_only_what_few_ever_meet_could_open_is_told_apart(tree, known, only_rare):
    found = judged(tree, known)
    assert found.only_rare is only_rare
    assert found.verdict is not Verdict.NOT_RELEVANT


def test_it_is_still_possible_for_unknown_is_never_no():
    found = judged(Branch(1, (SICK, BLIND)), {"sick": False})
    assert (found.verdict, found.missing) == (Verdict.POSSIBLE, {"blind"})


def test_what_must_be_assessed_on_a_rare_way_is_rare_too():
    tree = Branch(1, (SICK, Branch(2, (leaf("abroad"), ASSESS), rare=True)))
    assert judged(tree, {"sick": False, "abroad": True}).only_rare
