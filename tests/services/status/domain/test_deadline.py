"""Which time limit wins, and on which days a rule holds."""

from datetime import date

import pytest

from services.status.domain.deadline import Deadline, DeadlineKind, Stated, winning
from shared.counting import Counting

DAY = date(2026, 11, 24)
ANSWER, COMPLAINT = DeadlineKind.ANSWER, DeadlineKind.COMPLAINT


def rule(rule_id, kind=ANSWER, rights=None, authorities=("nav",), **more):
    listed = None if rights is None else frozenset(rights)
    return Deadline(
        rule_id,
        kind,
        "authority",
        {"nb": rule_id},
        "decision",
        None,
        Counting.NONE,
        "x § 1",
        "sourced",
        frozenset(authorities),
        listed,
        **more,
    )


EVERY, LISTED, NAMED, OTHER = (
    rule("every"),
    rule("listed", rights=["a"]),
    rule("named", rights=["b"]),
    rule("other", COMPLAINT),
)
ALL = (EVERY, LISTED, NAMED, OTHER)


@pytest.mark.parametrize(
    ("right", "authority", "stated", "won"),
    [
        ("a", "nav", Stated("named"), ["named"]),
        ("a", "nav", Stated(None), []),
        ("a", "nav", None, ["listed"]),
        ("c", "nav", None, ["every"]),
        ("c", "municipality", None, []),
        ("a", "municipality", None, ["listed"]),
        ("c", "nav", Stated("every"), ["every"]),
        ("c", "nav", Stated("other"), ["every"]),
    ],
)
def test_the_right_wins_over_a_list_and_a_list_over_every(right, authority, stated, won):
    assert [each.id for each in winning(ANSWER, right, authority, stated, ALL, on=DAY)] == won


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "day", "holds"),
    [
        (None, None, DAY, True),
        (date(2027, 1, 1), None, date(2026, 12, 31), False),
        (date(2027, 1, 1), None, date(2027, 1, 1), True),
        (None, date(2027, 1, 1), date(2026, 12, 31), True),
        (None, date(2027, 1, 1), date(2027, 1, 1), False),
    ],
)
def test_a_rule_holds_from_a_day_until_and_not_with_another(valid_from, valid_until, day, holds):
    assert rule("x", valid_from=valid_from, valid_until=valid_until).holds_on(day) is holds


def test_what_is_not_in_force_is_never_shown():
    asleep = rule("asleep", in_force=False)
    assert winning(ANSWER, "a", "nav", Stated("asleep"), (asleep,), on=DAY) == ()
    assert winning(ANSWER, "a", "nav", None, (asleep,), on=DAY) == ()


def test_a_new_rule_takes_over_on_its_day():
    old, new = (
        rule("old", rights=["a"], valid_until=date(2027, 1, 1)),
        rule("new", rights=["a"], valid_from=date(2027, 1, 1)),
    )
    assert [each.id for each in winning(ANSWER, "a", "nav", None, (old, new), on=date(2026, 12, 31))] == ["old"]
    assert [each.id for each in winning(ANSWER, "a", "nav", None, (old, new), on=date(2027, 1, 1))] == ["new"]
