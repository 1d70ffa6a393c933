"""Many at once is judged as one at a time."""

import random
from datetime import date, timedelta

import pytest

from services.rights.bulk.columns import NotAValue, people_of
from services.rights.bulk.verdicts import Crowd
from services.rights.domain.fact import Origin
from services.rights.domain.rate import rates_on
from services.rights.domain.verdict import Verdict, judge
from services.rights.store.rulebook import rulebook
from tests.services.rights.profiles import DENSITIES, random_value

DAY = date(2026, 11, 25)
MANY = 203  # not a whole number of bytes


def random_people(number, seed):
    """People known by chance, more and less; of most no case and no death."""
    rng, found = random.Random(seed), []
    for _ in range(number):
        density = rng.choice(DENSITIES)
        told = {}
        for name, fact in rulebook().facts.items():
            if fact.origin is Origin.DERIVED or rng.random() >= density:
                continue
            if fact.subject == "case" and rng.random() < 0.7:
                continue
            if name in {"date_of_death", "stillborn"} and rng.random() < 0.7:
                continue
            earliest, latest = (1970, 1998) if name == "parent_birth_date" else (1997, 2026)
            told[name] = (
                (date(earliest, 1, 1) + timedelta(days=rng.randrange((latest - earliest) * 365))).isoformat()
                if fact.type == "date"
                else random_value(fact, rng)
            )
        found.append(told)
    return found


def columns(told):
    book = rulebook()
    return people_of(told, book.facts, DAY, book.school_start)


def alone(told):
    """The person as one situation."""
    known = {
        name: date.fromisoformat(value)
        if rulebook().facts[name].type == "date"
        else frozenset(value)
        if isinstance(value, list)
        else value
        for name, value in told.items()
    }
    return rulebook().situation(known, DAY)


@pytest.fixture(scope="module")
def judged():
    told = random_people(MANY, seed=11)
    rates = rates_on(rulebook().histories.values(), DAY)
    return told, Crowd(columns(told), rates).verdicts(rulebook().rules)


def test_everyone_gets_the_verdict_that_they_would_get_alone(judged):
    told, found = judged
    book = rulebook()
    for person, facts in enumerate(told):
        situation = alone(facts)
        expected = {right: judge(rule, situation, book.vocabulary).verdict for right, rule in book.rules.items()}
        assert {right: each.of(person) for right, each in found.items()} == expected, facts


def test_all_five_verdicts_come_up_and_everyone_has_one(judged):
    _, found = judged
    assert all(sum(each.count(verdict) for verdict in Verdict) == MANY for each in found.values())
    assert all(any(each.count(verdict) for each in found.values()) for verdict in Verdict)


def test_who_was_born_on_the_29th_of_february_turns_a_year_older_on_the_first_of_march():
    book = rulebook()
    told = [{"birth_date": "2008-02-29", "date_of_death": died} for died in ("2025-02-28", "2025-03-01")]
    on = [people_of(told, book.facts, day, book.school_start) for day in (date(2026, 2, 28), date(2026, 3, 1))]
    assert [list(each.columns["child_age"].values) for each in on] == [[17, 17], [18, 18]]
    assert list(on[0].columns["age_at_death"].values) == [16, 17]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"rare_diagnosis": "yes"}, "rare_diagnosis: str where boolean is expected"),
        ({"care_need_level": "much"}, "care_need_level: 'much' is no value of it"),
        ({"shoe_size": 38}, "shoe_size: no such fact"),
    ],
)
def test_a_fact_that_cannot_be_read_is_named(told, reason):
    with pytest.raises(NotAValue, match=reason):
        columns([{}, told])
