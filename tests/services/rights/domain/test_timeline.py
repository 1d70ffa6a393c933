"""The timeline: what it says of a day is what judging that day says, and each turn stands on its day."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.rights.domain.confidence import Confidence
from services.rights.domain.derived import derive
from services.rights.domain.month_rule import MonthRule
from services.rights.domain.rate import Interval, Rate
from services.rights.domain.rule import JudgedFor
from services.rights.domain.rule import rule as rule_of
from services.rights.domain.situation import Said
from services.rights.domain.timeline import Course, Way, timeline
from services.rights.domain.told import Told, situation_on
from services.rights.domain.tree import Atom, Comparator, Comparison, RateRef
from services.rights.domain.verdict import Verdict, judge
from services.rights.store.rulebook import rulebook
from tests.services.rights.profiles import random_profile
from tests.support.clock import START

TODAY = date(2026, 11, 24)
YEARS_30 = timedelta(days=30 * 365)
A_DAY = timedelta(days=1)


def told_at_random(rng):
    """Someone made up, as they would be told of: birth dates in place of ages, and some facts said long ago."""
    book = rulebook()
    known = {
        fact: frozenset(value) if isinstance(value, list) else value
        for fact, value in random_profile(rng).items()
        if book.vocabulary[fact].origin != "derived"
    }
    if rng.random() < 0.9:
        known["birth_date"] = TODAY - timedelta(days=rng.randint(0, 25 * 365))
    if rng.random() < 0.7:
        known["parent_birth_date"] = TODAY - timedelta(days=rng.randint(20 * 365, 60 * 365))
    said = {fact: Said("guardian", START - timedelta(days=rng.randint(0, 500))) for fact in known if rng.random() < 0.5}
    return Told(known=known, told_on=TODAY - timedelta(days=rng.randint(0, 300)), said=said)


@pytest.mark.parametrize("seed", range(12))
def test_what_a_timeline_says_of_a_day_is_what_judging_that_day_says(seed):
    rng, book = random.Random(seed), rulebook()
    told, until = told_at_random(rng), TODAY + YEARS_30
    rights = rng.sample(sorted(book.rules), 40)
    found = {each.right: each for each in timeline(book, told, dict.fromkeys(rights, Course()), on=TODAY, until=until)}
    turns = {segment.start for each in found.values() for segment in each.segments}
    near = {day + by for day in turns for by in (-A_DAY, A_DAY * 0, A_DAY)}
    anywhere = {TODAY + timedelta(days=rng.randint(0, YEARS_30.days)) for _ in range(40)}
    for day in sorted(day for day in near | anywhere if TODAY <= day <= until):
        situation = situation_on(book, told, day)
        for right, each in found.items():
            rule = book.rules_on(day)[right]
            judged, said = judge(rule, situation, book.vocabulary), each.on(day)
            assert (right, day, said.verdict, said.missing, said.from_register, said.only_rare) == (
                right,
                day,
                judged.verdict,
                judged.missing,
                judged.from_register,
                judged.only_rare,
            )


def of(right, *, until=date(2050, 1, 1), on=TODAY, **known):
    """One right's timeline, with the month rules that its file has."""
    book = rulebook()
    version, file = book.version_on(right, on), book.rights[right]
    course = Course(version.begins, version.ends, file.application.needed)
    [found] = timeline(book, Told(known=known, told_on=on), {right: course}, on=on, until=until)
    return found


def turns(found, way):
    return [(turn.day, turn.after.value, turn.counts_from) for turn in found.turns if turn.way is way]


