"""A decision as a whole, and what takes its place."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest

from services.applications.domain.decision import Decision, Item, Outcome, Superseding, summary, supersede
from tests.services.applications.builders import AT, CHILD

G, P, R = Outcome.GRANTED, Outcome.PARTLY, Outcome.REFUSED
DECISION = Decision(UUID(int=7), UUID(int=8), CHILD, date(2026, 11, 24), None, (Item("Alt", R),), None, AT)


def by(complaint: int, outcome: str = "reversed", days: int = 0) -> Superseding:
    return Superseding(UUID(int=complaint), outcome, AT + timedelta(days=days))


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [((G,), G), ((G, G), G), ((R, R), R), ((P,), P), ((G, R), P), ((G, P), P), ((R, P), P), ((G, P, R), P)],
)
def test_a_decision_is_what_its_items_share_and_else_partly(outcomes, expected):
    assert summary(outcomes) is expected


def test_the_order_of_the_items_is_of_no_account():
    for outcomes in product(Outcome, repeat=3):
        assert summary(outcomes) is summary(reversed(outcomes))


def test_an_item_that_gives_less_must_be_explained():
    assert [Item("x", each).is_less for each in (G, P, R)] == [False, True, True]


def test_a_reversal_is_marked_once():
    marked = supersede(DECISION, by(1))
    assert marked is not None
    assert marked.superseding == by(1)
    assert supersede(marked, by(1)) is None


def test_the_later_of_two_reversals_stands_in_whatever_order_they_are_heard():
    earlier, later = by(1, days=1), by(2, "partly-reversed", days=2)
    for order in ((earlier, later), (later, earlier)):
        decision = DECISION
        for each in order:
            decision = supersede(decision, each) or decision
        assert decision.superseding == later


def test_a_complaints_time_runs_from_the_notice_and_never_before_the_decision():
    assert DECISION.starts == date(2026, 11, 24)
    assert replace(DECISION, notified_at=date(2026, 11, 30)).starts == date(2026, 11, 30)
