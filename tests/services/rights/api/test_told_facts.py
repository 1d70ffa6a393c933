"""What can be told for an evaluation: each fault names the fact, what is expected and what came, and repeats nothing that was written."""

from datetime import date

import pytest

from services.rights.api.told_facts import can_be_told, given
from services.rights.store.rulebook import rulebook
from shared.domain import InvalidInput

TODAY = date(2026, 11, 25)
WRITTEN = "Hun heter Blid og bor i Storgata 3"


def told(facts=None, *, at=None, not_known=()):
    return given(at, facts or {}, list(not_known), today=TODAY, book=rulebook())


def refused(facts=None, **asked):
    with pytest.raises(InvalidInput) as refusal:
        told(facts, **asked)
    return [(fault.field, fault.code, fault.got) for fault in refusal.value.faults]


def test_what_is_right_can_be_used():
    found = told(
        {
            "birth_date": "2018-03-02",
            "parent_birth_date": "1988-03-14",
            "lives_in_norway": True,
            "number_of_children": 2,
            "unpaid_care_hours_per_week": 12.5,
            "care_need_level": "extensive",
        },
        not_known=["condition_permanent"],
    )
    assert found.on == TODAY
    assert found.known["birth_date"] == date(2018, 3, 2)
    assert found.known["unpaid_care_hours_per_week"] == 12.5
    assert found.not_known == {"condition_permanent"}


@pytest.mark.parametrize(
    ("fact", "value", "code", "got"),
    [
        ("no_such_fact", True, "unknown-fact", "true"),
        ("child_age", 8, "not-told", "8"),
        ("deceased", False, "not-told", "false"),
        ("stillborn", False, "not-told", "false"),
        ("age_at_death", 3, "not-told", "3"),
        ("decision_received", True, "not-told", "true"),
        ("lives_in_norway", "ja", "wrong-type", "a text of length 2"),
        ("lives_in_norway", 1, "wrong-type", "1"),
        ("lives_in_norway", None, "wrong-type", "null"),
        ("lives_in_norway", WRITTEN, "wrong-type", "a text of length 34"),
        ("number_of_children", True, "wrong-type", "true"),
        ("number_of_children", "8", "wrong-type", "a text of length 1"),
        ("number_of_children", 1.5, "wrong-type", "1.5"),
        ("number_of_children", -1, "out-of-range", "-1"),
        ("number_of_children", 10**50, "out-of-range", "a huge number"),
        ("unpaid_care_hours_per_week", True, "wrong-type", "true"),
        ("unpaid_care_hours_per_week", float("nan"), "out-of-range", "nan"),
        ("unpaid_care_hours_per_week", float("inf"), "out-of-range", "inf"),
        ("unpaid_care_hours_per_week", 168.5, "out-of-range", "168.5"),
        ("care_need_level", "huge", "not-in-values", "a text of length 4"),
        ("care_need_level", ["extensive"], "wrong-type", "a list of length 1"),
        ("birth_date", "2018-02-30", "wrong-type", "a text of length 10"),
        ("birth_date", "20180302", "wrong-type", "a text of length 8"),
        ("birth_date", 20180302, "wrong-type", "20180302"),
        ("birth_date", "2026-11-26", "in-the-future", "2026-11-26"),
        ("birth_date", "1900-01-01", "out-of-range", "1900-01-01"),
        ("parent_birth_date", "2020-01-01", "out-of-range", "2020-01-01"),
    ],
)
def test_a_wrong_fact_is_named_with_what_is_expected_and_what_came(fact, value, code, got):
    assert refused({fact: value}) == [(f"facts.{fact}", code, got)]


@pytest.mark.parametrize("value", [["no-such-value"], ["x", "x"], "x", {"a": 1}, [1]])
def test_a_set_takes_its_own_values_once_each(value):
    fact = next(each for each, fact in rulebook().facts.items() if fact.type == "set")
    [(field, _, got)] = refused({fact: value})
    assert field == f"facts.{fact}"
    assert "no-such" not in got


def test_a_value_at_the_very_limit_is_inside():
    facts = rulebook().facts
    for fact_id, fact in facts.items():
        if can_be_told(fact_id, fact) and fact.min is not None:
            assert told({fact_id: fact.min}).known == {fact_id: fact.min}
            assert told({fact_id: fact.max}).known == {fact_id: fact.max}
            assert refused({fact_id: fact.max + 1})[0][0] == f"facts.{fact_id}"
            assert refused({fact_id: fact.min - 1})[0][0] == f"facts.{fact_id}"


def test_every_fault_is_told_at_once_and_in_three_languages():
    with pytest.raises(InvalidInput) as refusal:
        told({"lives_in_norway": 1, "number_of_children": "8"}, not_known=["child_age", "no_such_fact"])
    faults = refusal.value.faults
    assert [fault.field for fault in faults] == [
        "facts.lives_in_norway",
        "facts.number_of_children",
        "not_known.0",
        "not_known.1",
    ]
    assert all(fault.detail.nb and fault.detail.nn and fault.detail.en for fault in faults)


def test_the_name_of_an_unknown_fact_is_not_repeated_when_it_is_none():
    assert refused({WRITTEN: True}) == [("facts", "unknown-fact", "true")]
    assert refused(not_known=[WRITTEN]) == [("not_known.0", "unknown-fact", "a text of length 34")]


def test_i_do_not_know_is_said_once_and_not_beside_an_answer():
    assert refused(not_known=["has_disability", "has_disability"]) == [("not_known.1", "twice", "has_disability")]
    assert refused({"has_disability": True}, not_known=["has_disability"]) == [
        ("not_known.0", "told-and-not-known", "has_disability")
    ]


@pytest.mark.parametrize("at", ["1899-12-31", "2101-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_that_no_rule_could_be_for_is_refused(at):
    assert refused(at=at) == [("at", "out-of-range", at)]


@pytest.mark.parametrize(
    ("at", "birth", "fits"),
    [
        ("2026-11-25", "2026-11-25", True),
        ("2020-01-01", "2020-01-02", False),  # not born on the day that is asked about
        ("2030-01-01", "2026-11-26", False),  # nobody knows yet when a child is born
        ("2030-01-01", "2026-11-25", True),
        ("2020-02-29", "2020-02-29", True),
    ],
)
def test_a_child_is_born_on_the_day_and_today_at_the_latest(at, birth, fits):
    if fits:
        assert told({"birth_date": birth}, at=at).known == {"birth_date": date.fromisoformat(birth)}
    else:
        assert refused({"birth_date": birth}, at=at)[0][:2] == ("facts.birth_date", "in-the-future")


def test_a_parent_is_born_before_the_child_and_a_death_follows_a_birth():
    born = {"birth_date": "2010-03-02"}
    for day in ("2010-03-02", "2012-01-01"):
        assert ("facts.parent_birth_date", "not-before-the-child", day) in refused({**born, "parent_birth_date": day})
    assert refused({**born, "date_of_death": "2010-03-01"}) == [
        ("facts.date_of_death", "before-the-birth", "2010-03-01")
    ]
    assert told({**born, "date_of_death": "2010-03-02"}).known["date_of_death"] == date(2010, 3, 2)
