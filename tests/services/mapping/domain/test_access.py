"""The access decision as a table: every standing, age class and action, and what grants and addresses change."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services.mapping.domain.access import (
    Allowed,
    Citizen,
    Denied,
    Ground,
    Organisation,
    Reason,
    age_class_of,
    decide,
)
from services.mapping.domain.law import Action, AgeClass, Errand
from tests.services.mapping.domain.made import (
    AGES,
    AT,
    CHILD,
    FATHER,
    LAW,
    MOTHER,
    ORG,
    STRANGER,
    TODAY,
    born,
    child,
    grant,
    tie,
)

ALL = None
NOTHING = frozenset()
YOUTHS_OWN = {"health", "school", "free_text"}
WITHOUT_THE_YOUTHS_OWN = frozenset({"family", "care", "function", "work", "economy", "housing"})
EVERYTHING = dict.fromkeys(Action, ALL)
APPLYING = {Action.APPLICATION_READ, Action.APPLICATION_WRITE, Action.APPLICATION_SUBMIT, Action.COMPLAINT_WRITE}

EXPECTED = {
    ("guardian", "under-8"): EVERYTHING,
    ("guardian", "from-8"): EVERYTHING,
    ("guardian", "from-12"): EVERYTHING,
    ("guardian", "from-16"): {a: ALL if a in APPLYING else WITHOUT_THE_YOUTHS_OWN for a in Action},
    ("guardian", "adult"): {},
    ("self", "under-8"): {},
    ("self", "from-8"): dict.fromkeys((Action.CHILD_READ, Action.PROFILE_READ, Action.PROFILE_WRITE), NOTHING),
    ("self", "from-12"): {a: ALL for a in Action if a is not Action.GRANT_GIVE},
    ("self", "from-16"): EVERYTHING,
    ("self", "adult"): EVERYTHING,
}
CELLS = [(standing, age, action) for standing, age in EXPECTED for action in Action]


def ask(asker, of, action=Action.PROFILE_READ, purpose="follow-up", at=AT):
    return decide(asker, of, action=action, purpose=purpose, at=at, law=LAW)


@pytest.mark.parametrize(("standing", "age", "action"), CELLS)
def test_each_cell_of_the_table(standing, age, action):
    asker = Citizen(CHILD if standing == "self" else MOTHER)
    answer = ask(asker, child(AGES[age]), action)
    expected = EXPECTED[standing, age]
    if action in expected:
        assert answer == Allowed(Ground(standing), expected[action], LAW.version)
    else:
        assert answer == Denied(Reason.NOT_AT_THIS_AGE, LAW.version)


@pytest.mark.parametrize("age", AGES.values())
@pytest.mark.parametrize("action", Action)
def test_a_stranger_may_nothing_at_any_age(age, action):
    assert ask(Citizen(STRANGER), child(age), action) == Denied(Reason.NO_RELATION, LAW.version)


@pytest.mark.parametrize("action", Action)
def test_a_parent_without_responsibility_or_care_may_nothing(action):
    assert ask(Citizen(MOTHER), child(ties=(tie(MOTHER, acts=False),)), action) == Denied(
        Reason.NO_RELATION, LAW.version
    )


@pytest.mark.parametrize(("first", "age_class"), LAW.ages)
def test_an_age_turns_at_midnight_in_oslo(first, age_class):
    someone = child(born=date(2000, 7, 1))
    midnight_in_oslo = datetime(2000 + first, 6, 30, 22, 0, tzinfo=UTC)
    assert age_class_of(someone, midnight_in_oslo, LAW) is age_class
    if first:
        assert age_class_of(someone, midnight_in_oslo - timedelta(seconds=1), LAW) is not age_class


def test_one_who_has_died_stays_as_old_as_on_the_last_day():
    grown_by_now = child(born=born(19), died=born(19).replace(year=born(19).year + 5))
    assert age_class_of(grown_by_now, AT, LAW) is AgeClass.UNDER_8
    assert isinstance(ask(Citizen(MOTHER), grown_by_now), Allowed)


@pytest.mark.parametrize(("hours", "usable"), [(0, True), (23, True), (24, True), (25, False)])
def test_stale_facts_mean_no(hours, usable):
    answer = ask(Citizen(MOTHER), child(as_of=AT - timedelta(hours=hours)))
    assert isinstance(answer, Allowed) if usable else answer == Denied(Reason.STALE, LAW.version)


PROTECTED = {"protected": True, "ties": (tie(MOTHER, protected=True), tie(FATHER, home="elsewhere"))}


@pytest.mark.parametrize(
    ("ties", "may"),
    [
        ((tie(MOTHER, protected=True),), True),
        ((tie(MOTHER, protected=False),), False),
        ((tie(MOTHER, protected=True, home="elsewhere"),), False),
        ((tie(MOTHER, protected=False, home="elsewhere"),), False),
    ],
)
def test_only_a_guardian_at_the_same_protected_address_may_act(ties, may):
    answer = ask(Citizen(MOTHER), child(protected=True, ties=ties))
    assert isinstance(answer, Allowed) if may else answer == Denied(Reason.PROTECTED, LAW.version)


def test_a_child_at_a_protected_address_may_still_act_itself():
    assert isinstance(ask(Citizen(CHILD), child(16, **PROTECTED)), Allowed)


def test_no_grant_opens_a_protected_child_to_an_organisation():
    assert ask(Organisation(ORG), child(grants=(grant(),), **PROTECTED)) == Denied(Reason.PROTECTED, LAW.version)


def test_no_grant_opens_a_protected_child_to_the_parent_who_is_shut_out():
    given = grant(giver=CHILD, organisation=None, guardian=FATHER)
    assert ask(Citizen(FATHER), child(16, grants=(given,), **PROTECTED)) == Denied(Reason.PROTECTED, LAW.version)


def test_a_guardians_own_protection_does_not_shut_the_other_guardian_out():
    ties = (tie(MOTHER, protected=True, home="hidden"), tie(FATHER))
    assert isinstance(ask(Citizen(FATHER), child(ties=ties)), Allowed)


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        ({}, frozenset({"health", "care"})),
        ({"groups": frozenset({"economy"})}, frozenset({"economy"})),
        ({"organisation": "312480018"}, None),
        ({"purpose": "case-handling"}, None),
        ({"actions": frozenset({Action.RIGHTS_READ})}, None),
        ({"valid_from": TODAY + timedelta(days=1)}, None),
        ({"valid_from": TODAY - timedelta(days=9), "valid_to": TODAY}, None),
        (
            {"valid_from": TODAY - timedelta(days=9), "valid_to": TODAY + timedelta(days=1)},
            frozenset({"health", "care"}),
        ),
        ({"withdrawn_at": AT}, None),
        ({"giver": STRANGER}, None),
    ],
)
def test_what_a_grant_opens_to_an_organisation(given, allowed):
    answer = ask(Organisation(ORG), child(grants=(grant(**given),)))
    expected = Allowed(Ground.GRANT, allowed, LAW.version) if allowed else Denied(Reason.NO_GRANT, LAW.version)
    assert answer == expected


def test_two_grants_open_what_either_opens():
    grants = (grant(), grant(giver=FATHER, groups=frozenset({"economy"})))
    answer = ask(Organisation(ORG), child(grants=grants))
    assert answer == Allowed(Ground.GRANT, frozenset({"health", "care", "economy"}), LAW.version)


def test_an_organisation_without_a_purpose_has_no_grant():
    assert ask(Organisation(ORG), child(grants=(grant(),)), purpose=None) == Denied(Reason.NO_GRANT, LAW.version)


@pytest.mark.parametrize(
    "action", sorted(set(Action) - {Action.PROFILE_READ, Action.PROFILE_WRITE, Action.RIGHTS_READ})
)
def test_no_grant_opens_anything_else_to_an_organisation(action):
    everything = grant(actions=frozenset(Action))
    assert ask(Organisation(ORG), child(grants=(everything,)), action) == Denied(Reason.NO_GRANT, LAW.version)


def test_at_16_a_guardians_old_grant_no_longer_opens_what_is_the_youths():
    grants = (grant(groups=frozenset({"health", "care", "school"})),)
    assert ask(Organisation(ORG), child(15, grants=grants)).groups == {"health", "care", "school"}
    assert ask(Organisation(ORG), child(16, grants=grants)).groups == {"care"}


def test_at_16_only_the_youth_opens_health():
    grants = (grant(giver=CHILD, groups=frozenset({"health"})),)
    assert ask(Organisation(ORG), child(16, grants=grants)).groups == {"health"}


def test_at_18_a_guardians_grant_has_ended_and_the_youths_own_goes_on():
    assert ask(Organisation(ORG), child(18, grants=(grant(),))) == Denied(Reason.NO_GRANT, LAW.version)
    assert isinstance(ask(Organisation(ORG), child(18, grants=(grant(giver=CHILD),))), Allowed)


def test_a_youth_can_open_more_to_a_guardian():
    given = grant(giver=CHILD, organisation=None, guardian=MOTHER, groups=frozenset({"health"}))
    answer = ask(Citizen(MOTHER), child(16, grants=(given,)))
    assert answer == Allowed(Ground.GUARDIAN, WITHOUT_THE_YOUTHS_OWN | {"health"}, LAW.version)
    assert ask(Citizen(FATHER), child(16, grants=(given,))).groups == WITHOUT_THE_YOUTHS_OWN


def test_at_18_a_guardian_sees_only_what_is_granted():
    given = grant(giver=CHILD, organisation=None, guardian=MOTHER, groups=frozenset({"economy"}))
    grown = child(18, ties=(tie(MOTHER, acts=False), tie(FATHER, acts=False)), grants=(given,))
    assert ask(Citizen(MOTHER), grown) == Allowed(Ground.GRANT, frozenset({"economy"}), LAW.version)
    assert isinstance(ask(Citizen(FATHER), grown), Denied)
    assert isinstance(ask(Citizen(MOTHER), grown, Action.PROFILE_WRITE), Denied)


def test_a_grant_from_one_who_is_guardian_no_more_opens_nothing():
    ties = (tie(MOTHER, acts=False), tie(FATHER))
    assert ask(Organisation(ORG), child(ties=ties, grants=(grant(),))) == Denied(Reason.NO_GRANT, LAW.version)


def test_every_answer_carries_the_version_of_the_law():
    newer = replace(LAW, version="next")
    for asker in (Citizen(MOTHER), Citizen(STRANGER), Organisation(ORG)):
        assert decide(asker, child(), action=Action.PROFILE_READ, purpose=None, at=AT, law=newer).law_version == "next"


@pytest.mark.parametrize(
    ("errand", "may"),
    [
        (("rights", "assess-rights", "profile.read", CHILD, "mapping"), True),
        (("rights", "assess-rights", "profile.read", CHILD, "status"), False),
        (("status", "assess-rights", "profile.read", CHILD, "mapping"), False),
        (("rights", "assess-rights", "profile.write", CHILD, "mapping"), False),
        (("rights", "assess-rights", "profile.read", None, "mapping"), False),
        (("status", "fill-gap", "outbox.resend", None, "applications"), True),
        (("status", "fill-gap", "outbox.resend", None, "catalog"), False),
        (("status", "fill-gap", "outbox.resend", CHILD, "applications"), False),
    ],
)
def test_a_service_has_only_the_errands_of_the_table(errand, may):
    service, purpose, action, about, of = errand
    assert LAW.employs(Errand(service=service, purpose=purpose, action=action, child=about, of=of)) is may


def test_what_is_the_youths_own_is_what_guardians_of_16_do_not_see():
    groups = ask(Citizen(MOTHER), child(16)).groups
    assert groups is not None
    assert not groups & YOUTHS_OWN