@pytest.mark.parametrize(
    ("born", "eighteen"),
    [
        (date(2010, 11, 1), date(2028, 11, 1)),
        (date(2010, 11, 30), date(2028, 11, 30)),
        (date(2012, 2, 29), date(2030, 3, 1)),
        (date(2012, 12, 31), date(2030, 12, 31)),
    ],
)
def test_a_right_for_children_ends_on_the_eighteenth_birthday(born, eighteen):
    found = of("briller-til-barn", birth_date=born)
    assert turns(found, Way.ENDS) == [(eighteen, "not_relevant", eighteen)]
    assert [segment.start for segment in found.segments] == [TODAY, eighteen]
    assert (found.segments[0].until, found.segments[1].until) == (eighteen, None)
    assert found.on(eighteen - A_DAY).verdict is not Verdict.NOT_RELEVANT
    assert found.on(eighteen).verdict is Verdict.NOT_RELEVANT


def test_the_last_month_of_the_higher_rate_is_that_of_the_eighteenth_birthday():
    found = of("forhoyet-hjelpestonad", birth_date=date(2010, 11, 1))
    assert turns(found, Way.ENDS) == [(date(2028, 11, 1), "not_relevant", date(2028, 12, 1))]


def test_the_extended_child_benefit_is_paid_until_the_month_before():
    found = of("utvidet-barnetrygd", birth_date=date(2010, 11, 30))
    assert turns(found, Way.ENDS) == [(date(2028, 11, 30), "not_relevant", date(2028, 11, 1))]


def test_a_right_by_the_calendar_year_ends_with_the_year():
    found = of("omsorgspenger", birth_date=date(2010, 11, 30), until=date(2035, 1, 1))
    [(day, _, counts)] = turns(found, Way.ENDS)[-1:]
    assert (day, counts) == (date(2029, 1, 1), date(2029, 1, 1))


def test_a_right_that_begins_at_an_age_can_be_applied_for_from_then():
    found = of("arbeidsavklaringspenger", birth_date=date(2010, 11, 30))
    [(day, _, counts)] = turns(found, Way.BEGINS)
    assert (day, counts, found.apply_from) == (date(2028, 11, 30), None, date(2028, 11, 30))


def test_what_is_had_without_applying_has_nothing_to_apply_for():
    assert not rulebook().rights["barnekoordinator"].application.needed
    assert of("barnekoordinator", birth_date=date(2015, 1, 1)).apply_from is None


def test_what_the_start_of_school_ends_is_over_that_day_and_what_a_birthday_ends_lasts_the_school_year():
    told = Told(known={"birth_date": date(2022, 12, 31)}, told_on=TODAY)
    of_kindergarten = only("kindergarten_age", Comparator.IS, True)
    of_age = only("child_age", Comparator.BELOW, 6)
    book = rulebook()
    law = replace(book, in_force=tuple({"x": of_kindergarten, "y": of_age} for _ in book.in_force))
    courses = dict.fromkeys(("x", "y"), Course(ends=MonthRule.SCHOOL_YEAR))
    by_school, by_age = timeline(law, told, courses, on=TODAY, until=date(2030, 1, 1))
    assert turns(by_school, Way.ENDS) == [(date(2028, 8, 1), "not_relevant", date(2028, 8, 1))]
    assert turns(by_age, Way.ENDS) == [(date(2028, 12, 31), "not_relevant", date(2029, 8, 1))]


def test_a_version_that_is_not_in_force_yet_begins_on_its_day():
    book, day = rulebook(), date(2027, 7, 1)
    old, new = only("has_disability", Comparator.IS, False), only("has_disability", Comparator.IS, True)
    law = replace(book, version_days=(day,), in_force=({"x": old}, {"x": new, "y": new}))
    told = Told(known={"has_disability": True}, told_on=TODAY)
    courses = dict.fromkeys(("x", "y"), Course(begins=MonthRule.NEXT_MONTH))
    for found in timeline(law, told, courses, on=TODAY, until=date(2028, 1, 1)):
        assert turns(found, Way.BEGINS) == [(day, "likely", date(2027, 8, 1))]
        assert found.turns[0].moved.rule


