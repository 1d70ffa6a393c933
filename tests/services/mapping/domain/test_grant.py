"""Giving and ending a grant."""

from datetime import date, timedelta

import pytest

from services.mapping.domain.errors import AlreadyGranted, GrantTooLong
from services.mapping.domain.grant import give, withdraw
from services.mapping.domain.law import Action
from shared.domain import InvalidInput
from tests.services.mapping.domain.made import AT, CHILD, FATHER, LAW, MOTHER, TODAY, grant


def given(wanted, live=(), may=None):
    return give(wanted, live, may=may, today=TODAY, law=LAW)


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        (TODAY, date(2027, 11, 24), True),
        (TODAY, date(2027, 11, 25), False),
        (TODAY, TODAY + timedelta(days=1), True),
        (date(2027, 1, 31), date(2028, 1, 31), True),
        (date(2028, 2, 29), date(2029, 2, 28), True),
        (date(2028, 2, 29), date(2029, 3, 1), False),
    ],
)
def test_a_grant_lasts_twelve_months_at_most(start, end, fits):
    wanted = grant(valid_from=start, valid_to=end)
    if fits:
        assert given(wanted) == wanted
    else:
        with pytest.raises(GrantTooLong) as refused:
            given(wanted)
        assert refused.value.months == LAW.longest_grant_months


@pytest.mark.parametrize(
    ("wanted", "may", "fields"),
    [
        (grant(groups=frozenset()), None, ["groups"]),
        (grant(groups=frozenset({"health"})), frozenset({"care"}), ["groups"]),
        (grant(actions=frozenset()), None, ["actions"]),
        (grant(actions=frozenset({Action.GRANT_GIVE})), None, ["actions"]),
        (grant(valid_from=TODAY - timedelta(days=1)), None, ["valid_from"]),
        (grant(valid_to=TODAY), None, ["valid_to"]),
        (grant(organisation=None, guardian=FATHER), None, ["guardian"]),
        (grant(valid_from=TODAY - timedelta(days=1), groups=frozenset()), None, ["groups", "valid_from"]),
    ],
)
def test_each_fault_of_a_grant_is_named(wanted, may, fields):
    with pytest.raises(InvalidInput) as refused:
        given(wanted, may=may)
    assert [fault.field for fault in refused.value.faults] == fields


def test_a_youth_can_open_to_a_guardian():
    wanted = grant(giver=CHILD, organisation=None, guardian=MOTHER, actions=frozenset({Action.CASE_READ}))
    assert given(wanted) == wanted


def test_a_second_grant_to_the_same_receiver_for_the_same_purpose_is_refused():
    first = grant()
    with pytest.raises(AlreadyGranted) as refused:
        given(grant(), [first])
    assert refused.value.grant_id == first.id


@pytest.mark.parametrize(
    "other",
    [
        grant(giver=FATHER),
        grant(purpose="case-handling"),
        grant(organisation="312480018"),
        grant(withdrawn_at=AT),
        grant(valid_from=TODAY - timedelta(days=9), valid_to=TODAY),
    ],
)
def test_another_grant_is_no_hindrance(other):
    wanted = grant()
    assert given(wanted, [other]) == wanted


def test_withdrawing_ends_the_grant_now():
    first = grant()
    ended = withdraw(first, by=FATHER, at=AT)
    assert (ended.version, ended.withdrawn_at, ended.withdrawn_by) == (2, AT, FATHER)
    assert first.opens(Action.PROFILE_READ, TODAY)
    assert not ended.opens(Action.PROFILE_READ, TODAY)


def test_withdrawing_again_changes_nothing():
    ended = withdraw(grant(), by=MOTHER, at=AT)
    assert withdraw(ended, by=FATHER, at=AT + timedelta(days=1)) == ended
