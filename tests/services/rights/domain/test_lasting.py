"""Facts that will not last: until when they are known."""

from datetime import UTC, date, datetime

import pytest

from services.rights.domain.cause import Cause
from services.rights.domain.lasting import End, Lasting, Limit
from services.rights.domain.situation import Said
from services.rights.domain.told import Told, situation_on
from services.rights.store.rulebook import rulebook

BOOK = rulebook()
BORN = date(2022, 5, 17)
TOLD = date(2026, 11, 24)


def end_of(fact, value, *, told=TOLD, born=BORN, said=None):
    known = {fact: value} | ({"birth_date": born} if born else {})
    return BOOK.lasting.ends(known, {fact: said} if said else {}, told).get(fact)


@pytest.mark.parametrize(
    ("fact", "value", "told", "end"),
    [
        ("in_kindergarten", True, date(2026, 11, 24), date(2028, 8, 1)),
        ("in_kindergarten", True, date(2028, 7, 31), date(2028, 8, 1)),
        ("in_kindergarten", True, date(2028, 8, 1), None),  # said after school began: it is so in spite of that
        ("in_school", False, date(2026, 11, 24), date(2028, 8, 1)),  # not before school begins
        ("in_school", True, date(2028, 8, 1), date(2029, 8, 1)),
        ("school_level", "grade_1_4", date(2030, 7, 31), date(2030, 8, 1)),
        ("sibling_in_kindergarten_same_municipality", True, date(2026, 11, 24), date(2027, 8, 1)),
        ("approved_user_charges_nok_this_year", 900, date(2026, 12, 31), date(2027, 1, 1)),
        ("approved_user_charges_nok_this_year", 900, date(2027, 1, 1), date(2028, 1, 1)),
        ("child_ill_now", True, date(2027, 1, 31), date(2027, 2, 28)),
        ("admitted_to_health_institution", True, TOLD, date(2027, 2, 24)),
        ("admitted_to_health_institution", False, TOLD, None),
        ("lives_at_home", True, TOLD, date(2040, 5, 17)),
        ("hjelpestonad_rate", 3, TOLD, date(2040, 5, 17)),
        ("hjelpestonad_rate", 1, TOLD, None),
        ("diagnosis_groups", frozenset({"epilepsy", "undiagnosed"}), TOLD, date(2027, 11, 24)),
        ("diagnosis_groups", frozenset({"epilepsy"}), TOLD, None),
        ("without_place_to_stay", True, TOLD, date(2026, 11, 25)),
        ("condition_permanent", True, TOLD, None),
    ],
)
def test_a_fact_is_known_until_its_end(fact, value, told, end):
    assert end_of(fact, value, told=told) == end


def test_without_a_birth_date_nothing_ends_by_age_and_school_facts_end_with_the_year():
    assert end_of("lives_at_home", True, born=None) is None
    assert end_of("in_kindergarten", True, born=None) is None
    assert end_of("in_school", True, born=None) == date(2027, 8, 1)


def test_the_time_counts_from_the_day_it_was_said_in_oslo_and_not_from_the_day_it_became_so():
    late = Said("guardian", datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2020, 1, 1))
    assert end_of("approved_user_charges_nok_this_year", 900, said=late) == date(2028, 1, 1)


def test_of_several_limits_the_first_one_ends_it():
    limits = {"in_school": (Limit(End.MONTHS, 24), Limit(End.DAYS, 3))}
    lasting = Lasting(limits, BOOK.school_start)
    assert lasting.ends({"in_school": True}, {}, TOLD) == {"in_school": date(2026, 11, 27)}


def test_what_has_ended_is_unknown_on_that_day_and_says_that_it_was_known_once():
    told = Told(known={"birth_date": BORN, "in_kindergarten": True}, told_on=TOLD)
    before, after = (situation_on(BOOK, told, day) for day in (date(2028, 7, 31), date(2028, 8, 1)))
    assert (before.known.get("in_kindergarten"), before.expired) == (True, frozenset())
    assert "in_kindergarten" not in after.known
    assert after.expired == {"in_kindergarten"}
    assert Cause.STALE.value == "source_stale"


def test_a_registers_fact_never_ends():
    of_registers = {fact for fact, each in BOOK.vocabulary.items() if each.origin in ("register", "derived")}
    assert of_registers.isdisjoint(BOOK.lasting.limits)