def test_a_rate_that_is_known_to_end_is_unknown_afterwards():
    book, rate = rulebook(), "x.rate"
    interval = Interval(date(2020, 1, 1), date(2027, 5, 1), 100, date(2030, 1, 1))
    asked = only("documented_extra_expenses_nok_per_year", Comparator.AT_LEAST, RateRef(rate))
    law = replace(
        book,
        histories={rate: Rate(rate, "NOK/year", (interval,))},
        in_force=tuple({"x": asked} for _ in book.in_force),
    )
    told = Told(known={"documented_extra_expenses_nok_per_year": 200}, told_on=TODAY)
    [found] = timeline(law, told, {"x": Course()}, on=TODAY, until=date(2027, 10, 1))
    assert [(segment.start, segment.judgement.verdict.value) for segment in found.segments] == [
        (TODAY, "likely"),
        (date(2027, 5, 1), "must_be_assessed"),
    ]
    assert found.segments[1].moved.rates == {rate}


def test_a_right_that_opens_only_because_something_is_forgotten_changes_and_does_not_begin():
    found = of("sfo-gratis-5-7-trinn", birth_date=date(2015, 5, 5), in_school=False, until=date(2027, 12, 31))
    assert turns(found, Way.BEGINS) == []
    [(day, after, _)] = turns(found, Way.CHANGES)
    assert (day, after) == (date(2027, 8, 1), "possible_missing_facts")
    [turn] = found.turns
    assert found.apply_from is None
    assert turn.moved.ended == {"in_school"}
    assert turn.rule is None


def only(fact, comparator, bound):
    """A right that asks one thing."""
    atom = Atom(fact, (Comparison(comparator, bound),))
    return rule_of("x", JudgedFor.CHILD, atom, Confidence.SOURCED, relevant_when=(), vocabulary=rulebook().vocabulary)


def test_a_right_that_needs_a_case_is_not_relevant_when_nothing_of_a_case_is_known_any_more():
    book, told = rulebook(), Told(known={"days_since_decision_received": 3}, told_on=TODAY)
    asked = only("decision_received", Comparator.IS, True)
    law = replace(book, in_force=tuple({"x": asked} for _ in book.in_force))
    [found] = timeline(law, told, {"x": Course()}, on=TODAY, until=date(2027, 1, 1))
    assert [(segment.start, segment.judgement.verdict.value) for segment in found.segments] == [
        (TODAY, "possible_missing_facts"),
        (TODAY + A_DAY, "not_relevant"),
    ]


BIRTHS = [date(2024, 2, 29), date(2024, 1, 31), date(2025, 1, 1), date(2024, 12, 31), date(2023, 8, 1)]
BOUNDS = [(each, 3) for each in Comparator if each not in (Comparator.IN, Comparator.OVERLAPS)]


@pytest.mark.parametrize("birth", BIRTHS)
@pytest.mark.parametrize("fact", ["child_age", "child_age_months", "child_age_turning_this_year", "parent_age"])
def test_every_comparison_with_an_age_turns_on_the_very_day(fact, birth):
    book, on, until = rulebook(), date(2023, 6, 1), date(2030, 6, 1)
    told = Told(known={"birth_date": birth, "parent_birth_date": birth}, told_on=on)
    rules = {f"{each}": only(fact, each, bound) for each, bound in [*BOUNDS, (Comparator.IN, frozenset({2, 4}))]}
    law = replace(book, in_force=tuple(rules for _ in book.in_force))
    found = timeline(law, told, dict.fromkeys(rules, Course()), on=on, until=until)
    for shift in range((until - on).days):
        day = on + timedelta(days=shift)
        known = derive(told.known, day, vocabulary=book.vocabulary, school_start=book.school_start)
        said = {each.right: each.on(day).verdict is Verdict.LIKELY for each in found}
        assert said == {each: rule.tree.truth(known, {}) for each, rule in rules.items()}, day
    assert all(len(each.segments) > 1 for each in found)
