"""How long one may complain, each row worked out by hand with a calendar; and when one may not."""

from datetime import date

import pytest

from services.status.domain.complaint import ComplaintStatus, Outcome
from services.status.domain.errors import ComplaintOpen, ComplaintRuled, NoBody, NothingDecided
from services.status.domain.right_to_complain import require_right, right_to_complain
from tests.services.status.law import LAW, case, complaint, decision


def day(text):
    return date.fromisoformat(text)


def right(right_id, authority, **said):
    made = decision(**said)
    return right_to_complain(case(right_id, authority, made), made, LAW)


@pytest.mark.parametrize(
    ("right_id", "authority", "notified", "last_day", "moved_from", "rule"),
    [
        # Six weeks (Nav): the same weekday.
        ("hjelpestonad", "nav", "2026-11-24", "2027-01-05", None, "klage-nav"),
        ("hjelpestonad", "nav", "2026-11-20", "2027-01-04", "2027-01-01", "klage-nav"),  # New Year's Day, a Friday
        (
            "utvidet-barnetrygd",
            "nav",
            "2026-11-14",
            "2026-12-28",
            "2026-12-26",
            "klage-barnetrygd",
        ),  # Boxing Day, Saturday
        # Four weeks (health and care services).
        ("avlastning", "municipality", "2026-11-24", "2026-12-22", None, "klage-helse"),
        (
            "avlastning",
            "municipality",
            "2026-11-27",
            "2026-12-28",
            "2026-12-25",
            "klage-helse",
        ),  # Christmas Day, a Friday
        (
            "avlastning",
            "municipality",
            "2026-11-26",
            "2026-12-24",
            None,
            "klage-helse",
        ),  # Christmas Eve is a working day
        (
            "avlastning",
            "municipality",
            "2027-04-19",
            "2027-05-18",
            "2027-05-17",
            "klage-helse",
        ),  # Constitution and Whit Monday
        # Three weeks (parking, kindergarten, school). Easter 2027: Maundy Thursday 25 March, Easter Monday 29 March.
        ("hc-parkering", "municipality", "2027-03-04", "2027-03-30", "2027-03-25", "klage-parkering"),
        ("hc-parkering", "municipality", "2027-03-08", "2027-03-30", "2027-03-29", "klage-parkering"),
        ("hc-parkering", "municipality", "2027-03-03", "2027-03-24", None, "klage-parkering"),
        ("hc-parkering", "municipality", "2026-11-28", "2026-12-21", "2026-12-19", "klage-parkering"),  # a Saturday
        ("hc-parkering", "municipality", "2026-11-29", "2026-12-21", "2026-12-20", "klage-parkering"),  # a Sunday
        (
            "hc-parkering",
            "municipality",
            "2027-02-10",
            "2027-03-03",
            None,
            "klage-parkering",
        ),  # over the end of February
        (
            "spesialpedagogisk-hjelp-barnehage",
            "municipality",
            "2028-02-09",
            "2028-03-01",
            None,
            "klage-barnehage",
        ),  # leap year
    ],
)
def test_the_last_day_to_complain(right_id, authority, notified, last_day, moved_from, rule):
    found = right(right_id, authority, notified=notified)
    assert found.rule.id == rule
    assert found.due.last_day == found.last_day == day(last_day)
    assert found.due.moved_from == (day(moved_from) if moved_from else None)
    assert not found.is_late(day(last_day))
    assert found.is_late(day(last_day) + date.resolution)


def test_it_runs_from_the_notice_and_not_from_the_decision():
    assert right("hjelpestonad", "nav", notified="2026-11-24", decided="2026-11-10").last_day == day("2027-01-05")


def test_while_the_notice_is_not_known_there_is_no_date_and_nothing_is_late():
    found = right("hjelpestonad", "nav", notified=None, decided="2026-01-05")
    assert (found.due, found.last_day, found.is_late(day("2026-11-24"))) == (None, None, False)
    assert found.rule.id == "klage-nav"


@pytest.mark.parametrize(
    ("stated", "last_day"),
    [("2027-01-20", "2027-01-20"), ("2027-01-05", "2027-01-05"), ("2027-01-04", "2027-01-05")],
)
def test_the_authoritys_day_counts_when_it_is_not_shorter_than_the_law(stated, last_day):
    found = right("hjelpestonad", "nav", complain_by=day(stated))
    assert (found.last_day, found.due.last_day) == (day(last_day), day("2027-01-05"))


def test_the_authoritys_day_counts_alone_while_the_notice_is_not_known():
    found = right("hjelpestonad", "nav", notified=None, complain_by=day("2027-01-20"))
    assert (found.last_day, found.due) == (day("2027-01-20"), None)


def test_the_decisions_own_body_goes_before_the_rights():
    assert right("hjelpestonad", "nav").body == "nav_klageinstans"
    assert right("hjelpestonad", "nav", complain_to="statsforvalter").body == "statsforvalter"


def test_where_nobody_decides_that_is_known():
    assert right("statped", "statped").body is None
    assert right("noe-nytt", "nav").body is None
    assert right("noe-nytt", "nav").rule is None


def test_a_rule_for_every_right_is_about_something_else():
    """Of a right that is not known here no time limit is shown: the general ones are about access to documents and faults in a complaint."""
    assert right("noe-nytt", "municipality").rule is None


@pytest.mark.parametrize(
    ("decided", "latest"),
    [("2025-11-24", "2026-11-24"), ("2025-11-22", "2026-11-23"), ("2024-02-29", "2025-02-28")],  # a Sunday; a leap day
)
def test_after_a_year_it_can_no_longer_be_taken_as_a_complaint(decided, latest):
    found = right("hjelpestonad", "nav", notified=decided)
    assert found.latest.last_day == day(latest)
    assert not found.is_too_late(day(latest))
    assert found.is_too_late(day(latest) + date.resolution)


def test_before_the_decision_there_is_nothing_to_complain_about():
    with pytest.raises(NothingDecided):
        require_right(case(), LAW, [])


def test_without_a_body_there_is_nowhere_to_complain():
    with pytest.raises(NoBody):
        require_right(case("statped", "statped", decision()), LAW, [])


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (ComplaintStatus.FILED, ComplaintOpen),
        (ComplaintStatus.RECEIVED, ComplaintOpen),
        (ComplaintStatus.REASSESSED, ComplaintOpen),
        (ComplaintStatus.FORWARDED, ComplaintOpen),
        (ComplaintStatus.DECIDED, ComplaintRuled),
        (ComplaintStatus.CLOSED, None),
        (ComplaintStatus.WITHDRAWN, None),
    ],
)
def test_one_complaint_at_a_time_and_one_answer(status, refusal):
    decided, earlier = case(decision=decision()), [complaint(status)]
    if refusal:
        with pytest.raises(refusal):
            require_right(decided, LAW, earlier)
    else:
        assert require_right(decided, LAW, earlier).body == "nav_klageinstans"


def test_a_new_decision_opens_a_new_right():
    earlier = [complaint(ComplaintStatus.DECIDED, outcome=Outcome.SENT_BACK)]
    assert require_right(case(decision=decision(version=5)), LAW, earlier).body == "nav_klageinstans"
