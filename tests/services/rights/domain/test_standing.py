"""Judging again when something moved is judging everything anew."""

import random
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from services.rights.domain.condition import Condition, Together
from services.rights.domain.confidence import Confidence
from services.rights.domain.rate import Interval, stale_on
from services.rights.domain.rule import JudgedFor, rule
from services.rights.domain.situation import situation
from services.rights.domain.standing import Catalogue
from services.rights.domain.tree import Comparator, Comparison, RateRef
from services.rights.store.rulebook import rulebook
from tests.services.rights.profiles import random_profile, random_value, situation_of
from tests.services.rights.trees import at_least, told_facts

DAY = date(2026, 11, 22)
BORN = date(2012, 4, 21)


@pytest.fixture(scope="module")
def catalogue():
    book = rulebook()
    return Catalogue(book.rules, book.vocabulary)


def outcomes(standing):
    """Every judgement with its explanation, as they can be compared."""
    return {
        right: (found._replace(walk=None), tree(found.because)) for right in standing for found in [standing[right]]
    }


def tree(because):
    return because.node, because.truth, because.cause, because.value, tuple(tree(part) for part in because.parts)


@pytest.mark.parametrize("seed", range(3))
def test_it_comes_to_the_same_whatever_moves(catalogue, seed):
    rng, facts = random.Random(seed), rulebook().facts
    profile = random_profile(rng)
    standing = catalogue.judge_all(situation_of(profile, DAY))
    for _ in range(15):
        for name in rng.sample(sorted(facts), 3):
            if name in profile and rng.random() < 0.5:
                del profile[name]
            elif facts[name].type != "date":
                profile = {**profile, name: random_value(facts[name], rng)}
        there = situation_of(profile, rng.choice([DAY, date(2027, 6, 1)]))
        standing = catalogue.judge_again(standing, there)
        assert outcomes(standing) == outcomes(catalogue.judge_all(situation_of(profile, there.on)))


def test_a_birthday_that_nothing_asks_about_moves_nothing(catalogue):
    book = rulebook()
    before = catalogue.judge_all(book.situation({"birth_date": BORN}, date(2026, 11, 22)))
    assert catalogue.judge_again(before, book.situation({"birth_date": BORN}, date(2026, 11, 23))).moved == set()


def test_at_eighteen_what_asks_about_it_is_judged_again_and_little_else(catalogue):
    book = rulebook()
    before = catalogue.judge_all(book.situation({"birth_date": BORN}, date(2030, 4, 20)))
    after = catalogue.judge_again(before, book.situation({"birth_date": BORN}, date(2030, 4, 21)))
    assert "vergemaal-ved-18" in after.moved
    assert len(after.moved) < len(book.rules) / 2
    assert after.verdicts != before.verdicts


def test_an_explanation_that_did_not_move_reads_the_new_day(catalogue):
    book = rulebook()
    before = catalogue.judge_all(book.situation({"birth_date": BORN}, date(2026, 4, 20)))
    after = catalogue.judge_again(before, book.situation({"birth_date": BORN}, date(2026, 4, 21)))
    still = next(right for right in after if right not in after.moved)
    assert after[still].because.situation is after.situation


LIMITS = [
    Condition("n", (Comparison(comparator, bound),))
    for comparator in (Comparator.AT_LEAST, Comparator.ABOVE, Comparator.AT_MOST, Comparator.BELOW, Comparator.IS)
    for bound in range(4)
]


@pytest.mark.parametrize("was", [*range(4), None])
@pytest.mark.parametrize("value", [*range(4), None])
def test_no_limit_that_stands_otherwise_is_passed_over(was, value):
    told, together = told_as(value), Together(LIMITS)
    before, after = dict(together.states(told_as(was), was)), dict(together.states(told, value))
    assert before | dict(together.moved(told, was, value)) == after
    assert after == {limit: limit.state(told) for limit in LIMITS}


def told_as(value):
    return SimpleNamespace(known={} if value is None else {"n": value}, rates={}, siblings=(), is_whole=False)


def test_a_right_is_judged_again_when_the_rate_it_rests_on_is_past_its_check():
    tree = at_least("cost", RateRef("limit"))
    facts = told_facts(tree)
    of_cost = rule("dear", JudgedFor.CHILD, tree, Confidence.SOURCED, relevant_when=(), vocabulary=facts)
    of_rates = {"limit": Interval(date(2026, 1, 1), None, 8000, DAY)}

    def on(day):
        stale = stale_on(of_rates, day)
        return situation({"cost": 9000}, day, rates={"limit": 8000}, vocabulary=facts, intervals=of_rates, stale=stale)

    small = Catalogue({"dear": of_cost}, facts)
    before = small.judge_all(on(DAY))
    after = small.judge_again(before, on(DAY + timedelta(days=1)))
    assert (before["dear"].stale, after["dear"].stale, after.moved) == (set(), {"limit"}, {"dear"})
