"""What a decision must say before it is taken in: each thing that lacks is named."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.applications.domain.complaint_law import ComplaintLaw, ComplaintRule, StatedComplaint
from services.applications.domain.decision import Amount, ComplaintInformation, Decision, Item, Outcome, Period, Unit
from services.applications.domain.lawful_decision import ShorterThanTheLaw, require_lawful
from shared.counting import Counting, Length
from shared.counting import Unit as LengthUnit
from shared.domain import InvalidInput
from tests.services.applications.builders import AT, CHILD

SUBMITTED, TODAY = date(2026, 11, 2), date(2026, 11, 24)
WEEKS = ComplaintRule("six", "ftrl § 21-12", Length(6, LengthUnit.WEEKS), Counting.COURTS_ACT)
ENDED = ComplaintRule("old", "old § 1", Length(9, LengthUnit.WEEKS), Counting.COURTS_ACT, valid_until=TODAY)
NEXT_YEAR = ComplaintRule("new", "new § 1", Length(9, LengthUnit.WEEKS), Counting.COURTS_ACT, date(2027, 1, 1))
LAW = ComplaintLaw(
    rules={"six": WEEKS, "old": ENDED, "new": NEXT_YEAR},
    rights={
        "hjelpestonad": StatedComplaint("six", "nav_klageinstans"),
        "endless": StatedComplaint(None, None),
        "ended": StatedComplaint("old", "nav_klageinstans"),
        "next-year": StatedComplaint("new", "nav_klageinstans"),
    },
    bodies={"nav_klageinstans": {"nb": "Nav klageinstans"}, "statsforvalter": {"nb": "Statsforvalteren"}},
    holidays=frozenset({date(2027, 1, 1)}),
)
GRANTED = Item("Stønad", Outcome.GRANTED)
REFUSED = Item("Stønad", Outcome.REFUSED, reasons="Fordi.", law="ftrl § 6-4")
PARTLY = replace(REFUSED, outcome=Outcome.PARTLY)
COMPLAINT = ComplaintInformation("nav_klageinstans", "Nav", date(2027, 1, 5))


def decision(*items, **more):
    return replace(Decision(UUID(int=7), UUID(int=8), CHILD, TODAY, TODAY, items or (REFUSED,), COMPLAINT, AT), **more)


def faults(found, right="hjelpestonad"):
    try:
        require_lawful(found, right, LAW, submitted_on=SUBMITTED, today=TODAY)
    except InvalidInput as refused:
        return {fault.field: fault.code for fault in refused.faults}
    return {}


@pytest.mark.parametrize("items", [(REFUSED,), (PARTLY,), (GRANTED,), (GRANTED, PARTLY, REFUSED)])
def test_a_decision_that_says_it_all_is_taken_in(items):
    assert faults(decision(*items)) == {}


def test_what_is_granted_needs_no_explanation():
    assert faults(decision(GRANTED, complaint=None)) == {}


@pytest.mark.parametrize("item", [REFUSED, PARTLY])
@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"reasons": None}, "items.1.reasons", "reasons-lacking"),
        ({"reasons": ""}, "items.1.reasons", "reasons-lacking"),
        ({"law": None}, "items.1.law", "law-lacking"),
        ({"period": Period(TODAY, TODAY)}, "items.1.period.to", "not-after-from"),
    ],
)
def test_what_an_item_lacks_is_named_with_its_place(item, change, field, code):
    assert faults(decision(GRANTED, replace(item, **change))) == {field: code}


def test_what_is_refused_has_no_amount():
    amount = Amount("1", Unit.NOK)
    assert faults(decision(replace(REFUSED, amount=amount))) == {"items.0.amount": "amount-of-a-refusal"}
    assert faults(decision(replace(PARTLY, amount=amount))) == {}


def test_a_period_may_be_without_end():
    assert faults(decision(replace(PARTLY, period=Period(TODAY, None)))) == {}


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"body": None}, "complaint.body", "body-lacking"),
        ({"body": "naboen"}, "complaint.body", "unknown-body"),
        ({"send_to": None}, "complaint.send_to", "address-lacking"),
        ({"deadline": None}, "complaint.deadline", "deadline-lacking"),
    ],
)
def test_what_the_family_must_know_to_complain_is_named(change, field, code):
    assert faults(decision(PARTLY, complaint=replace(COMPLAINT, **change))) == {field: code}


def test_everything_that_lacks_is_named_at_once():
    bare = Item("Stønad", Outcome.REFUSED)
    assert faults(decision(bare, complaint=None)) == {
        "items.0.reasons": "reasons-lacking",
        "items.0.law": "law-lacking",
        "complaint.body": "body-lacking",
        "complaint.send_to": "address-lacking",
        "complaint.deadline": "deadline-lacking",
    }


@pytest.mark.parametrize(
    ("notified", "deadline", "lawful"),
    [
        (date(2026, 11, 24), date(2027, 1, 5), None),
        (date(2026, 11, 24), date(2027, 1, 4), date(2027, 1, 5)),
        (date(2026, 11, 20), date(2026, 12, 31), date(2027, 1, 4)),
        (date(2026, 11, 20), date(2027, 1, 4), None),
        (None, date(2027, 1, 4), date(2027, 1, 5)),
        (None, date(2027, 1, 5), None),
        (None, None, None),
    ],
)
def test_the_last_day_is_never_before_the_laws_which_moves_off_holidays(notified, deadline, lawful):
    made = decision(
        decided_at=date(2026, 11, 20) if notified == date(2026, 11, 20) else TODAY,
        notified_at=notified,
        complaint=replace(COMPLAINT, deadline=deadline),
    )
    if lawful is None:
        assert faults(made) == {}
        return
    with pytest.raises(InvalidInput) as refused:
        require_lawful(made, "hjelpestonad", LAW, submitted_on=SUBMITTED, today=TODAY)
    [fault] = refused.value.faults
    assert isinstance(fault, ShorterThanTheLaw)
    assert (fault.field, fault.code) == ("complaint.deadline", "deadline-shorter-than-law")
    assert (fault.stated, fault.lawful, fault.law) == (deadline, lawful, "ftrl § 21-12")
    assert f"{lawful} or later" in fault.expected
    assert f"{deadline} was given" in fault.expected


@pytest.mark.parametrize("right", ["endless", "ended", "next-year", "a-right-nobody-knows"])
def test_where_no_rule_holds_on_the_day_the_authoritys_date_stands(right):
    assert faults(decision(complaint=replace(COMPLAINT, deadline=date(2026, 11, 25))), right) == {}


def test_a_deadline_is_checked_where_everything_is_granted_too():
    made = decision(GRANTED, complaint=ComplaintInformation(deadline=date(2026, 12, 1)))
    assert faults(made) == {"complaint.deadline": "deadline-shorter-than-law"}


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"decided_at": date(2026, 11, 1)}, "decided_at", "before-the-application"),
        ({"decided_at": date(2026, 11, 25), "notified_at": None}, "decided_at", "in-the-future"),
        ({"notified_at": date(2026, 11, 23)}, "notified_at", "before-the-decision"),
        ({"notified_at": date(2026, 11, 25)}, "notified_at", "in-the-future"),
        ({"notified_at": date.max}, "notified_at", "in-the-future"),  # nothing is counted from it: no calendar goes on
    ],
)
def test_days_that_cannot_be_are_named(change, field, code):
    later = replace(COMPLAINT, deadline=date(2027, 3, 1))
    assert faults(decision(complaint=later, **change)) == {field: code}


def test_a_decision_on_the_day_it_was_applied_for_is_possible():
    assert faults(decision(decided_at=SUBMITTED, notified_at=SUBMITTED)) == {}
