"""The state machine of a complaint: every step from every state, and by whom."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from services.status.domain.case import Awaited
from services.status.domain.complaint import (
    ComplaintStatus,
    Move,
    Outcome,
    Party,
    Role,
    decide,
    forward,
    reassess,
    receive,
    require,
    told,
    withdraw,
)
from services.status.domain.errors import ComplaintEnded, ImpossibleDay, NotTheComplainant, NotYourStep, WrongStep
from tests.services.status.law import BODO, GOVERNOR, HAMAR, MOTHER, SENT, complaint

FILED, RECEIVED, REASSESSED, FORWARDED, DECIDED, CLOSED, WITHDRAWN = ComplaintStatus
AT = SENT + timedelta(days=7)
DUE = {FILED: Move.RECEIPT, RECEIVED: Move.REASSESSMENT, REASSESSED: Move.FORWARDING, FORWARDED: Move.DECISION}
STEPS = {
    Move.RECEIPT: lambda c: receive(c, at=AT),
    Move.REASSESSMENT: lambda c: reassess(c, Outcome.UPHELD, at=AT),
    Move.FORWARDING: lambda c: forward(c, Party(GOVERNOR, "x"), at=AT),
    Move.DECISION: lambda c: decide(c, Outcome.REVERSED, on=date(2026, 12, 1), at=AT),
}
BECOMES = {
    Move.RECEIPT: RECEIVED,
    Move.REASSESSMENT: REASSESSED,
    Move.FORWARDING: FORWARDED,
    Move.DECISION: DECIDED,
}


@pytest.mark.parametrize("status", ComplaintStatus)
@pytest.mark.parametrize("move", Move)
def test_a_step_is_taken_only_when_it_is_due(status, move):
    # The governor is both here, so that only the order decides.
    found = complaint(status, authority=Party(GOVERNOR, "x"), appeal=Party(GOVERNOR, "x"))
    if DUE.get(status) is not move:
        with pytest.raises(WrongStep) as refused:
            require(found, move, GOVERNOR)
        assert refused.value.due == (DUE[status].value if status in DUE else "none")
        return
    require(found, move, GOVERNOR)
    stepped = STEPS[move](found)
    assert (stepped.status, stepped.version, stepped.last.at) == (BECOMES[move], found.version + 1, AT)
    assert stepped.steps[:-1] == found.steps


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("org", [HAMAR, GOVERNOR, BODO, None])
@pytest.mark.parametrize("status", [REASSESSED, FORWARDED])
def test_each_step_is_one_organisations(status, org, move):
    """Whether the refusal is of the organisation, whatever is due."""
    whose = {HAMAR: {Move.RECEIPT, Move.REASSESSMENT, Move.FORWARDING}}
    whose[GOVERNOR] = {Move.DECISION} if status is FORWARDED else set()
    found = complaint(status)
    if move in whose.get(org, set()):
        if found.due is move:
            require(found, move, org)
        else:
            with pytest.raises(WrongStep):
                require(found, move, org)
    else:
        with pytest.raises(NotYourStep):
            require(found, move, org)


def test_a_decision_that_the_authority_changes_itself_ends_the_complaint():
    changed = reassess(complaint(RECEIVED), Outcome.CHANGED, at=AT)
    assert (changed.status, changed.due, changed.changed_the_decision) == (CLOSED, None, True)


@pytest.mark.parametrize(
    ("outcome", "changes"),
    [(Outcome.UPHELD, False), (Outcome.REVERSED, True), (Outcome.PARTLY_REVERSED, True), (Outcome.SENT_BACK, False)],
)
def test_which_outcomes_change_the_decision(outcome, changes):
    decided = decide(complaint(FORWARDED), outcome, on=SENT.date(), at=AT)
    assert decided.changed_the_decision is changes


@pytest.mark.parametrize("status", ComplaintStatus)
def test_it_can_be_taken_back_until_it_has_ended(status):
    found = complaint(status)
    if status in DUE:
        withdrawn = withdraw(found, MOTHER, at=AT)
        assert (withdrawn.status, withdrawn.due, withdrawn.version) == (WITHDRAWN, None, found.version + 1)
    else:
        with pytest.raises(ComplaintEnded):
            withdraw(found, MOTHER, at=AT)


def test_nobody_else_takes_it_back():
    with pytest.raises(NotTheComplainant):
        withdraw(complaint(), uuid4(), at=AT)


@pytest.mark.parametrize(
    ("status", "awaited"),
    [
        (FILED, Awaited.AUTHORITY),
        (RECEIVED, Awaited.AUTHORITY),
        (REASSESSED, Awaited.AUTHORITY),
        (FORWARDED, Awaited.APPEAL_BODY),
        (DECIDED, Awaited.NOBODY),
        (CLOSED, Awaited.NOBODY),
        (WITHDRAWN, Awaited.NOBODY),
    ],
)
def test_whose_move_it_is(status, awaited):
    assert complaint(status).awaited is awaited


@pytest.mark.parametrize(
    ("on", "code"), [(date(2026, 12, 2), "in-the-future"), (date(2026, 11, 23), "before-forwarding")]
)
def test_a_decision_is_made_between_the_forwarding_and_today(on, code):
    with pytest.raises(ImpossibleDay) as refused:
        decide(complaint(FORWARDED), Outcome.UPHELD, on=on, at=datetime(2026, 12, 1, 22, 59, tzinfo=UTC))
    assert refused.value.code == code


def test_today_is_oslos():
    late_evening = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)  # the second of December in Oslo
    assert decide(complaint(FORWARDED), Outcome.UPHELD, on=date(2026, 12, 2), at=late_evening).decided_on == date(
        2026, 12, 2
    )


def test_the_roles_follow_the_complaint():
    assert complaint(REASSESSED).roles_of(GOVERNOR) == frozenset()
    assert complaint(FORWARDED).roles_of(GOVERNOR) == {Role.APPEAL}
    assert complaint(FORWARDED).roles_of(HAMAR) == {Role.AUTHORITY}
    assert complaint(FORWARDED).alias_of(GOVERNOR) == "governors-name"
    assert complaint(FORWARDED).alias_of(BODO) is None


def test_an_event_names_the_parties_unless_the_address_is_protected():
    forwarded = complaint(FORWARDED)
    assert (told(forwarded)["authority_org"], told(forwarded)["appeal_org"]) == (HAMAR, GOVERNOR)
    hidden = told(replace(forwarded, protected=True))
    assert (hidden["authority_org"], hidden["appeal_org"]) == (None, None)


def test_an_event_tells_of_its_own_step_only():
    assert told(complaint(REASSESSED))["outcome"] == "upheld"
    assert told(complaint(FORWARDED))["outcome"] is None
