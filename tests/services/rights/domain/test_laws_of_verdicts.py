"""What holds for every right and every situation."""

import random
from datetime import date

import pytest

from services.rights.domain.answer import answer, in_order
from services.rights.domain.because import Outcome
from services.rights.domain.fact import Type
from services.rights.domain.situation import situation
from services.rights.domain.verdict import Verdict, judge
from services.rights.store.rulebook import rulebook
from tests.services.rights.profiles import random_profile, random_value, situation_of

DAY = date(2026, 11, 22)
SEEDS = range(5)
SETTLED = {Verdict.LIKELY, Verdict.UNLIKELY}


def without(told, fact):
    book = rulebook()
    known = {name: value for name, value in told.known.items() if name != fact}
    return situation(known, told.on, rates=told.rates, vocabulary=book.vocabulary)


@pytest.mark.parametrize("seed", SEEDS)
def test_taking_away_any_one_fact_never_moves_a_verdict_between_likely_and_unlikely(seed):
    book, rng = rulebook(), random.Random(seed)
    for _ in range(4):
        told = situation_of(random_profile(rng), DAY)
        before = {name: judge(rule, told, book.vocabulary).verdict for name, rule in book.rules.items()}
        for fact in told.known:
            less = without(told, fact)
            for name, rule in book.rules.items():
                after = judge(rule, less, book.vocabulary).verdict
                assert before[name] == after or {before[name], after} != SETTLED, (name, fact)


@pytest.mark.parametrize("seed", SEEDS)
def test_with_less_known_an_undecided_right_stays_undecided(seed):
    book, rng = rulebook(), random.Random(seed)
    for _ in range(10):
        told = situation_of(random_profile(rng), DAY)
        if not told.known:
            continue
        less = without(told, rng.choice(sorted(told.known)))
        for rule in book.rules.values():
            if rule.tree.truth(told.known, told.rates) is None:
                assert rule.tree.truth(less.known, less.rates) is None


@pytest.mark.parametrize("seed", SEEDS)
def test_when_everything_is_answered_nothing_is_missing(seed):
    book, rng = rulebook(), random.Random(seed)
    told = situation_of(everything(rng), DAY)
    for name, rule in book.rules.items():
        found = judge(rule, told, book.vocabulary)
        assert not found.missing | found.from_register, name
        assert found.verdict is not Verdict.POSSIBLE, name


def everything(rng):
    """A value for every fact, in a family whose child lives."""
    book = rulebook()
    answered = {name: random_value(fact, rng) for name, fact in book.facts.items() if fact.type is not Type.DATE}
    return {**answered, "deceased": False, "stillborn": False}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_verdict_and_the_tree_that_explains_it_never_disagree(seed):
    book, rng = rulebook(), random.Random(seed)
    allowed = {
        Verdict.LIKELY: {Outcome.TRUE},
        Verdict.UNLIKELY: {Outcome.FALSE},
        Verdict.POSSIBLE: {Outcome.UNKNOWN},
        Verdict.MUST_BE_ASSESSED: {Outcome.TRUE, Outcome.UNKNOWN},
        Verdict.NOT_RELEVANT: set(Outcome),  # no case, no death: whatever the tree says
    }
    for _ in range(10):
        told = situation_of(random_profile(rng), DAY)
        for name, rule in book.rules.items():
            found = judge(rule, told, book.vocabulary)
            assert found.because.truth in allowed[found.verdict], name


def test_nothing_known_makes_nothing_likely_and_nothing_unlikely():
    book = rulebook()
    nothing = situation_of({}, DAY)
    assert not {judge(rule, nothing, book.vocabulary).verdict for rule in book.rules.values()} & SETTLED


def test_every_answer_is_told_once_the_likely_ones_first():
    book = rulebook()
    told = situation_of(random_profile(random.Random(5)), DAY)
    answers = in_order(answer(rule, told, book.vocabulary) for rule in book.rules.values())
    verdicts = [list(Verdict).index(each.judgement.verdict) for each in answers]
    assert len(answers) == len(book.rules)
    assert verdicts == sorted(verdicts)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_settled_answer_has_reasons_and_an_undecided_one_has_something_open(seed):
    book, rng = rulebook(), random.Random(seed)
    told = situation_of(random_profile(rng), DAY)
    for rule in book.rules.values():
        found = answer(rule, told, book.vocabulary)
        if rule.tree.truth(told.known, told.rates) is None:
            assert (
                found.judgement.missing
                or found.judgement.from_register
                or found.to_be_assessed
                or found.rates
                or found.judgement.verdict is Verdict.NOT_RELEVANT
            )
        else:
            assert found.reasons
            assert found.to_be_assessed == ()
