"""The time limits of each step, each row worked out by hand with a calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.status.domain.complaint import ComplaintStatus, Outcome
from services.status.domain.complaint_limits import further, limits
from tests.services.status.law import LAW, complaint


def at(complaint_, moment):
    """The same complaint with every step at that moment."""
    return replace(complaint_, steps=tuple(replace(step, at=moment) for step in complaint_.steps))


def shown(complaint_):
    return {each.deadline.id: each.due.last_day if each.due else None for each in limits(complaint_, LAW)}


@pytest.mark.parametrize("status", [ComplaintStatus.FILED, ComplaintStatus.RECEIVED, ComplaintStatus.REASSESSED])
@pytest.mark.parametrize(
    ("sent", "preliminary"),
    [
        (datetime(2026, 11, 24, 10, tzinfo=UTC), date(2026, 12, 24)),
        (datetime(2026, 11, 24, 23, 30, tzinfo=UTC), date(2026, 12, 28)),  # the 25th in Oslo: Christmas Day, a Friday
        (datetime(2027, 1, 31, 10, tzinfo=UTC), date(2027, 3, 1)),  # no 31 February: the 28th, a Sunday
        (datetime(2027, 2, 28, 10, tzinfo=UTC), date(2027, 3, 30)),  # Easter Sunday, then Easter Monday
    ],
)
def test_the_authority_sends_it_on_without_a_fixed_limit_but_says_something_within_a_month(status, sent, preliminary):
    assert shown(at(complaint(status), sent)) == {
        "klage-oversending": None,
        "forelopig-svar-gjeldende": preliminary,
    }


def test_the_appeal_body_owes_what_the_law_says_of_such_a_body():
    forwarded = at(complaint(ComplaintStatus.FORWARDED), datetime(2026, 11, 30, 10, tzinfo=UTC))
    # One month, and three months from the day the authority had it: 28 February is a Sunday.
    assert shown(forwarded) == {
        "forelopig-svar-gjeldende": date(2026, 12, 30),
        "klage-endring-til-skade": date(2027, 3, 1),
    }


def test_the_target_of_three_months_is_for_social_services_only():
    forwarded = at(complaint(ComplaintStatus.FORWARDED), datetime(2026, 11, 30, 10, tzinfo=UTC))
    social = replace(forwarded, right_id="okonomisk-sosialhjelp-og-midlertidig-bolig")
    assert shown(social)["statsforvalter-tre-maneder"] == date(2027, 2, 28)  # a target, so it is not moved
    assert "statsforvalter-tre-maneder" not in shown(forwarded)


def test_no_limit_is_made_up_for_a_body_that_the_law_does_not_name():
    assert shown(replace(complaint(ComplaintStatus.FORWARDED), body="nav_klageinstans")) == {}


@pytest.mark.parametrize("status", [ComplaintStatus.DECIDED, ComplaintStatus.CLOSED, ComplaintStatus.WITHDRAWN])
def test_a_complaint_that_has_ended_shows_no_limits(status):
    assert shown(complaint(status)) == {}


def navs(outcome, decided_on=date(2026, 12, 15)):
    return complaint(
        ComplaintStatus.DECIDED,
        outcome=outcome,
        right_id="hjelpestonad",
        body="nav_klageinstans",
        decided_on=decided_on,
    )


@pytest.mark.parametrize(
    ("decided", "where"),
    [
        (navs(Outcome.UPHELD), ["anke-trygderetten"]),
        (navs(Outcome.PARTLY_REVERSED), ["anke-trygderetten"]),
        (navs(Outcome.UPHELD, date(2027, 1, 1)), ["anke-trygderetten-2027"]),
        (navs(Outcome.REVERSED), []),
        (complaint(ComplaintStatus.DECIDED, outcome=Outcome.UPHELD), []),
        (complaint(ComplaintStatus.FORWARDED), []),
    ],
)
def test_where_the_answer_can_be_taken(decided, where):
    assert [each.id for each in further(decided, LAW)] == where
